import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { CommandError, captureCommand, runCommand } from './command.ts';

/** Where the states of one AWS account lie. */
export interface StateBucket {
  readonly bucket: string;
  readonly region: string;
  readonly account: string;
}

/** A folder that Terraform is run in, and what tells its states apart. */
interface Root {
  readonly folder: string;
  readonly dataFolder: string;
  readonly localState: string;
}

const stageBackend = `terraform {
  # Which bucket and key: see stages/*.tfbackend, since every stage has a state of its own.
  backend "s3" {}
}
`;

/** Names the bucket of the account that the credentials belong to, as terraform/bootstrap does. */
export async function loadStateBucket(): Promise<StateBucket> {
  const settings = await readFile('terraform/bootstrap/terraform.tfvars.json', 'utf8');
  const { name, region } = JSON.parse(settings) as { name: string; region: string };
  const query = ['--query', 'Account', '--output', 'text', '--region', region];
  const account = await captureCommand('aws', 'sts', 'get-caller-identity', ...query);
  return { bucket: `${name}-tfstate-${account}`, region, account };
}

/**
 * Makes the bucket, or brings it up to date. The state of terraform/bootstrap ends up in it as well, so that
 * whoever runs this next, on whatever machine, goes on from there.
 */
export async function applyBucket(bucket: StateBucket, ask: () => Promise<void>): Promise<void> {
  const root = { folder: 'terraform/bootstrap', dataFolder: bucket.account, localState: 'terraform.tfstate' };
  const backend = `${root.folder}/backend.tf`;
  const settings = formatBackend(bucket, 'bootstrap').replaceAll(/^(?=.)/gm, '    ');
  const ownBackend = `terraform {\n  backend "s3" {\n${settings}  }\n}\n`;

  const made = await isMade(bucket);
  if (made) {
    await writeFile(backend, ownBackend);
    await moveState(root);
  } else {
    await rm(backend, { force: true });
    await runTerraform(root, 'init', '-input=false', '-reconfigure');
  }
  await runTerraform(root, 'plan', '-input=false', '-out=bootstrap.tfplan');
  await ask();
  await runTerraform(root, 'apply', '-input=false', 'bootstrap.tfplan');
  if (made) return;
  await writeFile(backend, ownBackend);
  await moveState(root);
}

/** Turns a stage to the bucket, and takes along what state of it lies here. */
export async function moveStage(bucket: StateBucket, stage: string): Promise<void> {
  const root = { folder: 'terraform', dataFolder: stage, localState: `${stage}.tfstate` };
  await writeFile(`${root.folder}/backend.tf`, stageBackend);
  await writeFile(`${root.folder}/stages/${stage}.tfbackend`, formatBackend(bucket, stage));
  await moveState(root, `-backend-config=stages/${stage}.tfbackend`);
}

/** @throws when a bucket of that name belongs to another account */
async function isMade({ bucket, region, account }: StateBucket): Promise<boolean> {
  const owner = ['--expected-bucket-owner', account, '--region', region];
  try {
    await captureCommand('aws', 's3api', 'head-bucket', '--bucket', bucket, ...owner);
    return true;
  } catch (error) {
    if (error instanceof CommandError && /\(404\)|Not Found/.test(error.stderr)) return false;
    throw error;
  }
}

/**
 * Turns a root to the backend it names, and pushes what state of it lies here: Terraform itself refuses to push
 * one over another's, or over a newer one. Out of the way first, since `init` would ask whether to copy it.
 */
async function moveState(root: Root, ...settings: readonly string[]): Promise<void> {
  const state = `${root.folder}/${root.localState}`;
  if (existsSync(state)) await rename(state, `${state}.moving`);
  await runTerraform(root, 'init', '-input=false', '-reconfigure', ...settings);
  if (!existsSync(`${state}.moving`)) return;
  await runTerraform(root, 'state', 'push', `${root.localState}.moving`);
  await rename(`${state}.moving`, `${state}.moved`);
}

async function runTerraform({ folder, dataFolder }: Root, ...args: readonly string[]): Promise<void> {
  const terraform = process.env['TF'] ?? 'terraform';
  await runCommand([terraform, `-chdir=${folder}`, ...args], { TF_DATA_DIR: `.terraform/${dataFolder}` });
}

/** Settings of an S3 backend, a line each: what a stage's `.tfbackend` file holds. */
function formatBackend({ bucket, region, account }: StateBucket, key: string): string {
  return `bucket              = "${bucket}"
key                 = "${key}.tfstate"
region              = "${region}"
allowed_account_ids = ["${account}"]
encrypt             = true
use_lockfile        = true
`;
}
