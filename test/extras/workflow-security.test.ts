import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { renderGithub, stepsOf, type GithubProject } from './workflow.ts';

describe('workflows', () => {
  let projects: readonly GithubProject[];
  let project: GithubProject;
  before(async () => {
    project = await renderGithub();
    projects = [project, await renderGithub({ iac: 'opentofu' })];
  });

  it('pin each action by commit, with its version beside, and everywhere the same', () => {
    const lines = projects.flatMap(({ files }) =>
      Object.entries(files).flatMap(([path, text]) => (path.startsWith('.github/') ? text.split('\n') : [])),
    );
    const pins = new Map<string, string>();
    for (const line of lines.filter((text) => /\buses:/.test(text) && !/uses: \.\//.test(text))) {
      const [, action = '', pin = ''] = /uses: ([\w-]+\/[\w-]+)@([0-9a-f]{40} # v\d+\.\d+\.\d+)$/.exec(line) ?? [];
      assert.ok(action, line);
      assert.equal(pins.get(action) ?? pin, pin, action);
      pins.set(action, pin);
    }
    assert.equal(pins.size, 5);
  });

  it('grant nothing but what each job needs', () => {
    const granted = Object.entries(project.workflows).flatMap(([name, { permissions, jobs }]) => {
      assert.deepEqual(permissions, {}, name);
      return Object.entries(jobs).map(([job, { permissions: own }]) => [`${name} ${job}`, own]);
    });
    assert.deepEqual(Object.fromEntries(granted), {
      'check.yml check': { contents: 'read' },
      'deploy-stage.yml deploy': { contents: 'read', 'id-token': 'write' },
      'deploy.yml check': { contents: 'read' },
      'deploy.yml deploy-dev': { contents: 'read', 'id-token': 'write' },
      'deploy.yml deploy-prod': { contents: 'read', 'id-token': 'write' },
      'plan.yml plan': { contents: 'read', 'id-token': 'write', 'pull-requests': 'write' },
    });
  });

  it('leave no token behind in a checkout', () => {
    const checkouts = Object.values(project.workflows).flatMap((workflow) =>
      stepsOf(workflow).filter(([, { uses }]) => uses?.startsWith('actions/checkout@')),
    );
    assert.equal(checkouts.length, 3);
    for (const [job, step] of checkouts) assert.equal(step.with?.['persist-credentials'], false, job);
  });

  it('end some time', () => {
    for (const [name, { jobs }] of Object.entries(project.workflows)) {
      for (const job of Object.values(jobs)) assert.ok(job.uses ?? Number(job['timeout-minutes']) <= 30, name);
    }
  });

  it('install packages before there are credentials for them to find', () => {
    for (const name of ['plan.yml', 'deploy-stage.yml']) {
      const steps = stepsOf(project.workflows[name] ?? assert.fail(name)).map(([, { uses, run }]) => uses?.split('@')[0] ?? run);
      assert.deepEqual(steps.slice(0, 4), [
        'actions/checkout',
        './.github/actions/setup',
        'make install',
        'aws-actions/configure-aws-credentials',
      ]);
    }
  });

  it('give no role to forks, to Dependabot, or while none is set', () => {
    const { if: condition = '' } = project.workflows['plan.yml']?.jobs['plan'] ?? {};
    assert.deepEqual(condition.split(/ && /), [
      "vars.AWS_REGION != ''",
      'github.event.pull_request.head.repo.full_name == github.repository',
      "github.event.pull_request.user.login != 'dependabot[bot]'",
    ]);
    assert.equal(project.workflows['deploy.yml']?.jobs['deploy-dev']?.if, "vars.AWS_REGION != ''");
  });

  it("run on no event that gives a fork's code a token", () => {
    const events = Object.values(project.workflows).flatMap((workflow) => Object.keys(workflow.on));
    assert.deepEqual([...new Set(events)].toSorted(), ['pull_request', 'push', 'workflow_call']);
    assert.deepEqual(project.workflows['deploy.yml']?.on['push'], { branches: ['main'] });
  });

  it('never break off a deploy', () => {
    assert.deepEqual(project.workflows['deploy-stage.yml']?.jobs['deploy']?.concurrency, {
      group: 'deploy-${{ inputs.stage }}',
      'cancel-in-progress': false,
    });
  });

  it('put no text from outside into a command', () => {
    const commands = Object.values(project.workflows).flatMap((workflow) => stepsOf(workflow).flatMap(([, { run = [] }]) => run));
    for (const command of commands) assert.doesNotMatch(command, /\$\{\{/);
  });
});

interface Update {
  readonly 'package-ecosystem': string;
  readonly cooldown: { readonly 'default-days': number };
  readonly groups?: object;
}

describe('Dependabot', () => {
  const cases: [title: string, answers: Readonly<Record<string, unknown>>, ecosystems: readonly string[]][] = [
    ['npm, actions and providers', {}, ['npm', 'github-actions', 'terraform']],
    ['the providers of OpenTofu', { iac: 'opentofu' }, ['npm', 'github-actions', 'opentofu']],
    ['the image as well', { with: ['github', 'container'] }, ['npm', 'github-actions', 'terraform', 'docker']],
  ];
  for (const [title, answers, ecosystems] of cases) {
    it(`looks after ${title}, a week after a release`, async () => {
      const { files } = await renderGithub(answers);
      const { updates } = parse(files['.github/dependabot.yml'] ?? '') as { updates: readonly Update[] };
      assert.deepEqual(
        updates.map((update) => update['package-ecosystem']),
        ecosystems,
      );
      for (const update of updates) assert.equal(update.cooldown['default-days'], 7);
    });
  }
});
