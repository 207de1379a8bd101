import { readFile } from 'node:fs/promises';
import { main } from './cloud/command.ts';
import { confirm } from './cloud/confirm.ts';

// Asks before a plan is applied: node scripts/confirm.ts apply|destroy <stage>
await main(async () => {
  const [action, stage = ''] = process.argv.slice(2);
  const backend = await readFile('terraform/backend.tf', 'utf8');
  if (backend.includes('backend "local"')) {
    console.warn(
      `\n!! The state of ${stage} lies on this machine only, in terraform/${stage}.tfstate: nobody else can` +
        `\n!! deploy, and losing it orphans what it describes. To keep it in S3: make bootstrap STAGE=${stage}`,
    );
  }
  await confirm(action === 'destroy' ? 'destroy' : 'apply', stage);
});
