import { appendFileSync } from 'node:fs';

import { capture, main } from './command.ts';

interface Comment {
  readonly url: string;
  readonly html_url: string;
  readonly body: string;
  readonly user: { readonly login: string } | null;
}

/** GitHub takes 65,536 characters a comment; the rest is for what stands around the plan. */
const planLimit = 65_000;

// Puts a stage's plan, as `make plan` left it, into the pull request, or where there is none into the summary of the
// workflow's run: node scripts/plan-comment.ts <stage>
await main(async () => {
  const [stage = 'dev'] = process.argv.slice(2);
  const root = `-chdir=terraform/stages/${stage}`;
  const plan = capture(process.env['TF'] ?? 'terraform', root, 'show', '-no-color', 'stage.tfplan');
  const { PULL_REQUEST, GITHUB_STEP_SUMMARY: summary } = process.env;
  if (!PULL_REQUEST && summary) return appendFileSync(summary, formatPlan(stage, plan));
  console.log(await saveComment(formatPlan(stage, plan), process.env));
});

/** A plan as a comment, whose first line, which nobody is shown, tells it from those of other stages. */
function formatPlan(stage: string, plan: string): string {
  const outcome = /^(?:Plan: .*|No changes\..*)$/m.exec(plan)?.[0] ?? 'only outputs change.';
  const rest = plan.length > planLimit ? `\n… and ${plan.length - planLimit} characters more` : '';
  // Longer than any in the plan, which may show what somebody else wrote.
  const fence = '`'.repeat(Math.max(3, ...Array.from(plan.matchAll(/`+/g), ([ticks]) => ticks.length + 1)));
  return `<!-- plan of ${stage} -->
**${stage}**: ${outcome}

<details><summary>The whole plan</summary>

${fence}
${plan.slice(0, planLimit)}${rest}
${fence}

</details>
`;
}

/**
 * Writes a comment into the pull request that a workflow runs for, or over the one with the same first line.
 * @param env - GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN and PULL_REQUEST
 * @returns where it is to be read
 * @throws with what is missing, or with GitHub's answer
 */
async function saveComment(body: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { GITHUB_API_URL: api, GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token, PULL_REQUEST: number } = env;
  if (!api || !repository || !token || !number) {
    throw new Error('Only a workflow of a pull request can do that: see .github/workflows/plan.yml.');
  }
  const comments = `${api}/repos/${repository}/issues/${number}/comments`;
  const earlier = await findComment(comments, body.slice(0, body.indexOf('\n')), token);
  const request = { method: earlier ? 'PATCH' : 'POST', body: JSON.stringify({ body }) };
  const saved = await callGithub<Comment>(earlier?.url ?? comments, token, request);
  return saved.html_url;
}

/** The workflow's own comment that begins so, among all of the pull request's. */
async function findComment(comments: string, start: string, token: string): Promise<Comment | undefined> {
  for (let page = 1; ; page += 1) {
    const batch = await callGithub<readonly Comment[]>(`${comments}?per_page=100&page=${page}`, token);
    const found = batch.find(({ body, user }) => body.startsWith(start) && user?.login === 'github-actions[bot]');
    if (found !== undefined || batch.length < 100) return found;
  }
}

async function callGithub<T>(url: string, token: string, request: RequestInit = {}): Promise<T> {
  const response = await fetch(url, {
    ...request,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'x-github-api-version': '2022-11-28',
    },
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`GitHub answers ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
