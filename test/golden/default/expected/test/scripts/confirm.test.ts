import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

/** Exit code of the question, asked without a terminal. */
function ask(input: string, YES: string, ...args: readonly string[]): number | null {
  const env = { ...process.env, YES };
  return spawnSync(process.execPath, ['scripts/confirm.ts', ...args], { input, env }).status;
}

const cases: [title: string, code: number, input: string, YES: string, action: string, stage: string][] = [
  ['goes on with yes', 0, 'yes\n', '', 'apply', 'dev'],
  ['goes on unasked with YES=1', 0, '', '1', 'apply', 'prod'],
  ['stops at any other answer', 1, 'y\n', '', 'apply', 'dev'],
  ['stops where nobody answers', 1, '', '', 'apply', 'dev'],
  ['destroys a stage with yes', 0, 'yes\n', '', 'destroy', 'dev'],
  ['destroys production by its name', 0, 'prod\n', '', 'destroy', 'prod'],
  ['does not destroy production with yes', 1, 'yes\n', '', 'destroy', 'prod'],
  ['does not destroy production unasked', 1, '', '1', 'destroy', 'prod'],
];

describe('the question before a plan is applied', () => {
  for (const [title, code, input, YES, action, stage] of cases) {
    it(title, () => assert.equal(ask(input, YES, action, stage), code));
  }
});
