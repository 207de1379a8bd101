import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createQueue } from '../queue.ts';

/** A line that holds somebody off, loosened: the workflow's file, the text that stands there, and the other. */
type Mutation = readonly [title: string, file: string, from: string, to: string];

const checkout = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';
const fork = '      github.event.pull_request.head.repo.full_name == github.repository &&\n';

const mutations: readonly Mutation[] = [
  [
    'the job that installs can have a token',
    'check.yml',
    '      contents: read\n',
    '      contents: read\n      id-token: write\n',
  ],
  [
    'the check of a deploy can have one',
    'deploy.yml',
    'yml\n    permissions:\n      contents: read\n\n',
    'yml\n    permissions: write-all\n\n',
  ],
  ['a workflow grants what the repository does', 'check.yml', 'permissions: {}\n', 'permissions: read-all\n'],
  ['a token stays in the checkout', 'check.yml', 'persist-credentials: false', 'persist-credentials: true'],
  ['an action is pinned by a tag', 'check.yml', checkout, 'actions/checkout@v7'],
  ['an action is another one here', 'check.yml', checkout, `actions/checkout@${'0'.repeat(40)} # v7.0.1`],
  ['an action is pinned without its version', 'check.yml', checkout, checkout.replace(/ #.*/, '')],
  ['code of a fork gets what the repository has', 'plan.yml', '  pull_request:\n', '  pull_request_target:\n'],
  ['a fork gets a role', 'plan.yml', fork, ''],
  ['Dependabot gets a role', 'plan.yml', " &&\n      github.event.pull_request.user.login != 'dependabot[bot]'", ''],
  ['a plan builds what it plans', 'plan.yml', "        env:\n          SKIP_BUNDLE: '1'\n", '        env:\n'],
  ['a plan installs', 'plan.yml', '      - run: make plan\n', '      - run: make deploy\n'],
  ['nobody is asked before an apply', 'deploy-stage.yml', '    environment: ${{ inputs.stage }}\n', ''],
  ['an apply does not wait for its plan', 'deploy-stage.yml', '    needs: plan\n', ''],
  ['another plan is applied', 'deploy-stage.yml', '      - run: make apply\n', '      - run: make deploy\n'],
  ['the plan that was shown is not kept', 'deploy-stage.yml', '/${{ inputs.stage }}/stage.tfplan', '/other.tfplan'],
  [
    'a deploy is broken off',
    'deploy.yml',
    'group: deploy-dev\n      cancel-in-progress: false',
    'group: deploy-dev\n      cancel-in-progress: true',
  ],
  ['every branch is deployed', 'deploy.yml', '    branches:\n      - main\n', "    branches:\n      - '**'\n"],
  ['a job goes on for hours', 'check.yml', '    timeout-minutes: 15\n', ''],
  [
    "a pull request's title is a command",
    'check.yml',
    '      - run: make check\n',
    '      - run: echo "${{ github.event.pull_request.title }}"\n',
  ],
];

describe('the tests of the workflows', function () {
  this.timeout(120_000);
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const runs = new Map<Mutation, Promise<{ code: number; output: string }>>();

  async function tryOut([, file, from, to]: Mutation): Promise<{ code: number; output: string }> {
    const child = spawn(process.execPath, ['node_modules/mocha/bin/mocha.js', 'test/extras/workflow-security.test.ts'], {
      cwd: root,
      env: { ...process.env, TSFLASK_WORKFLOW_MUTATION: JSON.stringify([file, from, to]) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [[code], output, errors] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
    return { code, output: output + errors };
  }

  before(() => {
    const queue = createQueue();
    for (const mutation of mutations)
      runs.set(
        mutation,
        queue(() => tryOut(mutation)),
      );
  });

  for (const mutation of mutations)
    it(`notice when ${mutation[0]}`, async () => {
      const { code, output } = (await runs.get(mutation)) ?? assert.fail('no run');
      assert.doesNotMatch(output, /must hold: /);
      assert.notEqual(code, 0, output);
    });
});
