import assert from 'node:assert/strict';
import type { Plan, PlannedFile } from '../../src/plan/plan.ts';
import { createBase, createManifest, recordFiles } from '../../src/project/manifest.ts';

function file(path: string, content: string | Uint8Array, more: Partial<PlannedFile> = {}): PlannedFile {
  return { path, content, executable: false, policy: 'managed', overlay: 'service', ...more };
}

const planned: Plan = {
  answers: { name: 'demo', with: [] },
  overlays: ['service'],
  files: [
    file('a.txt', 'a'),
    file('logo.png', Uint8Array.of(0xff)),
    file('run.sh', '', { executable: true }),
    file('mine.txt', 'mine', { policy: 'once' }),
    file('package.json', '{}', { policy: 'merge-json' }),
  ],
};

describe('the manifest', () => {
  it('holds what a later version needs', () => {
    const overlays = [{ package: '@acme/rules', version: '1.2.0' }];
    assert.deepEqual(createManifest(planned, overlays, '1.2.3'), {
      format: 1,
      generatorVersion: '1.2.3',
      answers: { name: 'demo', with: [] },
      overlays,
      files: {
        'a.txt': { policy: 'managed' },
        'logo.png': { policy: 'managed', sha256: 'a8100ae6aa1940d0b663bb31cd466142ebbdbd5187131b92d93818987832eb89' },
        'run.sh': { policy: 'managed', executable: true },
        'mine.txt': { policy: 'once', sha256: '3fd30542fe3f61b14bd4a4b2dc0b6fb30fa6f63ebce52dd1778aaa8c4dc02cff' },
        'package.json': { policy: 'merge-json' },
      },
    });
  });
});

describe('the base', () => {
  it('holds the text of every file that updates will merge', () => {
    assert.deepEqual(createBase(planned), { 'a.txt': 'a', 'run.sh': '', 'package.json': '{}' });
  });
});

describe('the records', () => {
  it('are written after everything else, the manifest last', () => {
    const records = recordFiles(createManifest({ ...planned, files: [] }, [], '1.2.3'), { a: 'b' });
    assert.deepEqual(records, [
      { path: '.tsflask/base.json', content: '{\n  "a": "b"\n}\n' },
      {
        path: '.tsflask/manifest.json',
        content:
          '{\n  "format": 1,\n  "generatorVersion": "1.2.3",\n  "answers": {\n    "name": "demo",\n    "with": []\n  },\n  "overlays": [],\n  "files": {}\n}\n',
      },
    ]);
  });
});
