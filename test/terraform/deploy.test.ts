import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lendModules } from '../lend-modules.ts';
import { useTempFolder } from '../temp-folder.ts';
import { emitProject } from './emitted.ts';
import { describeTerraform, engines, run } from './engines.ts';
import type { Outcome } from './engines.ts';
import { lockEnvironment } from './lock-mirror.ts';

interface State {
  readonly resources: readonly { readonly type: string; readonly instances: readonly { readonly attributes: object }[] }[];
}

describeTerraform('make with a real bundle and a real terraform', function () {
  this.timeout(120_000);
  const folder = useTempFolder();
  let project = '';
  let env: NodeJS.ProcessEnv;
  const make = (...args: readonly string[]): Promise<Outcome> => run(['make', ...args], project, { env });
  const hash = (): string =>
    createHash('sha256')
      .update(readFileSync(join(project, 'dist/lambda.zip')))
      .digest('hex');

  beforeEach(async () => {
    project = join(folder(), 'my project');
    // As AWS tells of an alias that was just made.
    const aws = join(folder(), 'programs/aws');
    mkdirSync(dirname(aws));
    writeFileSync(aws, `#!/bin/sh\necho '{"FunctionVersion":"1","Description":""}'\n`, { mode: 0o755 });
    const PATH = `${dirname(aws)}:${dirname(process.execPath)}:${process.env['PATH']}`;
    env = { PATH, POLL_SECONDS: '0', ...lockEnvironment(join(folder(), 'mirror')) };
    await emitProject(project);
    rmSync(join(project, 'dist'), { recursive: true });
    lendModules(project);
  });

  it('plans nothing when nothing changed, though the bundle was built anew, and a new version when code did', async () => {
    const deployed = await make('deploy', 'YES=1');
    assert.match(deployed.output, /Apply complete! Resources: 16 added/);
    assert.match(deployed.output, /After 0 seconds https:.* not version 1/, 'nothing answers at an address that was made up');
    const first = hash();

    rmSync(join(project, 'dist'), { recursive: true });
    utimesSync(join(project, 'src/app.ts'), new Date(), new Date());
    const again = await make('plan');
    assert.equal(again.code, 0, again.output);
    assert.equal(hash(), first);
    assert.match(again.output, /No changes/);

    const route = join(project, 'src/routes/hello.ts');
    writeFileSync(route, readFileSync(route, 'utf8').replaceAll('Hello', 'Good day'));
    const changed = await make('plan');
    assert.notEqual(hash(), first);
    assert.match(changed.output, /module\.service\.aws_lambda_function\.this will be updated in-place/);
    assert.match(changed.output, /Plan: 0 to add, 1 to change, 0 to destroy/);
  });

  it('plans nothing after a rollback, and says which version answers', async () => {
    await make('deploy', 'YES=1');
    const file = join(project, 'terraform/stages/dev/terraform.tfstate');
    const state = JSON.parse(readFileSync(file, 'utf8')) as State;
    const alias = state.resources.find(({ type }) => type === 'aws_lambda_alias')?.instances[0]?.attributes;
    Object.assign(alias ?? assert.fail('no alias'), { function_version: '42', description: 'before: 41 not: 1' });
    writeFileSync(file, JSON.stringify(state));
    const { code, output } = await make('plan', 'SKIP_BUNDLE=1');
    assert.equal(code, 0, output);
    assert.match(output, /No changes/);
    assert.match(output, /Version 1 is published, but 42 answers: make release/);
  });

  it('applies and destroys nothing without a yes', async () => {
    const asked = await make('deploy');
    assert.notEqual(asked.code, 0);
    assert.match(asked.output, /16 to add.*Enter a value/s);
    assert.doesNotMatch(asked.output, /Apply complete|After 0 seconds/);
    await make('deploy', 'YES=1', 'STAGE=prod');
    const kept = await make('destroy', 'YES=1', 'STAGE=prod');
    assert.notEqual(kept.code, 0);
    assert.match(kept.output, /16 to destroy.*Enter a value/s);
  });

  it('keeps stages apart', async () => {
    assert.match((await make('deploy', 'YES=1')).output, /16 added/);
    assert.match((await make('deploy', 'YES=1', 'STAGE=prod')).output, /16 added/);
    assert.match((await make('output', 'STAGE=prod')).output, /"function_name" += "demo-prod"/);
    assert.match((await make('destroy', 'YES=1')).output, /Destroy complete! Resources: 16 destroyed/);
    assert.match((await make('plan', 'STAGE=prod')).output, /No changes/);
  });

  it('locks the providers for every platform before it first uses them, and only then', async () => {
    const lock = join(project, 'terraform/stages/dev/.terraform.lock.hcl');
    const first = await make('plan');
    for (const platform of ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64'])
      assert.match(first.output, new RegExp(`Retrieved hashicorp/aws \\S+ for ${platform}`));
    assert.match(readFileSync(lock, 'utf8'), /constraints = "~> 6\.66, >= 6\.19\.0"|constraints = ">= 6\.19\.0, ~> 6\.66"/);
    assert.doesNotMatch((await make('plan', 'SKIP_BUNDLE=1')).output, /Retrieved|Initializing/);
  });

  it('takes over a lock that somebody else raised, and pins that were once make lock was run', async () => {
    await make('plan');
    const lock = join(project, 'terraform/stages/dev/.terraform.lock.hcl');
    utimesSync(lock, new Date(Date.now() + 1000), new Date(Date.now() + 1000));
    assert.match((await make('plan', 'SKIP_BUNDLE=1')).output, /Initializing provider plugins/);

    writeFileSync(lock, readFileSync(lock, 'utf8').replace(/version +=.*/, 'version = "6.60.0"'));
    const { code, output } = await make('plan', 'SKIP_BUNDLE=1');
    assert.notEqual(code, 0);
    assert.match(output, /does not match configured\s+(?:│ )?version constraint/);
    assert.equal((await make('lock')).code, 0);
    assert.equal((await make('plan', 'SKIP_BUNDLE=1')).code, 0);
  });

  if (engines.includes('tofu'))
    it('goes on with the other engine, and back', async () => {
      await make('bundle');
      for (const engine of ['terraform', 'tofu', 'terraform', 'tofu']) {
        const { code, output } = await make('plan', 'SKIP_BUNDLE=1', `TF=${engine}`);
        assert.equal(code, 0, output);
      }
    });

  it('checks the module and every root without credentials', async () => {
    const { code, output } = await make('check-terraform');
    assert.equal(code, 0, output);
    assert.match(output, /Success! 4 passed, 0 failed/);
    assert.equal(output.match(/The configuration is valid/g)?.length, 4);
  });
});
