import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { flagName, type BuiltInQuestion } from '../src/answers/question.ts';
import { switches } from '../src/commands/new-flags.ts';
import { questionsOf } from '../src/commands/prepare.ts';
import { lintOverlay } from '../src/plan/lint.ts';
import type { Overlay } from '../src/plan/overlay.ts';
import { parseTarget } from '../src/plan/target-path.ts';
import { derivedNames, generatorNames } from '../src/plan/view.ts';
import { loadBuiltInOverlays } from '../src/project/built-in-overlays.ts';
import { listCases, planCase } from './golden-case.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const overlays = loadBuiltInOverlays();
const questions = questionsOf(overlays);

/** Everything that is rendered, and every path that names a list. */
function templatesOf({ files, partials, slots }: Overlay): string[] {
  const rendered = Object.entries(files).flatMap(([path, { content }]) => [
    path,
    parseTarget(path).isRendered ? String(content) : '',
  ]);
  return [...rendered, ...Object.values(partials), ...Object.values(slots)];
}

const templates = overlays.flatMap(templatesOf).join('\n');
const conditions = overlays.flatMap(({ manifest }) => Object.entries(manifest.when ?? {}));

function isInTemplate(name: string): boolean {
  return new RegExp(`\\{\\{[{&#^]?\\s*${name}\\s*\\}|<%[&#^]?\\s*${name}\\s*%>|\\[${name}\\]`).test(templates);
}

describe('the map in CONTRIBUTING.md', () => {
  const places = Array.from(read('CONTRIBUTING.md').matchAll(/^\| (`.+?) \|/gm), ([, cell = '']) =>
    Array.from(cell.matchAll(/`([^`]+)`/g), ([, place = '']) => place),
  ).flat();

  for (const path of globSync('{src,generators}/**/*.ts', { cwd: root })) {
    it(`has a place for ${path}`, () =>
      assert.ok(places.some((place) => place === path || (place.endsWith('/') && path.startsWith(place)))));
  }

  for (const place of places.filter((name) => !name.includes('<'))) {
    it(`names ${place}, which there is`, () => assert.ok(existsSync(join(root, place)) || existsSync(join(root, 'test', place))));
  }
});

describe('every question', () => {
  for (const question of questions) {
    it(`${question.id} has a row in the README`, () => {
      const row =
        read('README.md').match(new RegExp(`^\\| ${question.text} \\|.*--${flagName(question.id)}\`.*$`, 'm'))?.[0] ?? '';
      assert.notEqual(row, '');
      if (question.type.startsWith('choice'))
        for (const { value } of question.choices ?? []) assert.match(row, new RegExp(`\`${value}\``));
      if (question.default !== undefined) assert.ok(row.includes(`| ${String(question.default)} |`.replace('|  |', '| |')), row);
    });

    it(`${question.id} is used by a template or switches an overlay on`, () => {
      const names = [question.id, ...derivedNames(question).map(([name]) => name)];
      assert.ok(names.some(isInTemplate) || conditions.some(([id]) => id === question.id));
    });
  }

  /** The default of a choice may be what is there without any overlay; any other value must make a difference. */
  const choices = questions.flatMap((question) => valuesOf(question).map((value) => [question, value] as const));
  for (const [question, value] of choices) {
    it(`makes a difference of ${question.id}=${value}`, () => {
      const derived = derivedNames(question).find(([, choice]) => choice === value)?.[0] ?? '';
      const isRead = conditions.some(([id, wanted]) => id === question.id && wanted === value) || isInTemplate(derived);
      assert.ok(isRead || isInTemplate(question.id) || (question.id === 'iac' && isInTemplate('terraformBin')));
    });
  }
});

function valuesOf({ type, default: fallback, choices = [] }: BuiltInQuestion): string[] {
  return type.startsWith('choice') ? choices.map(({ value }) => value).filter((value) => value !== fallback) : [];
}

describe('every variable that is no answer', () => {
  for (const name of generatorNames) it(`${name} is used by a template`, () => assert.ok(isInTemplate(name)));
});

describe('every flag', () => {
  for (const { name } of switches.filter((flag) => flag.name !== 'help')) {
    it(`--${name} is in the README`, () => assert.ok(read('README.md').includes(`\`--${name}`)));
  }
});

describe('every overlay of ours', () => {
  for (const overlay of overlays) {
    it(`${overlay.manifest.name} passes tsflask lint`, () => {
      const others = overlays.filter((other) => other !== overlay);
      assert.deepEqual(lintOverlay(overlay, others, questions), { errors: [], warnings: [] });
    });
  }

  it('has each of its files in some golden project', async () => {
    const plans = await Promise.all(listCases().map(planCase));
    const emitted = new Set(
      plans.flatMap(({ files, overlays: names }) =>
        files.flatMap(({ path, policy, overlay }) =>
          (policy === 'merge-json' ? names : [overlay]).map((name) => `${name}: ${path}`),
        ),
      ),
    );
    const missing = overlays.flatMap(({ manifest: { name }, files }) =>
      Object.keys(files).flatMap((templatePath) => {
        const { path, each } = parseTarget(templatePath);
        const paths = each === undefined ? [path] : [path.replaceAll(`[${each}]`, 'dev'), path.replaceAll(`[${each}]`, 'domain')];
        return paths.some((target) => emitted.has(`${name}: ${target}`)) ? [] : [`${name}: ${path}`];
      }),
    );
    assert.deepEqual(missing, []);
  });
});

describe('every error code', () => {
  const thrown = globSync('{src,generators}/**/*.ts', { cwd: root }).flatMap((path) =>
    Array.from(read(path).matchAll(/\bcode: '([A-Z_]+)'|'([A-Z]+_[A-Z_]+)'/g), ([, code, name]) => code ?? name ?? ''),
  );
  const tests = globSync('test/**/*.test.ts', { cwd: root, exclude: ['test/golden/**', 'test/conventions.test.ts'] })
    .map(read)
    .join('\n');
  for (const code of new Set(thrown)) it(`${code} is asserted by a test`, () => assert.ok(tests.includes(code)));
});

describe('every dependency that we emit', () => {
  const versionsOf = (text: string): Readonly<Record<string, string | null>> => {
    // A tag within quotes is a text like any other.
    const { dependencies, devDependencies } = JSON.parse(text) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    return { ...dependencies, ...devDependencies };
  };
  const own = versionsOf(read('package.json'));
  const listed = overlays.flatMap(({ files }) => Object.entries(files).filter(([path]) => path.startsWith('package.json')));
  const emitted = listed.flatMap(([, { content }]) => Object.entries(versionsOf(String(content))));
  // The npm package `node` follows the answer, and null takes out what another overlay has.
  for (const [name, version] of emitted.filter(([dependency, value]) => dependency !== 'node' && value !== null)) {
    it(`${name} has the version that our tests run`, () => assert.equal(version, own[name]));
  }
});
