import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

import { capture, main, run } from './command.ts';

const terraform = process.env['TF'] ?? 'terraform';

/** Where states are kept: those of a bucket that others use begin with the service's name. */
type Place = Readonly<Record<'bucket' | 'region' | 'account' | 'prefix', string>>;

// Makes the S3 bucket for the states of this service in the account, or takes STATE_BUCKET, and moves the stage's state
// into it; safe to run again. The state of terraform/bootstrap ends up there too, so that whoever runs this goes on from it.
await main(() => {
  const [stage = 'dev'] = process.argv.slice(2);
  const root = 'terraform/bootstrap';
  const { name, region } = JSON.parse(readFileSync(`${root}/terraform.tfvars.json`, 'utf8'));
  const query = ['--query', 'Account', '--output', 'text', '--region', region];
  const account = capture('aws', 'sts', 'get-caller-identity', ...query);

  const stageRoot = `terraform/stages/${stage}`;
  const backend = existsSync(`${stageRoot}/backend.tf`) ? readFileSync(`${stageRoot}/backend.tf`, 'utf8') : '';
  const [, kept] = /bucket += "(.*)"/.exec(backend) ?? [];
  const [, owner = account] = /allowed_account_ids += \["(.*)"\]/.exec(backend) ?? [];
  const bucket = process.env['STATE_BUCKET'] || kept || `${name}-tfstate-${account}`;
  if (owner !== account || bucket !== (kept ?? bucket))
    throw new Error(`The state of ${stage} is kept in ${kept}, of account ${owner}: check AWS_PROFILE.`);
  const isOwn = bucket === `${name}-tfstate-${account}`;
  const found = findRegion(bucket, ['--region', region, ...(isOwn ? ['--expected-bucket-owner', account] : [])]);
  if (found === undefined && !isOwn) throw new Error(`There is no bucket ${bucket}, or none that you may see.`);
  const place = { bucket, region: isOwn ? region : `${found}`, account, prefix: isOwn ? '' : `${name}/` };
  const ownKey = isOwn ? 'bootstrap' : `bootstrap-${account}`;

  if (found !== undefined) moveState(root, place, ownKey);
  else {
    for (const file of ['backend.tf', '.terraform/terraform.tfstate']) rmSync(`${root}/${file}`, { force: true });
    run(terraform, `-chdir=${root}`, 'init', '-input=false', '-reconfigure');
  }
  console.log(`\nIn account ${account}:`);
  if (!isOwn) process.env['TF_VAR_state_bucket'] = bucket;
  process.env['TF_VAR_api_log_regions'] = JSON.stringify(listLogRegions(name));
  run(terraform, `-chdir=${root}`, 'apply', ...(process.env['YES'] === '1' ? ['-auto-approve'] : []));
  if (found === undefined) moveState(root, place, ownKey);

  moveState(stageRoot, place, stage);
  console.log(`\nThe state of ${stage} is kept in s3://${bucket}: commit ${stageRoot}/backend.tf`);
});

/** @throws when a bucket of that name belongs to another account than it should */
function findRegion(bucket: string, options: readonly string[]): string | undefined {
  try {
    const query = ['--query', 'BucketRegion', '--output', 'text'];
    return capture('aws', 's3api', 'head-bucket', '--bucket', bucket, ...options, ...query);
  } catch (error) {
    if (/\(404\)|Not Found/.test(String(error))) return undefined;
    throw error;
  }
}

/** Regions of the stages where API Gateway logs as the role of terraform/bootstrap, or as none: another one stays. */
function listLogRegions(name: string): string[] {
  const stages = globSync('terraform/stages/*/main.tf').map((file) => readFileSync(file, 'utf8'));
  const regions = new Set(stages.flatMap((text) => /^ +region += "(.+)"/m.exec(text)?.[1] ?? []));
  return [...regions].filter((region) => {
    const query = ['--query', 'cloudwatchRoleArn', '--output', 'text', '--region', region];
    const role = capture('aws', 'apigateway', 'get-account', ...query);
    if (role === 'None' || role.endsWith(`:role/${name}-api-logs`)) return true;
    console.log(`API Gateway in ${region} logs as ${role}, as somebody has set: it stays so.`);
    return false;
  });
}

/**
 * Turns a root to the bucket, and pushes what state of it lies here: Terraform itself refuses to push one over
 * another's, or over a newer one. Out of the way first, since `init` would ask whether to copy it.
 */
function moveState(root: string, { bucket, region, account, prefix }: Place, key: string): void {
  const state = `${root}/terraform.tfstate`;
  if (existsSync(state)) renameSync(state, `${state}.moving`);
  const backend = `terraform {
  backend "s3" {
    bucket              = "${bucket}"
    key                 = "${prefix}${key}.tfstate"
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
