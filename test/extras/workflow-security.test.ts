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
    assert.equal(pins.size, 7);
  });

  it('grant nothing but what each job needs', () => {
    const granted = Object.entries(project.workflows).flatMap(([name, { permissions, jobs }]) => {
      assert.deepEqual(permissions, {}, name);
      return Object.entries(jobs).map(([job, { permissions: own }]) => [`${name} ${job}`, own]);
    });
    assert.deepEqual(Object.fromEntries(granted), {
      'check.yml check': { contents: 'read' },
      'deploy-stage.yml plan': { contents: 'read', 'id-token': 'write' },
      'deploy-stage.yml apply': { contents: 'read', 'id-token': 'write' },
      'deploy.yml check': { contents: 'read' },
      'deploy.yml deploy-dev': { contents: 'read', 'id-token': 'write' },
      'deploy.yml deploy-prod': { contents: 'read', 'id-token': 'write' },
      'plan.yml bundle': { contents: 'read' },
      'plan.yml plan': { contents: 'read', 'id-token': 'write', 'pull-requests': 'write' },
    });
  });

  it('leave no token behind in a checkout', () => {
    const checkouts = Object.values(project.workflows).flatMap((workflow) =>
      stepsOf(workflow).filter(([, { uses }]) => uses?.startsWith('actions/checkout@')),
    );
    assert.equal(checkouts.length, 5);
    for (const [job, step] of checkouts) assert.equal(step.with?.['persist-credentials'], false, job);
  });

  it('end some time', () => {
    for (const [name, { jobs }] of Object.entries(project.workflows)) {
      for (const job of Object.values(jobs)) assert.ok(job.uses ?? Number(job['timeout-minutes']) <= 30, name);
    }
  });

  it('install and build nothing where a token for AWS can be had', () => {
    const makefile = project.files['Makefile'] ?? '';
    const jobs = Object.entries(project.workflows).flatMap(([name, { jobs: all }]) =>
      Object.entries(all).map(([job, { permissions, steps = [] }]) => ({ job: `${name} ${job}`, permissions, steps })),
    );
    const trusted = jobs.filter(({ permissions, steps }) => permissions?.['id-token'] !== undefined && steps.length > 0);
    assert.deepEqual(
      trusted.map(({ job }) => job),
      ['deploy-stage.yml plan', 'deploy-stage.yml apply', 'plan.yml plan'],
    );
    for (const { job, steps } of trusted) {
      for (const { run = '', env = {} } of steps.filter((step) => step.run !== undefined)) {
        const target = run.replace('make ', '');
        const [, prerequisites = ''] = new RegExp(`^${target}: (.*?)(?: ##|$)`, 'm').exec(makefile) ?? [];
        assert.match(prerequisites, /^\$\(initialized\)/, `${job}: ${target}`);
        assert.doesNotMatch(prerequisites, /installed|doors|\bbundle\b/, `${job}: ${target}`);
        if (prerequisites.includes('$(bundled)')) assert.equal(env['SKIP_BUNDLE'], '1', job);
      }
    }
    assert.doesNotMatch(/^\$\(initialized\): .*$/m.exec(makefile)?.[0] ?? 'installed', /\$\(installed\)/);
  });

  it('apply the plan that was shown, of the zip that was checked', () => {
    const transfers = ['check.yml', 'deploy-stage.yml'].flatMap((name) =>
      stepsOf(project.workflows[name] ?? assert.fail(name)).flatMap(([job, { uses = '', with: inputs = {} }]) => {
        const [, way] = /^actions\/(upload|download)-artifact@/.exec(uses) ?? [];
        return way === undefined ? [] : [`${job} ${way}s ${String(inputs['name'])}: ${String(inputs['path'])}`];
      }),
    );
    const root = 'terraform/stages/${{ inputs.stage }}';
    assert.deepEqual(transfers, [
      'check uploads lambda: dist/lambda.zip',
      'plan downloads lambda: dist',
      `plan uploads plan-\${{ inputs.stage }}: ${root}/stage.tfplan`,
      'apply downloads lambda: dist',
      `apply downloads plan-\${{ inputs.stage }}: ${root}`,
    ]);
    const { plan, apply } = project.workflows['deploy-stage.yml']?.jobs ?? {};
    assert.deepEqual([plan?.environment, apply?.needs, apply?.environment], [undefined, 'plan', '${{ inputs.stage }}']);
  });

  it('give no role to forks, to Dependabot, or while none is set', () => {
    const { if: condition = '' } = project.workflows['plan.yml']?.jobs['bundle'] ?? {};
    assert.deepEqual(condition.split(/ && /), [
      "vars.AWS_REGION != ''",
      'github.event.pull_request.head.repo.full_name == github.repository',
      "github.event.pull_request.user.login != 'dependabot[bot]'",
    ]);
    assert.equal(project.workflows['plan.yml']?.jobs['plan']?.needs, 'bundle');
    assert.equal(project.workflows['deploy.yml']?.jobs['deploy-dev']?.if, "vars.AWS_REGION != ''");
  });

  it("run on no event that gives a fork's code a token", () => {
    const events = Object.values(project.workflows).flatMap((workflow) => Object.keys(workflow.on));
    assert.deepEqual([...new Set(events)].toSorted(), ['pull_request', 'push', 'workflow_call']);
    assert.deepEqual(project.workflows['deploy.yml']?.on['push'], { branches: ['main'] });
  });

  it('never break off a deploy', () => {
    assert.deepEqual(project.workflows['deploy.yml']?.jobs['deploy-dev']?.concurrency, {
      group: 'deploy-dev',
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
