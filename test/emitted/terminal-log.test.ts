import assert from 'node:assert/strict';

// By its address, since the types of its neighbours are those of an emitted project.
const logUrl = new URL('../../templates/service/files/src/log.ts', import.meta.url).href;
const { formatForTerminal } = (await import(logUrl)) as { formatForTerminal: (line: string) => string };

describe('log at a terminal', () => {
  const head = { timestamp: '2026-01-02T03:04:05.678Z', level: 'INFO', service: 'demo', requestId: 'abc' };
  const cases: [title: string, line: object, expected: RegExp][] = [
    [
      'has a request in the order it is spoken of',
      { message: 'request', method: 'GET', path: '/a', status: 200, durationMs: 3.1 },
      /^\d\d:\d\d:\d\d INFO {2}GET \/a 200 3.1 ms\n$/,
    ],
    ['has the fields of any other line', { message: 'sold', count: 2 }, /INFO {2}sold count=2\n$/],
    [
      'has the stacks of an error and of its cause below',
      { message: 'no', error: { stack: 'Error: no\n  at a', cause: { stack: 'Error: why' } } },
      /no\nError: no\n {2}at a\nError: why\n$/,
    ],
    ['stands a cause that is no error', { message: 'no', error: { stack: 'Error: no', cause: null } }, /no\nError: no\n$/],
    ['has what is called an error and has no stack as a field', { message: 'no', error: 'text' }, /no error='text'\n$/],
    ['has no control characters from outside', { message: 'a\u001b[2Jb\r' }, /a\uFFFD\[2Jb\uFFFD\n$/],
  ];
  for (const [title, fields, expected] of cases)
    it(title, () => assert.match(formatForTerminal(JSON.stringify({ ...head, ...fields })), expected));
});
