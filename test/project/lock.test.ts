import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { takeLock } from '../../src/project/lock.ts';
import { recover } from '../../src/project/recover.ts';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';

const host = hostname();
const since = '2026-01-02T03:04:05.000Z';

function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

describe('takeLock', () => {
  const folder = useTempFolder();
  const path = (): string => join(folder(), '.tsflask/local/lock');
  const leave = (lock: unknown): void =>
    writeTree(folder(), { '.tsflask/local/lock': typeof lock === 'string' ? lock : JSON.stringify(lock) });

  it('says who holds it, and since when', () => {
    const lock = takeLock(folder());
    const command = process.argv[1]!.split('/').at(-1)!;
    assert.throws(() => takeLock(folder()), {
      code: 'LOCKED',
      message: new RegExp(`Process ${process.pid} \\(${command} ?.*\\) on ${host} has been at it since 20.*remove .*/lock`),
    });
    lock.release();
    assert.deepEqual(readTree(folder()), {});
  });

  it('is hidden from git, and leaves the records of the project', () => {
    writeTree(folder(), { '.tsflask/manifest.json': '{}' });
    const lock = takeLock(folder());
    assert.equal(readFileSync(join(folder(), '.tsflask/local/.gitignore'), 'utf8'), '*\n');
    lock.release();
    assert.deepEqual(readTree(folder()), { '.tsflask/manifest.json': '{}' });
  });

  const stale: [title: string, lock: () => unknown][] = [
    ['of a process that is no more', () => ({ pid: deadPid(), host, since, command: 'tsflask update' })],
    ['whose number another process has now', () => ({ pid: process.ppid, host, started: '1', since, command: 'tsflask update' })],
  ];
  for (const [title, lock] of stale) {
    it(`takes over one ${title}`, function () {
      if (!existsSync('/proc/self/stat') && title.includes('number')) return this.skip();
      leave(lock());
      takeLock(folder()).release();
      assert.deepEqual(readTree(folder()), {});
    });
  }

  it('takes over one without a text, unless it was made just now', () => {
    leave('');
    assert.throws(() => takeLock(folder()), { code: 'LOCKED', message: /Another process has just begun/ });
    utimesSync(path(), 1, 1);
    takeLock(folder()).release();
    assert.deepEqual(readTree(folder()), {});
  });

  const held: [title: string, lock: () => unknown, found: RegExp][] = [
    [
      'of another machine',
      () => ({ pid: deadPid(), host: 'elsewhere', since, command: 'tsflask update' }),
      /\(tsflask update\) on elsewhere.*since 2026-01-02/,
    ],
    ['of a process that runs', () => ({ pid: process.ppid, host, since, command: 'x' }), new RegExp(`Process ${process.ppid} `)],
  ];
  for (const [title, lock, found] of held) {
    it(`leaves alone one ${title}`, () => {
      leave(lock());
      const before = readTree(folder());
      assert.throws(() => takeLock(folder()), { code: 'LOCKED', message: found });
      // Nothing is pending, so nothing has to wait.
      assert.equal(recover(folder()), undefined);
      assert.deepEqual(readTree(folder()), before);
    });
  }

  it('is not taken away from whoever came after it was removed by hand', () => {
    const lock = takeLock(folder());
    writeFileSync(path(), 'of somebody else');
    lock.release();
    assert.equal(readFileSync(path(), 'utf8'), 'of somebody else');
  });

  it('goes to one of many that find a stale one at once', () => {
    leave({ pid: deadPid(), host, since, command: '' });
    const source = JSON.stringify(new URL('../../src/project/lock.ts', import.meta.url).href);
    // Holders write a line each when they begin and when they end; two that overlap would show.
    const contender = `
      import { appendFileSync } from 'node:fs';
      import { takeLock } from ${source};
      for (let turn = 0; turn < 300; turn += 1) {
        try {
          const lock = takeLock(process.argv[1]);
          appendFileSync(process.argv[2], 'begin ' + process.pid + '\\n');
          appendFileSync(process.argv[2], 'end ' + process.pid + '\\n');
          lock.release();
        } catch (error) { if (error.code !== 'LOCKED') console.error(error); }
      }`;
    const log = join(folder(), 'log');
    const script = '"$0" --input-type=module -e "$1" "$2" "$3" &'.repeat(4);
    const { stderr } = spawnSync('sh', ['-c', `${script} wait`, process.execPath, contender, folder(), log], {
      encoding: 'utf8',
    });
    assert.equal(stderr, '');
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    assert.ok(lines.length > 100, String(lines.length));
    for (let at = 0; at < lines.length; at += 2) assert.equal(lines[at + 1], lines[at]!.replace('begin', 'end'));
  });
});
