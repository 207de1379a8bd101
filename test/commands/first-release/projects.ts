import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

/** Text by path. */
export type Tree = Readonly<Record<string, string>>;

/**
 * What commit 3aeebdd, before the emitted repository was made smaller, wrote with `--yes` and these flags: nothing; `--gateway rest
 * --with github`; `--gateway url --with domain --domain api.example.com`; `--framework express`. Each is named as its folder.
 */
export const projects = JSON.parse(
  brotliDecompressSync(readFileSync(new URL('projects.json.br', import.meta.url))).toString(),
) as Readonly<Record<'default' | 'rest' | 'url' | 'express', Tree>>;

/** What owners do in the first months. Each edit has a word of its own in it, by which it is found again. */
export const edits: readonly [path: string, edit: (text: string) => string][] = [
  [
    'src/app.ts',
    (text) => text.replace(/^( *app\.use\(requestLogger\(log\)\);\n)/m, '$1  app.use(countRequests); // EDIT-app\n'),
  ],
  [
    'src/config.ts',
    (text) => text.replace(/^( *CORS_ORIGINS: .*\n)/m, '$1  DATABASE_URL: v.optional(v.string()), // EDIT-config\n'),
  ],
  [
    'src/routes/index.ts',
    (text) => text.replace(/^(import .*hello.*\n)/m, "$1import { orders } from './orders.ts'; // EDIT-routes\n"),
  ],
  ['terraform/stages/dev.tfvars', (text) => `${text}\nmemory_mb = 1024 # EDIT-settings\n`],
  ['terraform/iam.tf', (text) => `${text}\n# EDIT-iam\ndata "aws_caller_identity" "reader" {}\n`],
  ['terraform/variables-lambda.tf', (text) => text.replace(/^( *description = "Memory)/m, '  # EDIT-variables\n$1')],
  ['Makefile', (text) => `${text}\n.PHONY: seed\nseed: $(installed) ## Fill the database EDIT-make\n\t$(node) scripts/seed.ts\n`],
  ['package.json', (text) => text.replace('"dependencies": {\n', '"dependencies": {\n    "EDIT-package": "^1.0.0",\n')],
  ['README.md', (text) => `${text}\n## Runbook\n\nEDIT-readme\n`],
  ['.env.example', (text) => `${text}DATABASE_URL=EDIT-env\n`],
  ['scripts/poll.ts', (text) => `// EDIT-script\n${text}`],
  ['src/routes/orders.ts', () => "import { jsonReader } from '../middleware/json-body.ts'; // EDIT-own\n"],
];

/** @throws when an edit finds nothing to change */
export function withEdits(tree: Tree): Tree {
  const edited: Record<string, string> = { ...tree };
  for (const [path, edit] of edits) {
    const text = edit(edited[path] ?? '');
    if (text === edited[path]) throw new Error(`The edit of ${path} changes nothing.`);
    edited[path] = text;
  }
  delete edited['test/http-error.test.ts'];
  delete edited['test/routes/hello.test.ts'];
  return edited;
}
