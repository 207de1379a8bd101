import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { runLint } from './actionlint.ts';
import { renderGithub, stepsOf, type GithubProject } from './workflow.ts';

const variants: readonly (readonly [title: string, answers: Readonly<Record<string, unknown>>])[] = [
  ['as they come', {}],
  ['with OpenTofu', { iac: 'opentofu' }],
  ['of one stage', { stages: ['prod'] }],
  ['of stages that are named as jobs are', { stages: ['check', 'plan', 'deploy', 'setup'] }],
];

for (const [title, answers] of variants) {
  describe(`workflows ${title}`, () => {
    let project: GithubProject;
    before(async () => {
      project = await renderGithub(answers);
    });

    it('leave actionlint nothing to say', async function () {
      this.timeout(60_000);
      for (const [name, workflow] of Object.entries(project.workflows)) {
        const path = `.github/workflows/${name}`;
        assert.deepEqual(await runLint(project.files[path] ?? '', path), [], path);
        assert.ok(workflow.jobs);
      }
    });

    it('run targets of the Makefile and nothing else', () => {
      const targets = new Set(
        Array.from(project.files['Makefile']?.matchAll(/^([a-z-]+):/gm) ?? [], ([, target]) => `make ${target}`),
      );
      const commands = Object.values(project.workflows).flatMap((workflow) =>
        stepsOf(workflow).flatMap(([, { run = [] }]) => run),
      );
      assert.ok(commands.length > 4);
      for (const command of commands) assert.ok(targets.has(command), command);
    });

    it('call only workflows and actions that are there, with inputs that they have', () => {
      const calls = Object.values(project.workflows).flatMap(({ jobs }) => Object.values(jobs).filter(({ uses }) => uses));
      for (const { uses = '', with: inputs = {} } of calls) {
        const { workflow_call: called } = project.workflows[uses.split('/').at(-1) ?? '']?.on ?? {};
        assert.notEqual(called, undefined, uses);
        const known = (called as { inputs?: object } | null)?.inputs ?? {};
        assert.deepEqual(Object.keys(inputs), Object.keys(known), uses);
      }
      const actions = Object.values(project.workflows).flatMap((workflow) =>
        stepsOf(workflow).flatMap(([, { uses = '' }]) => uses),
      );
      for (const action of actions.filter((uses) => uses.startsWith('./'))) {
        assert.ok(project.files[`${action.slice(2)}/action.yml`], action);
      }
    });

    it('deploy each stage after the one before it, in its own environment', () => {
      const { stages = ['dev', 'prod'] } = answers as { stages?: readonly string[] };
      const { check, ...deploys } = project.workflows['deploy.yml']?.jobs ?? {};
      assert.equal(check?.uses, './.github/workflows/check.yml');
      assert.deepEqual(
        Object.entries(deploys).map(([name, job]) => [name, job.needs, job.with]),
        stages.map((stage, index) => [`deploy-${stage}`, index === 0 ? 'check' : `deploy-${stages[index - 1]}`, { stage }]),
      );
      assert.equal(project.workflows['deploy-stage.yml']?.jobs['apply']?.environment, '${{ inputs.stage }}');
      assert.deepEqual(project.workflows['plan.yml']?.jobs['plan']?.strategy?.matrix.stage, stages);
    });

    it('set up the program that the Makefile calls', () => {
      const action = parse(project.files['.github/actions/setup/action.yml'] ?? '') as { runs: { steps: { uses: string }[] } };
      const [, program = ''] = /^TF \?= (.+)$/m.exec(project.files['Makefile'] ?? '') ?? [];
      const uses = action.runs.steps.map((step) => step.uses.split('@')[0]);
      assert.deepEqual(uses, [
        'actions/setup-node',
        { terraform: 'hashicorp/setup-terraform', tofu: 'opentofu/setup-opentofu' }[program],
      ]);
    });
  });
}

it('actionlint finds what it should', async () => {
  const { files } = await renderGithub();
  const path = '.github/workflows/plan.yml';
  const faults = await runLint((files[path] ?? '').replace('matrix.stage', 'matrix.stages'), path);
  assert.deepEqual(
    faults.map(({ kind }) => kind),
    ['expression'],
  );
});
