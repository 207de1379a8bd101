import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

import { capture, main, run } from './command.ts';

const terraform = process.env['TF'] ?? 'terraform';

type Bucket = Readonly<Record<'name' | 'region' | 'account', string>>;

// Makes the S3 bucket for the states of this service in the account, and moves the stage's state into it; safe to run
// again. The state of terraform/bootstrap ends up there too, so that whoever runs this next goes on from there.
await main(() => {
  const [stage = 'dev'] = process.argv.slice(2);
  const root = 'terraform/bootstrap';
  const { name, region } = JSON.parse(readFileSync(`${root}/terraform.tfvars.json`, 'utf8'));
  const query = ['--query', 'Account', '--output', 'text', '--region', region];
  const account = capture('aws', 'sts', 'get-caller-identity', ...query);
  const bucket = { name: `${name}-tfstate-${account}`, region, account };

  const stageRoot = `terraform/stages/${stage}`;
  const backend = existsSync(`${stageRoot}/backend.tf`) ? readFileSync(`${stageRoot}/backend.tf`, 'utf8') : '';
  const [, other = bucket.name] = /bucket += "(.*)"/.exec(backend) ?? [];
  if (other !== bucket.name) throw new Error(`The state of ${stage} is kept in ${other}: check AWS_PROFILE.`);
  const isMade = exists(bucket);
  if (isMade) moveState(root, bucket, 'bootstrap');
  else {
    for (const file of ['backend.tf', '.terraform/terraform.tfstate']) rmSync(`${root}/${file}`, { force: true });
    run(terraform, `-chdir=${root}`, 'init', '-input=false', '-reconfigure');
  }
  console.log(`\nIn account ${account}:`);
  run(terraform, `-chdir=${root}`, 'apply', ...(process.env['YES'] === '1' ? ['-auto-approve'] : []));
  if (!isMade) moveState(root, bucket, 'bootstrap');

  moveState(stageRoot, bucket, stage);
  console.log(`\nThe state of ${stage} is kept in s3://${bucket.name}: commit ${stageRoot}/backend.tf`);
});

/** @throws when a bucket of that name belongs to another account */
function exists({ name, region, account }: Bucket): boolean {
  try {
    const owner = ['--expected-bucket-owner', account, '--region', region];
    capture('aws', 's3api', 'head-bucket', '--bucket', name, ...owner);
    return true;
  } catch (error) {
    if (/\(404\)|Not Found/.test(String(error))) return false;
    throw error;
  }
}

/**
 * Turns a root to the bucket, and pushes what state of it lies here: Terraform itself refuses to push one over
 * another's, or over a newer one. Out of the way first, since `init` would ask whether to copy it.
 */
function moveState(root: string, { name, region, account }: Bucket, key: string): void {
  const state = `${root}/terraform.tfstate`;
  if (existsSync(state)) renameSync(state, `${state}.moving`);
  const backend = `terraform {
  backend "s3" {
    bucket              = "${name}"
    key                 = "${key}.tfstate"
    region              = "${region}"
    allowed_account_ids = ["${account}"]
    encrypt             = true
    use_lockfile        = true
  }
}
`;
  writeFileSync(`${root}/backend.tf`, backend);
  run(terraform, `-chdir=${root}`, 'init', '-input=false', '-reconfigure');
  if (!existsSync(`${state}.moving`)) return;
  run(terraform, `-chdir=${root}`, 'state', 'push', 'terraform.tfstate.moving');
  renameSync(`${state}.moving`, `${state}.moved`);
}
