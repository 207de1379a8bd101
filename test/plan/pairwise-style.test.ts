import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { render } from '../../src/render.ts';
import { useTempFolder, writeTree } from '../temp-folder.ts';
import { answerPairs, choicesOf, type AnswerValues } from './answer-pairs.ts';
import { textsOf } from './plan-overlays.ts';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const configFile = '.oxfmtrc.json';

/** Runs a tool of an emitted project, as its package.json would. */
function run(tool: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(modules, '.bin', tool), ...args], {
    cwd,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stdout + stderr);
}

describe('any two answers give files', () => {
  const folder = useTempFolder();

  it('that their own formatter would leave as they are', async () => {
    const versions = new Map<string, Set<string>>();
    for (const answers of answerPairs) {
      for (const [path, text] of Object.entries(textsOf(await render({ answers })))) {
        versions.set(path, (versions.get(path) ?? new Set()).add(text));
      }
    }
    const [config = ''] = versions.get(configFile) ?? [];
    versions.delete(configFile);
    // The second version of a file goes into a folder beside the first: a formatter looks at files one by one.
    const tree = Array.from(versions, ([path, texts]) => Array.from(texts, (text, index) => [`version-${index}/${path}`, text]));
    writeTree(folder(), { ...Object.fromEntries(tree.flat()), [configFile]: config });
    run('oxfmt', ['--check'], folder());
  }).timeout(30_000);

  for (const framework of choicesOf('framework')) {
    it(`that their own linter finds nothing in, with everything and ${framework}`, async () => {
      const answers: AnswerValues = { name: 'demo', framework, gateway: 'rest', with: choicesOf('with'), domain: 'shop.example' };
      writeTree(folder(), textsOf(await render({ answers })));
      symlinkSync(modules, join(folder(), 'node_modules'));
      run('oxlint', [], folder());
    }).timeout(60_000);
  }
});
