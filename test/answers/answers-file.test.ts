import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadAnswersFile } from '../../src/answers/answers-file.ts';
import { useTempFolder, writeTree } from '../temp-folder.ts';

describe('loadAnswersFile', () => {
  const folder = useTempFolder();

  const readable: [title: string, text: string, values: object][] = [
    ['reads YAML', 'name: demo\nstages: [dev, prod]\nnode: 22\n', { name: 'demo', stages: ['dev', 'prod'], node: 22 }],
    ['reads JSON', '{"name": "demo", "with": []}', { name: 'demo', with: [] }],
    ['reads YAML with a byte order mark and comments', '\ufeff# ours\nname: demo\n', { name: 'demo' }],
    [
      'takes the answers of a manifest',
      '{"generatorVersion": "1.0.0", "answers": {"name": "demo"}, "files": {}}',
      { name: 'demo' },
    ],
    ['keeps the words that are no booleans in YAML 1.2', 'description: no\n', { description: 'no' }],
  ];
  for (const [title, text, values] of readable) {
    it(title, async () => {
      writeTree(folder(), { answers: text });
      const { source, overlays } = await loadAnswersFile(join(folder(), 'answers'));
      assert.deepEqual(overlays, []);
      assert.deepEqual(source.values, values);
      assert.equal(source.locate('name'), `${join(folder(), 'answers')}, name`);
    });
  }

  it('gives the overlays that a manifest names, folders from the project on', async () => {
    const manifest = {
      generatorVersion: '1.0.0',
      answers: { name: 'demo' },
      overlays: [
        { path: '../house', sha256: '' },
        { package: '@acme/rules', version: '1.2.0' },
        { package: '@acme/git', version: '1.0.0', from: 'git+https://example.org/acme/git.git#c0ffee' },
        { package: '@acme/ball', version: '1.0.0', from: '../ball.tgz' },
      ],
    };
    writeTree(folder(), { 'demo/.tsflask/manifest.json': JSON.stringify(manifest) });
    const { overlays } = await loadAnswersFile(join(folder(), 'demo/.tsflask/manifest.json'));
    assert.deepEqual(overlays, [
      join(folder(), 'house'),
      '@acme/rules@1.2.0',
      'git+https://example.org/acme/git.git#c0ffee',
      join(folder(), 'ball.tgz'),
    ]);
  });

  const invalid: [title: string, text: string, problem: RegExp][] = [
    ['a list', '- name\n', /does not hold a mapping/],
    ['a single text', 'demo', /does not hold a mapping/],
    ['an empty file', '', /does not hold a mapping/],
    ['null', 'null', /does not hold a mapping/],
    ['a manifest whose answers are none', '{"generatorVersion": "1.0.0", "answers": []}', /does not hold a mapping/],
    ['a key given twice', 'name: a\nname: b\n', /Map keys must be unique/],
    [
      'a manifest whose overlay is only a name',
      '{"generatorVersion": "1.0.0", "answers": {}, "overlays": ["a"]}',
      /not hold a mapping/,
    ],
    ['neither YAML nor JSON', '{"name": ', /answers: /],
    ['a tab as indentation', 'a:\n\tb: 1\n', /answers: .*[Tt]ab/],
  ];
  for (const [title, text, problem] of invalid) {
    it(`refuses ${title}`, async () => {
      writeTree(folder(), { answers: text });
      await assert.rejects(loadAnswersFile(join(folder(), 'answers')), { code: 'ANSWERS_FILE_INVALID', message: problem });
    });
  }

  it('names a file that there is not', async () => {
    const path = join(folder(), 'nothing.yaml');
    await assert.rejects(loadAnswersFile(path), {
      code: 'ANSWERS_FILE_UNREADABLE',
      message: /nothing\.yaml cannot be read: there is no such file \(ENOENT\)\./,
    });
  });

  it('names a folder in place of a file', async () => {
    await assert.rejects(loadAnswersFile(folder()), { code: 'ANSWERS_FILE_UNREADABLE', message: /it is a folder/ });
  });
});
