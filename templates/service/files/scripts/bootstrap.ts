import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';

import { capture, main, run } from './command.ts';

/** Where terraform/bootstrap keeps the states of one AWS account. */
type Bucket = Readonly<Record<'bucket' | 'region' | 'account', string>>;

// Makes the S3 bucket for this account's states and moves the stage's state into it; safe to run again.
await main(async () => {
  const [stage = 'dev'] = process.argv.slice(2);
  const settings = await readFile('terraform/bootstrap/terraform.tfvars.json', 'utf8');
  const { name, region } = JSON.parse(settings) as Record<'name' | 'region', string>;
  const query = ['--query', 'Account', '--output', 'text', '--region', region];
  const account = await capture('aws', 'sts', 'get-caller-identity', ...query);
  const bucket = { bucket: `${name}-tfstate-${account}`, region, account };
  await applyBucket(bucket);
  await moveState(`terraform/stages/${stage}`, bucket, stage);
  console.log(`\nThe state of ${stage} is kept in s3://${bucket.bucket}/${stage}.tfstate`);
  console.log(`Commit terraform/stages/${stage}/backend.tf, so that all find it there.`);
});

/** Makes the bucket, or brings it up to date. Its own state ends up in it as well, for whoever runs this next. */
async function applyBucket(bucket: Bucket): Promise<void> {
  const root = 'terraform/bootstrap';
  const isThere = await exists(bucket);
  if (isThere) {
    await moveState(root, bucket, 'bootstrap');
  } else {
    await rm(`${root}/backend.tf`, { force: true });
    await terraform(root, 'init', '-input=false', '-reconfigure');
  }
  console.log(`\nIn account ${bucket.account}:`);
  await terraform(root, 'apply', ...(process.env['YES'] === '1' ? ['-auto-approve'] : []));
  if (!isThere) await moveState(root, bucket, 'bootstrap');
}

/** @throws when a bucket of that name belongs to another account */
async function exists({ bucket, region, account }: Bucket): Promise<boolean> {
  const owner = ['--expected-bucket-owner', account, '--region', region];
  try {
    await capture('aws', 's3api', 'head-bucket', '--bucket', bucket, ...owner);
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
async function moveState(root: string, { bucket, region, account }: Bucket, key: string): Promise<void> {
  const state = `${root}/terraform.tfstate`;
  if (existsSync(state)) await rename(state, `${state}.moving`);
  const backend = `terraform {
  backend "s3" {
    bucket              = "${bucket}"
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
