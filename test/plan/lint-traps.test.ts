import assert from 'node:assert/strict';
import { questionsOf } from '../../src/commands/prepare.ts';
import { lintOverlay } from '../../src/plan/lint.ts';
import { loadBuiltInOverlays } from '../../src/project/built-in-overlays.ts';
import { defineOverlay, type InlineOverlay } from '../../src/testing.ts';

const builtIn = loadBuiltInOverlays();
const team = { id: 'team', text: 'Team', type: 'text' };
const digits = { id: 'digits', text: 'Digits', type: 'text', pattern: '[1-9][0-9]*' };
const word = { id: 'word', text: 'Word', type: 'text', pattern: '[a-z]+' };
const audited = { id: 'audited', text: 'Audited', type: 'yes-no' };
const size = { id: 'size', text: 'Size', type: 'choice', choices: ['small', 'large'] };

function lint(inline: InlineOverlay, otherFolders: readonly string[] = []): string[] {
  const overlay = { ...defineOverlay(inline), otherFolders };
  const { errors } = lintOverlay(overlay, builtIn, questionsOf([...builtIn, overlay]));
  return errors.map(({ code, problem }) => `${code} ${problem}`);
}

describe('lintOverlay does not pass', () => {
  const cases: [title: string, overlay: InlineOverlay, errors: readonly RegExp[]][] = [
    ['a slot misspelt', { slots: { makefil: 'a' } }, [/^FRAGMENT_UNREAD inline\/slots\/makefil: .* Did you mean makefile\?$/]],
    [
      'a partial misspelt',
      { partials: { 'readme-rout': 'a' } },
      [/^FRAGMENT_UNREAD .*readme-rout: .* Did you mean readme-route\?$/],
    ],
    [
      'JSON that is none, where it is merged',
      { files: { 'package.json': '{ "license": MIT }' } },
      [/^JSON_INVALID inline\/files\/package\.json: /],
    ],
    [
      'JSON that is none for some answers',
      { manifest: { questions: [audited] }, files: { 'package.json.mustache': '{ "a": 1{{#audited}}, {{/audited}} }' } },
      [/^JSON_INVALID inline\/files\/package\.json\.mustache: /],
    ],
    [
      'a list over an object',
      { files: { 'package.json': '{ "scripts": ["x"] }' } },
      [/^JSON_KIND .*package\.json: scripts: a list lies over an object\.$/],
    ],
    [
      'a list in place of a whole object',
      { files: { 'package.json': '[]' } },
      [/^JSON_KIND .*package\.json: a list lies over an object\.$/],
    ],
    [
      'an object over a list',
      { files: { 'tsconfig.json': '{ "include": {} }' } },
      [/^JSON_KIND .* include: an object lies over a list\.$/],
    ],
    [
      'an answer without quotes in YAML',
      { files: { 'a.yaml.mustache': 'a: 1\nx: {{description}}\n' } },
      [/^TAG_UNSAFE inline\/files\/a\.yaml\.mustache:2: \{\{description\}\} breaks/],
    ],
    ['an answer between single quotes in YAML', { files: { 'a.yaml.mustache': "x: '{{description}}'\n" } }, [/^TAG_UNSAFE/]],
    [
      'a word without quotes in YAML, which may be true',
      { manifest: { questions: [word] }, files: { 'a.yml.mustache': 'x: {{word}}\n' } },
      [/^TAG_UNSAFE/],
    ],
    [
      'an entry of a list of texts without quotes',
      { manifest: { questions: [{ ...team, type: 'list' }] }, files: { 'a.yml.mustache': '{{#team}}\n- {{.}}\n{{/team}}\n' } },
      [/^TAG_UNSAFE .*a\.yml\.mustache:2: \{\{\.\}\}/],
    ],
    [
      'an answer without quotes in HCL',
      { files: { 'a.tf.mustache': 'x = {{region}}\n' } },
      [/^TAG_UNSAFE inline\/files\/a\.tf\.mustache:1/],
    ],
    ['an answer without quotes in JSON', { files: { 'a.json.mustache': '{ "x": {{name}} }' } }, [/^TAG_UNSAFE/]],
    [
      'an answer in the middle of TypeScript',
      { files: { 'a.ts.mustache': "const a = 'it';\nconst x = {{description}};\n" } },
      [/^TAG_UNSAFE .*a\.ts\.mustache:2/],
    ],
    [
      'an answer between quotes in a Makefile',
      { slots: { makefile: 'x:\n\techo "{{description}}"\n' } },
      [/^TAG_UNSAFE inline\/slots\/makefile:2: /],
    ],
    [
      'an answer in a partial, by the file that takes it in',
      { files: { 'a.tf.mustache': '{{> mine}}' }, partials: { mine: 'x = {{region}}\n' } },
      [/^TAG_UNSAFE inline\/partials\/mine:1: .* in hcl /],
    ],
    [
      'a condition that no answer meets: not of the form',
      { manifest: { when: { region: 'mars' } } },
      [/^CONDITION_UNKNOWN inline: when: "mars" is no answer to "region"\.$/],
    ],
    ['a condition that no answer meets: a list', { manifest: { when: { stages: 'Prod!' } } }, [/^CONDITION_UNKNOWN/]],
    [
      'a condition that contradicts that of its question',
      {
        manifest: { questions: [size, { ...team, when: { size: 'small' } }], when: { size: 'large', team: 'x' } },
        slots: { readme: '{{team}}' },
      },
      [/^CONDITION_UNKNOWN inline: when: it needs "size" to be "large" and "small" at once\.$/],
    ],
    [
      'a question that waits for itself',
      { manifest: { questions: [{ ...team, when: { team: 'x' } }] }, slots: { readme: '{{team}}' } },
      [/waits for its own answer/],
    ],
    [
      'a file in place of a folder of ours',
      { manifest: { when: { gateway: 'rest', framework: 'express' } }, files: { src: 'x' } },
      [/^PATH_CLASH/],
    ],
  ];
  for (const [title, overlay, errors] of cases) {
    it(title, () => {
      const found = lint(overlay);
      assert.match(found[0] ?? 'nothing was found', errors[0]!);
    });
  }

  it('any of several mistakes, whatever the others', () => {
    const files = { 'package.json': '{ a', 'a.yml.mustache': 'x: {{description}}\n' };
    const codes = lint({ files, slots: { makefil: '' } }).map((text) => text.split(' ', 1)[0]);
    assert.deepEqual(codes, ['TAG_UNSAFE', 'FRAGMENT_UNREAD', 'JSON_INVALID']);
  });

  for (const [folder, hint] of [
    ['file', /^FOLDER_UNKNOWN inline\/file\/ is not read\. Did you mean files\?$/],
    ['Partials', /Did you mean partials\?/],
    ['slot', /Did you mean slots\?/],
    ['templates', /Did you mean files\?/],
  ] as const) {
    it(`a folder called ${folder}`, () => assert.match(lint({}, [folder])[0] ?? '', hint));
  }
});

