import assert from 'node:assert/strict';
import type { InlineOverlay } from '../../src/testing.ts';
import { faultsOf, planOverlays, textsOf } from './plan-overlays.ts';

const listQuestion = { id: 'teams', text: 'Teams', type: 'list', default: [] };

describe('plan lays overlays', () => {
  const cases: [title: string, overlays: readonly InlineOverlay[], files: Record<string, string>][] = [
    [
      'renders a template, copies any other file',
      [{ files: { 'README.md.mustache': '# {{name}}\n', Makefile: '{{help}}:\n' } }],
      { 'README.md': '# demo\n', Makefile: '{{help}}:\n' },
    ],
    [
      'lets a later one replace one file and leave the rest',
      [{ files: { 'a.txt': 'a', 'b.txt.mustache': '{{name}}' } }, { files: { 'b.txt': 'B' } }],
      { 'a.txt': 'a', 'b.txt': 'B' },
    ],
    [
      'lets a later one take a file out',
      [{ files: { 'a.txt': 'a', 'b.txt': 'b' } }, { manifest: { remove: ['a.txt', 'nothing.txt'] } }],
      { 'b.txt': 'b' },
    ],
    [
      'lets one put a file in the place of what it took out',
      [{ files: { src: 'a' } }, { manifest: { remove: ['src'] }, files: { 'src/a.ts': 'b' } }],
      { 'src/a.ts': 'b' },
    ],
    [
      'leaves out one whose condition does not hold',
      [
        { files: { 'a.txt': 'a' } },
        { manifest: { when: { gateway: 'rest' } }, files: { 'a.txt': 'rest' } },
        { manifest: { when: { with: 'github', gateway: 'http' } }, files: { 'b.txt': 'github' } },
      ],
      { 'a.txt': 'a', 'b.txt': 'github' },
    ],
    [
      'stores three names that npm would drop with an underscore',
      [{ files: { _gitignore: 'dist\n', 'a/_npmrc.mustache': '{{name}}', _npmignore: '', _other: '', a_gitignore: '' } }],
      { '.gitignore': 'dist\n', '.npmignore': '', _other: '', 'a/.npmrc': 'demo', a_gitignore: '' },
    ],
    [
      'emits a file once per value of a list',
      [{ files: { '[stages]/[stages].tfvars.mustache': 'stage = "{{.}}" # {{name}}\n', 'c/[with]': 'x' } }],
      { 'dev/dev.tfvars': 'stage = "dev" # demo\n', 'prod/prod.tfvars': 'stage = "prod" # demo\n', 'c/github': 'x' },
    ],
    ['emits none for an empty list', [{ manifest: { questions: [listQuestion] }, files: { '[teams].md': '' } }], {}],
    [
      'takes a value for what it is in a path',
      [{ manifest: { questions: [{ ...listQuestion, default: ['$&-$1'] }] }, files: { 't/[teams].md.mustache': '{{.}}' } }],
      { 't/$&-$1.md': '\\$\\&-\\$1' },
    ],
    [
      'takes the latest partial, wherever it is used',
      [
        { files: { 'a.md.mustache': '{{> head}}' }, partials: { head: 'one {{name}}\n' } },
        { partials: { head: 'two {{name}}\n' } },
      ],
      { 'a.md': 'two demo\n' },
    ],
    [
      'joins the pieces of a slot in order',
      [
        { files: { 'Makefile.mustache': 'all:\n{{> makefile}}\n{{> readme}}end:\n' }, slots: { makefile: 'one:\n' } },
        { slots: { makefile: '{{name}}:\n' } },
      ],
      { Makefile: 'all:\none:\ndemo:\nend:\n' },
    ],
    [
      'merges JSON over all overlays, whichever names the policy',
      [
        { files: { 'a.json': '{"b": [1], "a": {"x": 1, "y": 2}}' } },
        {
          manifest: { files: { 'a.json': { policy: 'merge-json' } } },
          files: { 'a.json.mustache': '{"b": [2], "a": {"x": null, "z": "{{name}}"}}' },
        },
      ],
      { 'a.json': '{\n  "b": [1, 2],\n  "a": {\n    "y": 2,\n    "z": "demo"\n  }\n}\n' },
    ],
  ];
  for (const [title, overlays, files] of cases) {
    it(title, async () => assert.deepEqual(textsOf(await planOverlays(overlays, { with: ['github'] })), files));
  }
});

describe('plan says of each file', () => {
  it('where it came from, its mode and its policy, sorted by path', async () => {
    const { files, overlays } = await planOverlays([
      {
        manifest: { files: { '[stages].txt': { policy: 'once' }, 'z.json': { policy: 'merge-json' } } },
        files: { 'z.json': '{}', '[stages].txt': 'x' },
      },
      { files: { 'Z.txt': '', 'a.txt': '', 'z.json': '{"a": 1}' } },
      { manifest: { when: { iac: 'opentofu' } } },
    ]);
    assert.deepEqual(overlays, ['o0', 'o1']);
    assert.deepEqual(
      files.map(({ path, policy, overlay, executable }) => [path, policy, overlay, executable]),
      [
        ['Z.txt', 'managed', 'o1', false],
        ['a.txt', 'managed', 'o1', false],
        ['dev.txt', 'once', 'o0', false],
        ['prod.txt', 'once', 'o0', false],
        ['z.json', 'merge-json', 'o1', false],
      ],
    );
  });
});

describe('plan gives the same', () => {
  it('in whatever order an overlay was read', async () => {
    const entries = ['z.txt', 'a.json', 'b/[stages].txt', 'a.md.mustache'].map((path): [string, string] => [path, '{}']);
    const planned = [entries, entries.toReversed()].map((files) => planOverlays([{ files: Object.fromEntries(files) }]));
    assert.deepEqual(await planned[0], await planned[1]);
  });
});

describe('plan refuses', () => {
  const cases: [title: string, overlays: readonly InlineOverlay[], faults: readonly string[]][] = [
    [
      'two templates of an overlay for one file',
      [{ files: { 'a.txt': '', 'a.txt.mustache': '' } }],
      ['PATH_CLASH o0/files/a.txt.mustache: "a.txt" of the same overlay is "a.txt" in the project, too.'],
    ],
    [
      'JSON to merge that is none',
      [{ manifest: { files: { 'a.json': { policy: 'merge-json' } } }, files: { 'a.json': '{"a": 1, // one\n}' } }],
      ['JSON_INVALID o0/files/a.json: Expected double-quoted property name in JSON at position 9 (line 1 column 10).'],
    ],
    [
      'brackets that name no list, with the nearest',
      [{ files: { '[stage].tf': '', '[name].tf': '' } }],
      [
        'VARIABLE_UNKNOWN o0/files/[stage].tf: there is no list "stage" to repeat the file for. Did you mean stages?',
        'VARIABLE_UNKNOWN o0/files/[name].tf: there is no list "name" to repeat the file for.',
      ],
    ],
  ];
  for (const [title, overlays, faults] of cases) {
    it(title, async () => assert.deepEqual(await faultsOf(planOverlays(overlays)), faults));
  }
});
