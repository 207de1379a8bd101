import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { useTempFolder, writeTree } from '../temp-folder.ts';
import { renderGithub } from './workflow.ts';

interface Finding {
  readonly ident: string;
  readonly locations: readonly { readonly symbolic: { readonly key: unknown } }[];
}

/** Asks for `$/` in place of `./` before actions of the same repository, which actionlint does not know yet. */
const unknownToOthers = 'self-repository';

const isInstalled = spawnSync('zizmor', ['--version']).status === 0;
const describeZizmor = isInstalled || process.env['CI'] !== undefined ? describe : describe.skip;

describeZizmor(`zizmor of the workflows${isInstalled ? '' : ' (zizmor is not installed)'}`, function () {
  this.timeout(60_000);
  const folder = useTempFolder();

  for (const answers of [{}, { with: ['github', 'container'], iac: 'opentofu' }])
    it(`finds nothing, ${JSON.stringify(answers)}`, async () => {
      const { files } = await renderGithub(answers);
      writeTree(folder(), files);
      const { stdout, stderr } = spawnSync('zizmor', ['--offline', '--format', 'json', '.'], { cwd: folder(), encoding: 'utf8' });
      assert.match(stderr, /completed .*deploy-stage\.yml/, stderr);
      const findings = (JSON.parse(stdout) as readonly Finding[]).filter(({ ident }) => ident !== unknownToOthers);
      assert.deepEqual(findings, []);
    });

  it('would find an action that is not pinned', async () => {
    const { files } = await renderGithub();
    const path = '.github/workflows/check.yml';
    writeTree(folder(), { ...files, [path]: (files[path] ?? '').replaceAll(/@[0-9a-f]{40}/g, '@v1') });
    const { stdout } = spawnSync('zizmor', ['--offline', '--format', 'json', '.'], { cwd: folder(), encoding: 'utf8' });
    assert.ok((JSON.parse(stdout) as readonly Finding[]).some(({ ident }) => ident === 'unpinned-uses'));
  });
});
