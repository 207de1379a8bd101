import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useTempFolder } from '../temp-folder.ts';
import { gatewayAnswers } from '../gateway-answers.ts';
import { emitProject, type RawAnswers } from './emitted.ts';
import { describeTerraform, planSteps, run, tell } from './engines.ts';

/** What a lifecycle says, which only a plan or a destroy can show: each with the line, and without it. */
describeTerraform('the lifecycle of what is emitted', function () {
  this.timeout(120_000);
  const folder = useTempFolder();

  async function emit(answers: RawAnswers, file: string, without?: string): Promise<void> {
    await emitProject(folder(), { domain: 'shop.org', ...answers });
    if (without === undefined) return;
    const path = join(folder(), 'terraform', file);
    const text = readFileSync(path, 'utf8');
    assert.equal(text.split(without).length, 2, `${file} must hold once: ${without}`);
    writeFileSync(path, text.replace(without, ''));
  }

  /** Makes what a root of the project has. @returns the folder of the root */
  async function apply(root: string): Promise<string> {
    const cwd = join(folder(), 'terraform', root);
    await tell('terraform', cwd, 'init', '-input=false');
    await tell('terraform', cwd, 'apply', '-input=false', '-auto-approve');
    return cwd;
  }

  const kept: readonly [address: string, file: string, answers: RawAnswers, line: string][] = [
    [
      'aws_s3_bucket.state',
      'bootstrap/state.tf',
      {},
      '    prevent_destroy = true # what it describes would go on, and cost, without anyone knowing it\n',
    ],
    [
      'aws_iam_openid_connect_provider.github',
      'bootstrap/github.tf',
      { with: ['github'] },
      '    prevent_destroy = true # other services of the account may sign in by it\n',
    ],
  ];
  for (const [address, file, answers, line] of kept) {
    const refuses = async (without?: string): Promise<boolean> => {
      await emit(answers, file, without);
      const settings = join(folder(), 'terraform/bootstrap/github.auto.tfvars');
      const repository = 'github = { owner = "acme", owner_id = 12, name = "orders", id = 34 }\nstages = ["dev"]\n';
      if (file.includes('github')) writeFileSync(settings, repository);
      const cwd = await apply('bootstrap');
      const { code, output } = await run(['terraform', 'plan', '-destroy', '-input=false', `-target=${address}`], cwd);
      assert.equal(code === 0, !output.includes('Instance cannot be destroyed'), output);
      return code !== 0;
    };
    it(`refuses to destroy ${address}`, async () => assert.ok(await refuses()));
    it(`would destroy ${address} without its line`, async () => assert.ok(!(await refuses(line))));
  }

  const line = '    create_before_destroy = true\n';
  const domain = { with: ['domain'] };
  const shown = '    create_before_destroy = true # callers are shown one or the other, never none\n';
  const replaced: readonly [address: string, file: string, answers: RawAnswers, line?: string][] = [
    ['aws_acm_certificate.this', 'service/domain.tf', domain],
    ['aws_acm_certificate.this', 'service/domain.tf', { ...domain, gateway: 'url' }],
    // What it shows, the certificate, is then made first as well.
    ['aws_lb_listener_certificate.this', 'service/domain.tf', { ...domain, ...gatewayAnswers('alb') }, shown],
    ['aws_lb_target_group.this', 'service/api.tf', gatewayAnswers('alb')],
    // What it belongs to, the API, is then made first as well, with a line of its own or without.
    ['aws_api_gateway_deployment.this', 'service/api-stage.tf', { gateway: 'rest' }],
  ];
  for (const [address, file, answers, own = line] of replaced) {
    /** The order in which Terraform would replace it. */
    const orderOf = async (without?: string): Promise<string> => {
      await emit(answers, file, without);
      const cwd = await apply('stages/dev');
      const owned = (await tell('terraform', cwd, 'state', 'list')).split('\n').find((one) => one.includes(address));
      const steps = await planSteps('terraform', cwd, `-replace=${owned ?? assert.fail(address)}`);
      return steps.find((step) => step.address.includes(address))?.actions.join() ?? '';
    };
    const title = `${address}, ${JSON.stringify(answers)}`;
    it(`makes the next ${title} before it destroys the last`, async () => assert.equal(await orderOf(), 'create,delete'));
    it(`would destroy ${title} first without its line`, async () => assert.equal(await orderOf(own), 'delete,create'));
  }
});
