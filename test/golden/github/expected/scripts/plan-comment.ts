import { captureCommand, main } from './cloud/command.ts';
import { formatPlan, saveComment } from './cloud/pull-request.ts';

// Puts a stage's plan, as terraform plan left it, into a pull request: node scripts/plan-comment.ts <stage>
await main(async () => {
  const [stage = 'dev'] = process.argv.slice(2);
  const terraform = process.env['TF'] ?? 'terraform';
  const plan = await captureCommand(terraform, '-chdir=terraform', 'show', '-no-color', `${stage}.tfplan`);
  console.log(await saveComment(formatPlan(stage, plan), process.env));
});
