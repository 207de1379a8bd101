import type { TestEvent } from 'node:test/reporters';

import type { Outcome } from './outcome.ts';

/** Of node:test, which reports in the order in which tests are written: the names above one are those that began last. */
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const names: string[] = [];
  for await (const { type, data } of events) {
    if (type === 'test:start') names.splice(data.nesting, names.length, data.name);
    if ((type !== 'test:pass' && type !== 'test:fail') || data.details.type === 'suite') continue;
    if (data.skip !== undefined || data.todo !== undefined) continue;
    const title = [...names.slice(0, data.nesting), data.name].join(' ');
    const error = type === 'test:fail' ? data.details.error : undefined;
    const outcome: Outcome = { title, passed: type === 'test:pass', message: String(error?.cause ?? error ?? '') };
    yield `${JSON.stringify(outcome)}\n`;
  }
}
