import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lendModules } from '../lend-modules.ts';
import { useTempFolder } from '../temp-folder.ts';
import { emitProject } from './emitted.ts';
import { describeTerraform, run } from './engines.ts';
import type { Outcome } from './engines.ts';

describeTerraform('make with a real bundle and a real terraform', function () {
  this.timeout(120_000);
  const folder = useTempFolder();
  let project = '';
  const make = (...args: readonly string[]): Promise<Outcome> =>
    run(['make', ...args], project, { env: { PATH: `${dirname(process.execPath)}:${process.env['PATH']}`, POLL_SECONDS: '0' } });
  const hash = (): string =>
    createHash('sha256')
      .update(readFileSync(join(project, 'dist/lambda.zip')))
      .digest('hex');

  beforeEach(async () => {
    project = join(folder(), 'my project');
    await emitProject(project);
    rmSync(join(project, 'dist'), { recursive: true });
    lendModules(project);
  });

  it('plans nothing when nothing changed, though the bundle was built anew, and a new version when code did', async () => {
    const deployed = await make('deploy', 'YES=1');
    assert.match(deployed.output, /Apply complete! Resources: 17 added/);
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
    assert.match(changed.output, /aws_lambda_alias\.live will be updated in-place/);
    assert.match(changed.output, /Plan: 0 to add, 2 to change, 0 to destroy/);
  });

  it('does not apply a plan that the state has outrun, and says what to do', async () => {
    assert.equal((await make('plan')).code, 0);
    const apply = [process.execPath, 'scripts/run.ts', 'terraform', '-chdir=terraform', 'apply', '-input=false', 'dev.tfplan'];
    const env = { TF_DATA_DIR: '.terraform/dev' };
    assert.equal((await run(apply, project, { env })).code, 0);
    const { code, output } = await run(apply, project, { env });
    assert.equal(code, 1);
    assert.match(output, /Saved plan is stale.*run it again, to see and apply a new one/s);
  });

  it('keeps stages apart', async () => {
    assert.match((await make('deploy', 'YES=1')).output, /17 added/);
    assert.match((await make('deploy', 'YES=1', 'STAGE=prod')).output, /17 added/);
    assert.match((await make('output', 'STAGE=prod')).output, /function_name += "demo-prod"/);
    assert.match((await make('destroy', 'YES=1')).output, /Resources: 0 added, 0 changed, 17 destroyed/);
    assert.match((await make('plan', 'STAGE=prod')).output, /No changes/);
  });
});
