import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@cdktn/hcl2json';
import { useTempFolder } from '../temp-folder.ts';
import { describeTerraform, engines, run } from './engines.ts';
import { FakeS3 } from './fake-s3.ts';
import { lockEnvironment } from './lock-mirror.ts';
import { StubbedProject } from './stubs.ts';
import type { Call } from './stubs.ts';

const bucket = 'demo-tfstate-123456789012';
const noBucket: Call['fails'] = ['head-bucket', 'An error occurred (404) when calling the HeadBucket operation: Not Found'];

for (const engine of engines) {
  describeTerraform(`make bootstrap with a real ${engine} and an S3 in small`, function () {
    this.timeout(120_000);
    const folder = useTempFolder();
    let project: StubbedProject;
    let s3: FakeS3;
    let env: NodeJS.ProcessEnv;

    const read = (path: string): string => readFileSync(join(project.folder, 'terraform', path), 'utf8');
    const bootstrap = async (call: Call = {}, ...args: readonly string[]): Promise<string> => {
      const { code, output } = await project.make(['bootstrap', `TF=${engine}`, ...args], { ...call, env });
      assert.equal(code, 0, output);
      return output;
    };
    /** Resources in a state that S3 holds. */
    const resourcesIn = (key: string): string[] => {
      const state = JSON.parse(String(s3.objects.get(`${bucket}/${key}`))) as { resources: { type: string; name: string }[] };
      return state.resources.map(({ type, name }) => `${type}.${name}`);
    };

    beforeEach(async () => {
      s3 = new FakeS3('123456789012');
      const lock = lockEnvironment(join(folder(), 'mirror'));
      env = { ...(await s3.listen()), ...lock, YES: '1', PATH_AFTER: process.env['PATH'] };
      project = new StubbedProject(folder());
      await project.emit({});
      project.uninstall(engine); // the real one is meant
    });
    afterEach(() => s3.close());

    it('makes the bucket, moves its own state into it, and turns the stage to it', async () => {
      const output = await bootstrap({ fails: noBucket });
      assert.ok(resourcesIn('bootstrap.tfstate').includes('aws_s3_bucket_policy.state'));
      assert.ok(existsSync(join(project.folder, 'terraform/bootstrap/terraform.tfstate.moved')));
      assert.ok(!existsSync(join(project.folder, 'terraform/bootstrap/terraform.tfstate')));
      assert.deepEqual(await parse('backend.tf', read('stages/dev/backend.tf')), {
        terraform: [
          {
            backend: {
              s3: [
                {
                  bucket,
                  key: 'dev.tfstate',
                  region: 'eu-west-1',
                  allowed_account_ids: ['123456789012'],
                  encrypt: true,
                  use_lockfile: true,
                },
              ],
            },
          },
        ],
      });
      const { code } = await run([engine, 'fmt', '-check', 'stages/dev'], join(project.folder, 'terraform'));
      assert.equal(code, 0, 'what is written is formatted');
      assert.match(read('stages/prod/backend.tf'), /backend "local"/);
      assert.match(output, /commit terraform\/stages\/dev\/backend\.tf/);
    });

    it('changes nothing when it is run again, on another machine too', async () => {
      await bootstrap({ fails: noBucket });
      const before = resourcesIn('bootstrap.tfstate');
      await project.make(['clean']);
      rmSync(join(project.folder, 'terraform/bootstrap/backend.tf')); // git ignores it
      assert.match(await bootstrap(), /No changes/);
      assert.deepEqual(resourcesIn('bootstrap.tfstate'), before);
    });

    it('takes the state of a deployed stage along, so that nothing is made anew', async () => {
      const deployed = await project.make(['plan', `TF=${engine}`], { env });
      assert.equal(deployed.code, 0, deployed.output);
      const applied = await project.make(['deploy', `TF=${engine}`, 'POLL_SECONDS=0'], { env });
      assert.match(applied.output, /Apply complete/);
      await bootstrap({ fails: noBucket });
      assert.ok(resourcesIn('dev.tfstate').includes('aws_lambda_function.this'));
      const { code, output } = await project.make(['plan', `TF=${engine}`], { env });
      assert.equal(code, 0, output);
      assert.match(output, /No changes/);
      assert.deepEqual(
        [...s3.objects.keys()].filter((key) => key.endsWith('.tflock')),
        [],
        'no lock is left',
      );
    });

    it('says so when another run holds the state, and whose account is the wrong one', async () => {
      await bootstrap({ fails: noBucket });
      s3.objects.set(`${bucket}/dev.tfstate.tflock`, Buffer.from('{ "ID": "6c1f-42", "Who": "ci" }'));
      const locked = await project.make(['plan', `TF=${engine}`], { env });
      assert.match(locked.output, /Error acquiring the state lock.*6c1f-42/s);
      const other = new FakeS3('210987654321');
      const wrong = await project.make(['plan', `TF=${engine}`], { env: { ...env, ...(await other.listen()) } });
      other.close();
      assert.match(wrong.output, /AWS account ID not\s+(?:│ )?allowed/);
    });

    // What follows is about our scripts, whichever engine they call.
    if (engine === 'tofu') return;

    it('uses a bucket that is named, in its own region, below the name of the service', async () => {
      env = { ...env, STATE_BUCKET: 'acme-states', STUB_REGION: 'eu-central-1' };
      const output = await bootstrap();
      assert.match(output, /The state of dev is kept in s3:\/\/acme-states/);
      assert.deepEqual([...s3.objects.keys()], ['acme-states/demo/bootstrap-123456789012.tfstate']);
      assert.doesNotMatch(String(s3.objects.get('acme-states/demo/bootstrap-123456789012.tfstate')), /"type": ?"aws_s3_bucket"/);
      const backend = read('stages/dev/backend.tf');
      assert.match(backend, /bucket += "acme-states"\n.*key += "demo\/dev\.tfstate"\n.*region += "eu-central-1"/s);
      // It is known from then on.
      delete env['STATE_BUCKET'];
      assert.match(await bootstrap(), /s3:\/\/acme-states/);
      assert.equal(read('stages/dev/backend.tf'), backend);
    });

    it('makes no bucket that somebody named, and moves no state to another one', async () => {
      const named = { ...env, STATE_BUCKET: 'acme-states' };
      const missing = await project.make(['bootstrap'], { fails: noBucket, env: named });
      assert.notEqual(missing.code, 0);
      assert.match(missing.output, /There is no bucket acme-states, or none that you may see/);
      assert.equal(s3.objects.size, 0);
      await bootstrap({ fails: noBucket });
      assert.ok(resourcesIn('bootstrap.tfstate').includes('aws_s3_bucket.state'));
      const moved = await project.make(['bootstrap'], { env: named });
      assert.notEqual(moved.code, 0);
      assert.match(moved.output, /The state of dev is kept in demo-tfstate-123456789012, of account 123456789012: check/);
    });

    it("has nothing to do with a bucket of that name that is somebody else's", async () => {
      const forbidden = 'An error occurred (403) when calling the HeadBucket operation: Forbidden';
      const { code, output } = await project.make(['bootstrap'], { env, fails: ['head-bucket', forbidden] });
      assert.notEqual(code, 0);
      assert.match(output, /HeadBucket operation: Forbidden/);
      assert.match(read('stages/dev/backend.tf'), /backend "local"/);
      assert.equal(s3.objects.size, 0);
    });

    it('goes on where a run before was cut off, with the bucket made and the state still here', async () => {
      await bootstrap({ fails: noBucket });
      const state = s3.objects.get(`${bucket}/bootstrap.tfstate`);
      s3.objects.clear();
      writeFileSync(join(project.folder, 'terraform/bootstrap/terraform.tfstate'), state ?? '');
      assert.match(await bootstrap(), /No changes/);
      assert.ok(resourcesIn('bootstrap.tfstate').includes('aws_s3_bucket.state'));
    });

    it('turns no stage from the bucket of one account to that of another', async () => {
      const settings = 'bucket = "demo-tfstate-210987654321"\n    allowed_account_ids = ["210987654321"]';
      const backend = `terraform {\n  backend "s3" {\n    ${settings}\n  }\n}\n`;
      writeFileSync(join(project.folder, 'terraform/stages/dev/backend.tf'), backend);
      const { code, output } = await project.make(['bootstrap'], { env, fails: noBucket });
      assert.notEqual(code, 0);
      assert.match(output, /The state of dev is kept in demo-tfstate-210987654321, of account 210987654321: check AWS_PROFILE/);
      assert.equal(read('stages/dev/backend.tf'), backend);
      assert.equal(s3.objects.size, 0);
    });

    it('takes the provider for GitHub and the role of API Gateway that somebody else has made', async () => {
      project = new StubbedProject(join(folder(), 'connected'));
      mkdirSync(join(folder(), 'connected'));
      await project.emit({}, { gateway: 'rest', with: ['github'] });
      project.uninstall(engine);
      const settings = join(project.folder, 'terraform/bootstrap/github.auto.tfvars');
      writeFileSync(settings, 'github = { owner = "acme", owner_id = 12, name = "orders", id = 34 }\n');
      const provider = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';
      const role = 'arn:aws:iam::123456789012:role/of-the-platform';
      const taken = { ...env, STUB_PROVIDER: provider, STUB_API_ROLE: role };
      const first = await project.make(['bootstrap'], { fails: noBucket, env: taken });
      assert.equal(first.code, 0, first.output);
      assert.match(first.output, new RegExp(`GitHub is trusted by way of ${provider}, which is there already`));
      assert.match(first.output, new RegExp(`API Gateway in eu-west-1 logs as ${role}, as somebody has set: it stays so`));
      const owned = (): string[] => resourcesIn('bootstrap.tfstate');
      const shared = ['aws_iam_openid_connect_provider.github', 'aws_api_gateway_account.this'];
      assert.deepEqual(
        owned().filter((address) => shared.includes(address)),
        [],
      );

      // Once nobody has any, they are made, and later found to be its own.
      for (const found of [{}, { STUB_PROVIDER: provider, STUB_API_ROLE: 'arn:aws:iam::123456789012:role/demo-api-logs' }]) {
        const { code, output } = await project.make(['bootstrap'], { env: { ...env, ...found } });
        assert.equal(code, 0, output);
        assert.deepEqual(
          owned()
            .filter((address) => shared.includes(address))
            .toSorted(),
          shared.toSorted(),
        );
        assert.doesNotMatch(output, /which is there already|it stays so/);
      }
    });

    it('makes a bucket in a second account, from the same folder', async () => {
      await bootstrap({ fails: noBucket });
      const backend = read('bootstrap/backend.tf');
      writeFileSync(join(project.folder, 'terraform/bootstrap/backend.tf'), backend.replaceAll('123456789012', '210987654321'));
      s3.objects.clear();
      const output = await bootstrap({ fails: noBucket }, 'STAGE=prod');
      assert.match(output, /The state of prod is kept in s3:\/\/demo-tfstate-123456789012/);
      assert.match(read('stages/prod/backend.tf'), /demo-tfstate-123456789012/);
    });

    it("never writes a state over another one's", async () => {
      await bootstrap({ fails: noBucket });
      const state = (lineage: string): string =>
        JSON.stringify({ version: 4, serial: 1, lineage, outputs: { url: { value: lineage, type: 'string' } }, resources: [] });
      s3.objects.set(`${bucket}/dev.tfstate`, Buffer.from(state('theirs')));
      writeFileSync(join(project.folder, 'terraform/stages/dev/terraform.tfstate'), state('ours'));
      const { code, output } = await project.make(['bootstrap', `TF=${engine}`], { env });
      assert.notEqual(code, 0);
      assert.match(output, /lineage/);
      assert.match(String(s3.objects.get(`${bucket}/dev.tfstate`)), /theirs/);
    });

    it('asks before it applies, and says when AWS cannot be asked', async () => {
      const asked = await project.make(['bootstrap', `TF=${engine}`], { env: { ...env, YES: '' }, fails: noBucket });
      assert.match(asked.output, /In account 123456789012:.*Enter a value:.*(?:error asking for approval|Command failed)/s);
      assert.equal(s3.objects.size, 0);
      const refused = await project.make(['bootstrap', `TF=${engine}`], {
        env,
        fails: ['get-caller-identity', 'Unable to locate credentials'],
      });
      assert.match(refused.output, /Command failed: aws sts .*Unable to locate credentials/s);
    });
  });
}
