import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNew } from '../../src/commands/new.ts';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';
import { stubTerminal } from './stub-terminal.ts';

const acme = {
  'acme/overlay.json': JSON.stringify({
    name: 'acme',
    description: 'What we add',
    questions: [
      { id: 'costCentre', text: 'Cost centre', type: 'text', pattern: 'cc-[0-9]+', fix: 'Use one such as cc-12.' },
      { id: 'audited', text: 'Audited', type: 'yes-no', default: 'no' },
      { id: 'auditor', text: 'Auditor', type: 'text', when: { audited: true } },
    ],
    files: { 'docs/owner.md': { policy: 'once' } },
    remove: ['.editorconfig'],
  }),
  'acme/files/docs/owner.md.mustache': '# Owner of {{name}}\n\n{{costCentre}}{{#audited}}, audited by {{auditor}}{{/audited}}\n',
  'acme/files/package.json': '{ "engines": { "acme": "1" } }',
  'acme/slots/makefile': '\n.PHONY: audit\naudit: ## Show who audits {{name}}\n\t@echo {{auditor}}\n',
};

describe('tsflask new --overlay', () => {
  const folder = useTempFolder();
  const quick = ['--overlay', 'acme', '--skip-install', '--no-git'];

  async function run(...argv: string[]): Promise<Record<string, string>> {
    writeTree(folder(), acme);
    await runNew(['demo', ...quick, ...argv], stubTerminal(folder()).terminal);
    return readTree(join(folder(), 'demo'));
  }

  it('asks its questions as flags and lays its files over ours', async () => {
    const tree = await run('--cost-centre', 'cc-7', '--audited', '--auditor', "Bob's", '--yes');
    assert.equal(tree['docs/owner.md'], "# Owner of demo\n\ncc-7, audited by Bob's\n");
    assert.equal('.editorconfig' in tree, false);
    const { engines } = JSON.parse(tree['package.json'] ?? '') as { engines: Record<string, string> };
    assert.deepEqual(Object.keys(engines), ['node', 'acme']);
    assert.match(tree['Makefile'] ?? '', /^audit: ## Show who audits demo\n\t@echo "\$\$\(printf 'Bob\\047s'\)"$/m);
  });

  it('keeps in the manifest where the overlay is, its answers and its policies', async () => {
    const tree = await run('--cost-centre', 'cc-7', '--yes');
    const { answers, overlays, files } = JSON.parse(tree['.tsflask/manifest.json'] ?? '') as {
      readonly answers: Readonly<Record<string, unknown>>;
      readonly overlays: readonly { readonly path?: string }[];
      readonly files: Readonly<Record<string, { readonly policy: string }>>;
    };
    assert.deepEqual([answers['costCentre'], answers['audited'], answers['auditor']], ['cc-7', false, undefined]);
    assert.deepEqual(
      overlays.map(({ path }) => path),
      ['../acme'],
    );
    assert.equal(files['docs/owner.md']?.policy, 'once');
    assert.equal('docs/owner.md' in (JSON.parse(tree['.tsflask/base.json'] ?? '') as object), false);
  });

  it('is found again through the manifest of a project', async () => {
    const tree = await run('--cost-centre', 'cc-7', '--yes');
    const again = ['again/demo', '--answers', 'demo/.tsflask/manifest.json', '--skip-install', '--no-git', '--yes'];
    await runNew(again, stubTerminal(folder()).terminal);
    const { '.tsflask/manifest.json': manifest = '', ...files } = readTree(join(folder(), 'again/demo'));
    const { '.tsflask/manifest.json': _, ...before } = tree;
    assert.deepEqual(files, before);
    assert.deepEqual(
      (JSON.parse(manifest) as { overlays: { path: string }[] }).overlays.map(({ path }) => path),
      ['../../acme'],
    );
  });

  it('asks them of a person, but only where their condition holds', async () => {
    writeTree(folder(), acme);
    const asked: string[] = [];
    const question = async ({ id, default: fallback }: { id: string; default?: unknown }): Promise<unknown> => {
      asked.push(id);
      return id === 'costCentre' ? 'cc-1' : fallback;
    };
    await runNew(['demo', ...quick], stubTerminal(folder(), { question }).terminal);
    assert.deepEqual(asked.slice(-2), ['costCentre', 'audited']);
    assert.match(readFileSync(join(folder(), 'demo/docs/owner.md'), 'utf8'), /^cc-1$/m);
  });

  const refused: [title: string, argv: readonly string[], code: string, message: RegExp][] = [
    [
      'an answer that breaks its rule',
      ['--cost-centre', '7'],
      'COST_CENTRE_INVALID',
      /--cost-centre: "7" .* Use one such as cc-12/,
    ],
    ['no answer where there is no default', [], 'ANSWER_MISSING', /Cost centre: no answer is given\. Give --cost-centre\./],
    ['its flag misspelt', ['--cost-center', 'cc-7'], 'FLAG_UNKNOWN', /Did you mean --cost-centre\?/],
  ];
  for (const [title, argv, code, message] of refused) {
    it(`refuses ${title}`, async () => {
      await assert.rejects(run('--yes', ...argv), { code, message });
    });
  }

  it('names the file and line of a fault in its templates, and writes nothing', async () => {
    writeTree(folder(), { ...acme, 'acme/slots/readme': 'a\n{{costCenter}}\n' });
    const { terminal } = stubTerminal(folder());
    await assert.rejects(runNew(['demo', ...quick, '--yes', '--cost-centre', 'cc-7'], terminal), {
      code: 'VARIABLE_UNKNOWN',
      message: /^acme\/slots\/readme:2: there is no variable "costCenter"\. Did you mean costCentre\?/,
    });
    assert.equal(
      Object.keys(readTree(folder())).some((path) => path.startsWith('demo')),
      false,
    );
  });

  it('says that an overlay takes no part, and why', async () => {
    const when = { gateway: 'rest', with: 'domain' };
    writeTree(folder(), {
      'idle/overlay.json': JSON.stringify({ name: 'idle', description: 'x', when }),
      'idle/files/a.txt': '',
    });
    const { terminal, printed } = stubTerminal(folder());
    await runNew(['demo', '--overlay', 'idle', '--yes', '--skip-install', '--no-git'], terminal);
    assert.match(printed().stdout, /! The overlay idle takes no part: it goes with --gateway rest and --with\s+domain\.\n/);
  });
});
