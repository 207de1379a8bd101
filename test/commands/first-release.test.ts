import assert from 'node:assert/strict';
import { join } from 'node:path';
import { runCheck } from '../../src/commands/check.ts';
import { render } from '../../src/render.ts';
import { gitEnvironment, useEnvironment } from '../environment.ts';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';
import { edits, projects, withEdits, type Tree } from './first-release/projects.ts';
import { stubTerminal } from './stub-terminal.ts';
import { update } from './update-project.ts';

/** What becomes of each edit: its file, and whether it is between markers there, or only named as the owner's. */
const outcomes: readonly [word: string, path: string, as?: 'marked' | 'named'][] = [
  ['EDIT-app', 'src/app.ts', 'marked'],
  ['EDIT-config', 'src/config.ts', 'marked'],
  ['EDIT-routes', 'src/routes/index.ts'],
  ['EDIT-settings', 'terraform/stages/dev/main.tf', 'marked'],
  ['EDIT-iam', 'terraform/service/iam.tf'],
  ['EDIT-variables', 'terraform/service/variables-lambda.tf'],
  ['EDIT-make', 'Makefile', 'marked'],
  ['EDIT-package', 'package.json'],
  ['EDIT-readme', 'README.md'],
  ['EDIT-env', '.env.example'],
  ['EDIT-script', 'scripts/poll.ts', 'named'],
  ['EDIT-own', 'src/routes/orders.ts'],
];

/** The text between the markers of a file. */
function marked(text: string): string {
  return Array.from(text.matchAll(/^<{7} .*?^>{7} /gms), ([place]) => place).join('');
}

for (const [name, tree] of Object.entries(projects)) {
  describe(`the first release's ${name} project, updated to this one`, function () {
    this.timeout(10_000);
    const folder = useTempFolder();
    useEnvironment(() => gitEnvironment);
    const project = (): string => join(folder(), name);
    const emitted = JSON.parse(tree['.tsflask/manifest.json'] ?? '') as { readonly answers: Readonly<Record<string, unknown>> };

    async function updated(before: Tree): Promise<{ code: number; stdout: string; after: Record<string, string> }> {
      writeTree(project(), before);
      const { code, stdout } = await update(project());
      return { code, stdout, after: readTree(project()) };
    }

    it('is what would be written anew, where nothing was edited', async () => {
      const { code, after } = await updated(tree);
      assert.equal(code, 0);
      const { files } = await render({ answers: emitted.answers });
      const paths = Object.keys(after).filter((path) => !path.startsWith('.tsflask/'));
      assert.deepEqual(paths, files.map(({ path }) => path).toSorted());
      for (const { path, content } of files) assert.equal(after[path], content, path);
      assert.equal(await runCheck(['--quiet'], stubTerminal(project()).terminal), 0);
    });

    it('keeps every edit, in its file or where that moved to, or names it', async () => {
      const { code, stdout, after } = await updated(withEdits(tree));
      assert.equal(code, 2);
      assert.equal(outcomes.length, edits.length);
      for (const [word, path, as] of outcomes) {
        const text = after[path] ?? '';
        assert.ok(text.includes(word), `${word} in ${path}`);
        assert.equal(marked(text).includes(word), as === 'marked', `${word} in ${path} is marked`);
        if (as === 'marked') assert.match(stdout, new RegExp(`^ {4}${path} {2}\\d+ places? between <<<<<<< and >>>>>>>$`, 'm'));
        if (as === 'named') assert.match(stdout, new RegExp(`yours from now on:\\s+${path}$`, 'm'));
      }
      const conflicts = outcomes.filter(([, , as]) => as === 'marked').length;
      assert.match(stdout, new RegExp(`^✖ ${conflicts} conflicts for you to settle:$`, 'm'));
    });

    it('says which code of the owner imports what goes, leaves away what was deleted, and is taken back whole', async () => {
      const before = withEdits(tree);
      const { stdout, after } = await updated(before);
      assert.match(stdout, /src\/routes\/orders\.ts imports src\/middleware\/json-body\.ts, which this update\s+takes away/);
      assert.deepEqual([after['test/http-error.test.ts'], after['test/routes/hello.test.ts']], [undefined, undefined]);
      assert.equal((await update(project(), ['--undo'])).code, 0);
      assert.deepEqual(readTree(project()), before);
    });
  });
}