describe('lintOverlay passes', () => {
  const cases: [title: string, overlay: InlineOverlay][] = [
    [
      'answers between double quotes',
      { files: { 'a.yaml.mustache': 'x: "{{description}}" # {{description}}\n', 'a.tf.mustache': 'x = "{{region}}"\n' } },
    ],
    [
      'answers between quotes and in comments of TypeScript',
      { files: { 'a.ts.mustache': "// it's {{name}}\n/* {{name}} */ const a = '{{description}}' + `${1} {{name}}`;\n" } },
    ],
    ['a number without quotes', { manifest: { questions: [digits] }, files: { 'a.tf.mustache': 'x = {{digits}}\n' } }],
    ['a choice without quotes', { manifest: { questions: [size] }, files: { 'a.yml.mustache': 'x: {{size}}\n' } }],
    ['a name without quotes in YAML', { files: { 'a.yml.mustache': 'x: {{name}}\n' } }],
    [
      'words of a Makefile and of a shell',
      { slots: { makefile: 'x:\n\techo {{description}}\n' }, files: { 'a.sh.mustache': 'echo {{description}}\n' } },
    ],
    [
      'a text over a text, an object over an object, null over anything',
      { files: { 'package.json': '{ "license": "MIT", "scripts": { "x": "y", "test": null }, "engines": null }' } },
    ],
  ];
  for (const [title, overlay] of cases) it(title, () => assert.deepEqual(lint(overlay), []));

  it('the folders of a repository', () => assert.deepEqual(lint({}, ['test', 'docs', '.github', 'node_modules']), []));
});

it('lintOverlay warns of a folder that is not read', () => {
  const overlay = { ...defineOverlay({}), otherFolders: ['terraform'] };
  const { warnings } = lintOverlay(overlay, builtIn, questionsOf(builtIn));
  assert.deepEqual(
    warnings.map(({ problem }) => problem),
    ['inline/terraform/ is not read.'],
  );
});
