import assert from 'node:assert/strict';
import { runLint } from '../../src/commands/lint.ts';
import { useTempFolder, writeTree, type Tree } from '../temp-folder.ts';
import { stubTerminal } from './stub-terminal.ts';

const manifest = JSON.stringify({ name: 'acme', description: 'Ours' });

describe('tsflask lint', () => {
  const folder = useTempFolder();

  const cases: [title: string, tree: Tree, code: number, stdout: string, stderr: RegExp][] = [
    [
      'passes an overlay that is sound',
      { 'overlay.json': manifest, 'slots/readme': '## {{name}}\n' },
      0,
      'acme: 0 errors, 0 warnings\n',
      /^$/,
    ],
    [
      'passes one that it only warns of',
      { 'overlay.json': manifest, 'files/a.mustache': '{{{name}}}' },
      0,
      'acme: 0 errors, 1 warning\n',
      /^! acme\/files\/a\.mustache:1: /,
    ],
    [
      'fails one with an error',
      { 'overlay.json': manifest, 'files/a.mustache': '{{nmae}}' },
      1,
      'acme: 1 error, 0 warnings\n',
      /^✖ acme\/files\/a\.mustache:1: .*\n {2}Ask it/,
    ],
  ];
  for (const [title, tree, code, stdout, stderr] of cases) {
    it(title, async () => {
      writeTree(folder(), tree);
      const { terminal, printed } = stubTerminal(folder());
      assert.equal(await runLint(['.'], terminal), code);
      const output = printed();
      assert.equal(output.stdout, stdout);
      assert.match(output.stderr, stderr);
    });
  }

  it('knows the slots of an overlay that it is laid over', async () => {
    writeTree(folder(), {
      'house/overlay.json': manifest,
      'house/files/HOUSE.md.mustache': '{{> house}}',
      'team/overlay.json': manifest.replace('acme', 'team'),
      'team/slots/house': 'a rule\n',
    });
    const { terminal, printed } = stubTerminal(folder());
    assert.equal(await runLint(['team'], terminal), 1);
    assert.match(printed().stderr, /team\/slots\/house: no template reads it\..*\n.*--overlay/);
    assert.equal(await runLint(['team', '--overlay', 'house'], terminal), 0);
  });

  for (const argv of [[], [''], ['a', 'b']]) {
    it(`refuses ${argv.length} overlays`, async () => {
      await assert.rejects(runLint(argv, stubTerminal(folder()).terminal), { code: 'ARGUMENT_MISSING' });
    });
  }
});
