import { main } from './cloud/command.ts';
import { confirm } from './cloud/confirm.ts';
import { applyBucket, loadStateBucket, moveStage } from './cloud/state-bucket.ts';

// Makes the S3 bucket for this account's states and moves the stage's state into it; safe to run again.
await main(async () => {
  const [stage = 'dev'] = process.argv.slice(2);
  const bucket = await loadStateBucket();
  await applyBucket(bucket, () => confirm('apply', `account ${bucket.account}`));
  await moveStage(bucket, stage);
  console.log(`\nThe state of ${stage} is kept in s3://${bucket.bucket}/${stage}.tfstate`);
  console.log(
    `Commit terraform/backend.tf and terraform/stages/${stage}.tfbackend, so that all find it there.`,
  );
});
