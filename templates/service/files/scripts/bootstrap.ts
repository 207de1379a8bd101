import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';

import { capture, main, run } from './command.ts';

type Bucket = Readonly<Record<'name' | 'region' | 'account', string>>;

// Makes the S3 bucket for this account's states and moves the stage's state into it; safe to run again. The state of
// terraform/bootstrap ends up in the bucket too, so that whoever runs this next goes on from there.
await main(async () => {
  const [stage = 'dev'] = process.argv.slice(2);
  const root = 'terraform/bootstrap';
  const settings = await readFile(`${root}/terraform.tfvars.json`, 'utf8');
  const { name, region } = JSON.parse(settings) as Omit<Bucket, 'account'>;
  const query = ['--query', 'Account', '--output', 'text', '--region', region];
  const account = await capture('aws', 'sts', 'get-caller-identity', ...query);
  const bucket = { name: `${name}-tfstate-${account}`, region, account };

  const stageRoot = `terraform/stages/${stage}`;
  for (const folder of [root, stageRoot]) {
    const backend = await readFile(`${folder}/backend.tf`, 'utf8').catch(() => '');
    const [, other = bucket.name] = /bucket += "(.*)"/.exec(backend) ?? [];
    if (other !== bucket.name) throw new Error(`${folder} keeps its state in ${other}: check AWS_PROFILE.`);
  }
  const isMade = await exists(bucket);
  if (isMade) {
    await moveState(root, bucket, 'bootstrap');
  } else {
    await rm(`${root}/backend.tf`, { force: true });
    await terraform(root, 'init', '-input=false', '-reconfigure');
  }
  console.log(`\nIn account ${account}:`);
  await terraform(root, 'apply', ...(process.env['YES'] === '1' ? ['-auto-approve'] : []));
  if (!isMade) await moveState(root, bucket, 'bootstrap');

  await moveState(stageRoot, bucket, stage);
  console.log(`\nThe state of ${stage} is kept in s3://${bucket.name}/${stage}.tfstate`);
  console.log(`Commit terraform/stages/${stage}/backend.tf, so that all find it there.`);
});

/** @throws when a bucket of that name belongs to another account */
async function exists({ name, region, account }: Bucket): Promise<boolean> {
  const owner = ['--expected-bucket-owner', account, '--region', region];
  try {
    await capture('aws', 's3api', 'head-bucket', '--bucket', name, ...owner);
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
async function moveState(root: string, { name, region, account }: Bucket, key: string): Promise<void> {
  const state = `${root}/terraform.tfstate`;
  if (existsSync(state)) await rename(state, `${state}.moving`);
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
  await writeFile(`${root}/backend.tf`, backend);
  await terraform(root, 'init', '-input=false', '-reconfigure');
  if (!existsSync(`${state}.moving`)) return;
  await terraform(root, 'state', 'push', 'terraform.tfstate.moving');
  await rename(`${state}.moving`, `${state}.moved`);
}

async function terraform(root: string, ...args: readonly string[]): Promise<void> {
  await run(process.env['TF'] ?? 'terraform', `-chdir=${root}`, ...args);
}
