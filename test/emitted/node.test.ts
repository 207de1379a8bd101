import assert from 'node:assert/strict';
import { rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import satisfies from 'semver/functions/satisfies.js';
import { renderProject } from '../../src/testing.ts';
import { useTempFolder, writeTree } from '../temp-folder.ts';
import { MachineWithNode } from './stubbed-make.ts';

const platform = `${process.platform}-${process.arch}`;
const pack = `npm pack --loglevel=error --pack-destination .node node${platform === 'darwin-arm64' ? '-bin' : ''}-${platform}@24`;
const install = 'npm install --include=dev';

describe("the emitted project's make", () => {
  const folder = useTempFolder();
  let machine: MachineWithNode;
  beforeEach(async () => {
    machine = new MachineWithNode(folder());
    await machine.emit();
  });

  it('brings Node.js once where the machine has an older one, and says so in one line', () => {
    const first = machine.make('install', '20.20.2');
    assert.equal(
      first.output,
      `Node.js 24.11.0 or newer is needed, this machine has v20.20.2: bringing Node.js 24 into .node\n${install}\n`,
    );
    assert.deepEqual(first.calls, [pack, install]);
    const second = machine.make('lint', '20.20.2');
    assert.deepEqual(second.calls, ['npm run lint']);
    assert.equal(machine.nodeOfNpm, join(machine.project, '.node/bin/node'), 'npm scripts run on it too');
  });

  it('runs on the Node.js of the machine where that is new enough', () => {
    assert.deepEqual(machine.make('lint', '24.11.0').calls, [install, 'npm run lint']);
    assert.ok(!machine.has('.node'));
  });

  it('brings another Node.js when .nvmrc names another', () => {
    machine.make('install', '20.20.2');
    const later = new Date(Date.now() + 5000);
    utimesSync(join(machine.project, '.nvmrc'), later, later);
    assert.deepEqual(machine.make('install', '20.20.2').calls, [pack]);
  });

  it('tries again after a failure, of either step', () => {
    assert.notEqual(machine.make('lint', '20.20.2', { NPM_FAILS_AT: 'npm pack' }).code, 0);
    assert.deepEqual(machine.make('install', '20.20.2', { NPM_FAILS_AT: install }).calls, [pack, install]);
    assert.deepEqual(machine.make('install', '20.20.2').calls, [install]);
  });

  it('installs again when package.json changed, or node_modules went', () => {
    machine.make('install', '24.11.0');
    assert.deepEqual(machine.make('install', '24.11.0').calls, []);
    const later = new Date(Date.now() + 5000);
    utimesSync(join(machine.project, 'package.json'), later, later);
    assert.deepEqual(machine.make('install', '24.11.0').calls, [install]);
    rmSync(join(machine.project, 'node_modules'), { recursive: true });
    assert.deepEqual(machine.make('install', '24.11.0').calls, [install]);
  });

  it('needs no node_modules of its own, as in a workspace', () => {
    assert.deepEqual(machine.make('lint', '24.11.0').calls, [install, 'npm run lint'], 'the npm of this test makes none');
    assert.deepEqual(machine.make('lint', '24.11.0').calls, ['npm run lint']);
  });

  it('keeps the lock in continuous integration', () => {
    writeTree(machine.project, { 'package-lock.json': '{}' });
    assert.deepEqual(machine.make('install', '24.11.0', { CI: '1' }).calls, ['npm ci --include=dev']);
  });
});

describe('which Node.js is new enough', () => {
  const folder = useTempFolder();

  const cases: [line: string, version: string, isEnough: boolean][] = [
    ['24', '20.20.2', false],
    ['24', '22.23.2', false],
    ['24', '24.9.0', false],
    ['24', '24.11.0', true],
    ['24', '24.21.0', true],
    ['24', '26.1.0', true],
    ['22', '20.20.2', false],
    ['22', '22.9.0', false],
    ['22', '22.18.0', true],
    ['22', '24.3.0', true],
  ];
  for (const [line, version, isEnough] of cases) {
    it(`${version} is${isEnough ? '' : ' not'}, for ${line}: make and package.json agree`, async () => {
      const machine = new MachineWithNode(folder());
      await machine.emit({ node: line });
      machine.make('install', version);
      assert.equal(!machine.has('.node'), isEnough);
      const { engines } = JSON.parse((await renderProject([], { node: line }))['package.json'] ?? '') as {
        engines: { node: string };
      };
      assert.equal(satisfies(version, engines.node), isEnough);
    });
  }

  for (const [line, minimum] of [
    ['22', '22.18.0'],
    ['24', '24.11.0'],
  ] as const) {
    it(`is said alike by README, package.json and .nvmrc for ${line}`, async () => {
      const files = await renderProject([], { node: line });
      assert.match(files['README.md'] ?? '', new RegExp(`Node ${minimum.replaceAll('.', '\\.')} or newer`));
      assert.equal((JSON.parse(files['package.json'] ?? '') as { engines: { node: string } }).engines.node, `>=${minimum}`);
      assert.equal(files['.nvmrc'], `${line}\n`);
    });
  }
});
