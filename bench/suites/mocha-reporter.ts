import { appendFileSync } from 'node:fs';

import type { Runner, Test } from 'mocha';

import type { Outcome } from './outcome.ts';

/** Of every version of mocha that a suite may have. */
function report(runner: Runner): void {
  const write = ({ title, passed, message }: Outcome) =>
    appendFileSync(process.env['SUITE_REPORT'] ?? '', `${JSON.stringify({ title, passed, message })}\n`);
  runner.on('pass', (test: Test) => write({ title: test.fullTitle(), passed: true, message: '' }));
  runner.on('fail', (test: Test, error: unknown) => write({ title: test.fullTitle(), passed: false, message: String(error) }));
}

// Mocha takes a reporter by require.
export { report as 'module.exports' };
