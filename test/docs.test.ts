import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { questionsOf } from '../src/commands/prepare.ts';
import { languageOf } from '../src/plan/language.ts';
import { lintOverlay } from '../src/plan/lint.ts';
import { parseOverlayManifest } from '../src/plan/parse-overlay.ts';
import { loadBuiltInOverlays } from '../src/project/built-in-overlays.ts';
import { loadOverlay } from '../src/project/load-overlay.ts';
import { defineOverlay, renderProject } from '../src/testing.ts';
import { builtInSlots } from '../src/plan/fragments.ts';
import { parseFile } from './parse-file.ts';

interface StageRoot {
  readonly module: { readonly service: readonly { readonly tags?: unknown }[] };
}

const root = fileURLToPath(new URL('..', import.meta.url));
const example = join(root, 'docs/examples/house-rules');
const extending = readFileSync(join(root, 'docs/extending.md'), 'utf8');

describe('the example of docs/extending.md', () => {
  it('passes tsflask lint', () => {
    const overlays = [...loadBuiltInOverlays(), loadOverlay(example)];
    const result = lintOverlay(loadOverlay(example), loadBuiltInOverlays(), questionsOf(overlays));
    assert.deepEqual(result, { errors: [], warnings: [] });
  });

  it('does what the page says', async () => {
    const files = await renderProject([example], { costCentre: '0815', team: 'orders' });
    assert.equal(files['.github/CODEOWNERS'], '* @acme/orders\n');
    for (const stage of ['dev', 'prod']) {
      const main = (await parseFile('main.tf', files[`terraform/stages/${stage}/main.tf`] ?? '')) as StageRoot;
      assert.deepEqual(main.module.service[0]?.tags, { CostCentre: '0815' });
    }
    assert.match(files['terraform/service/variables.tf'] ?? '', /^variable "tags" \{$/m);
    assert.match(
      files['README.md'] ?? '',
      /^## Ownership\n\nThe orders team owns this service; cost centre 0815 pays for it\.$/m,
    );
    assert.match(files['Makefile'] ?? '', /^audit: .*## Look for known holes in what is deployed\n\tnpm run audit$/m);
    const { license, scripts } = JSON.parse(files['package.json'] ?? '') as { license: string; scripts: Record<string, string> };
    assert.deepEqual([license, scripts['audit'], scripts['test']], ['UNLICENSED', 'npm audit --omit=dev', 'mocha']);
    assert.equal('.editorconfig' in files, false);
  });
});

describe('docs/extending.md', () => {
  const [manifest = '', question = '', choice = ''] = Array.from(
    extending.matchAll(/^```json\n(.*?)^```$/gms),
    ([, text = '']) => text,
  );

  it('shows an overlay.json and a question that are accepted', () => {
    const shown = JSON.parse(manifest) as Record<string, unknown>;
    const { questions } = parseOverlayManifest({ ...shown, questions: [JSON.parse(question)] }, '');
    assert.deepEqual(questions, [JSON.parse(question)]);
  });

  it('shows a choice that is refused as the page says', async () => {
    const choices = ['silver', JSON.parse(choice) as object];
    const support = { id: 'support', text: 'Support', type: 'choice', default: 'silver', choices };
    const overlay = defineOverlay({ manifest: { questions: [support] }, slots: { readme: '{{support}}' } });
    await renderProject([overlay], { support: 'gold' });
    const [, words = ''] = /^`(--support gold .*)`$/m.exec(extending) ?? [];
    await assert.rejects(renderProject([overlay], { support: 'gold', with: ['container'] }), { message: words });
  });

  it('names every slot, with what may go there, and every partial of the README', () => {
    const rowsOf = (from: string, to: string): string[] => {
      const part = extending.slice(extending.indexOf(from), extending.indexOf(to));
      return Array.from(part.matchAll(/^\| ((?:`[a-z-]+`(?:, )?)+) \|/gm), ([, cell = '']) =>
        cell.replaceAll('`', '').split(', '),
      ).flat();
    };
    for (const slot of builtInSlots) assert.ok(extending.includes(`\`${slot}\``), slot);
    const shown = rowsOf('| slot |', '| partial |');
    assert.deepEqual([shown.length, shown.filter((slot) => !builtInSlots.includes(slot))], [9, []]);
    const partials = loadBuiltInOverlays().flatMap((overlay) => Object.keys(overlay.partials));
    const ofReadme = [...new Set(partials)].filter((name) => name.startsWith('readme-')).toSorted();
    assert.deepEqual(rowsOf('| partial |', '## Testing').toSorted(), ofReadme);
  });

  it('says what is true of fix and of defineOverlay', async () => {
    const { questions } = parseOverlayManifest(
      { name: 'a', description: 'b', questions: [{ id: 'c', text: 'd', type: 'text', pattern: '[0-9]+' }] },
      '',
    );
    assert.equal(questions[0]?.fix, 'It must match [0-9]+.');
    const team = defineOverlay({ files: { 'TEAM.md.mustache': '# {{name}}\n' }, slots: { readme: '\n## Team\n' } });
    const files = await renderProject([example, team]);
    assert.deepEqual([files['TEAM.md'], /^## Team$/m.test(files['README.md'] ?? '')], ['# demo\n', true]);
  });

  it('names every language and how its files end', () => {
    const rows = Array.from(
      extending.matchAll(/^\| (JSON.*|TypeScript.*|Markdown|Makefile.*|HTML.*) \| (`(?:\.|Makefile).+?) \|/gm),
      ([, languages = '', files = '']) => ({
        languages: languages.toLowerCase(),
        files: Array.from(files.matchAll(/`([^`]+)`/g), ([, file = '']) => file),
      }),
    );
    for (const { languages, files } of rows) {
      for (const file of files) assert.ok(languages.includes(languageOf(file.startsWith('.') ? `a${file}` : file)), file);
    }
    assert.equal(rows.length, 5);
  });
});

describe('every link in our pages leads somewhere', () => {
  for (const page of globSync('{*.md,docs/**/*.md,test/**/README.md,bench/*/README.md}', {
    cwd: root,
    exclude: ['**/expected/**', '**/node_modules/**'],
  })) {
    it(page, () => {
      const text = readFileSync(join(root, page), 'utf8');
      const links = Array.from(text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g), ([, link = '']) => link).filter(
        (link) => !/^[a-z]+:/.test(link),
      );
      for (const link of links) assert.ok(existsSync(join(root, dirname(page), link)), link);
    });
  }
});
