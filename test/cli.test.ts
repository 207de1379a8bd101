import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTree, useTempFolder, writeTree } from './temp-folder.ts';

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

describe('the tsflask command, without a terminal', () => {
  const folder = useTempFolder();

  function tsflask(...argv: string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(process.execPath, [cli, ...argv], { cwd: folder(), encoding: 'utf8', timeout: 10_000 });
  }

  const quick = ['--skip-install', '--no-git'];
  const printing: [title: string, argv: readonly string[], status: number, stdout: RegExp, stderr: RegExp][] = [
    [
      'shows its help',
      [],
      0,
      /^Usage: tsflask COMMAND\n\n {2}new .*\n {2}update .*\n {2}diff .*\n {2}check .*\n {2}questions .*\n {2}lint /,
      /^$/,
    ],
    [
      'shows the flags of a command',
      ['new', '--help'],
      0,
      /^Usage: tsflask new NAME.*--gateway http\|rest\|url\|alb\s.*--yes, -y\s/s,
      /^$/,
    ],
    ['prints its version', ['--version'], 0, /^\d+\.\d+\.\d+\n$/, /^$/],
    ['shows them when it is asked for help first', ['help', 'lint'], 0, /^Usage: tsflask lint DIR/, /^$/],
    [
      'names the nearest command',
      ['nwe'],
      1,
      /^$/,
      /^✖ There is no command "nwe"\. Did you mean new\?\n {2}`tsflask --help` lists them all; /,
    ],
    ['takes a name for a project to be made', ['demo', '-y', ...quick], 0, /✔ demo: \d+ files/, /^$/],
    [
      'names the nearest flag',
      ['new', 'demo', '--gatway=http', '--yes'],
      1,
      /^$/,
      /^✖ There is no flag --gatway\. Did you mean --gateway\?\n/,
    ],
    [
      'names the flag of every answer that is missing',
      ['new', 'demo'],
      1,
      /^$/,
      /Give --description, or --yes to take the defaults\.\n.*Give --region, or --yes/s,
    ],
    ['says nothing when it is to be quiet', ['new', 'demo', '--yes', '--quiet', ...quick], 0, /^$/, /^$/],
    [
      'prints no colours into a file',
      ['new', 'demo', '--yes', ...quick],
      0,
      /\n✔ demo: \d+ files, [\d,]+ lines \(.*\) in demo\n.*\nNext:\n {2}cd demo\n/s,
      /^$/,
    ],
  ];
  for (const [title, argv, status, stdout, stderr] of printing) {
    it(title, () => {
      const run = tsflask(...argv);
      assert.match(run.stderr, stderr);
      assert.match(run.stdout, stdout);
      assert.equal(run.status, status);
      assert.deepEqual(readdirSync(folder()), status === 0 && argv.includes('demo') ? ['demo'] : []);
    });
  }

  it('shows the questions of an overlay as flags in the help', () => {
    const questions = [{ id: 'costCentre', text: 'Cost centre that pays', type: 'text' }];
    writeTree(folder(), { 'acme/overlay.json': JSON.stringify({ name: 'acme', description: 'Ours', questions }) });
    const { status, stdout } = tsflask('new', '--overlay', 'acme', '--help');
    assert.match(stdout, /\n {2}--cost-centre TEXT\s+Cost centre that pays\n/);
    assert.equal(status, 0);
    assert.equal(tsflask('help', 'new', '--overlay', 'acme').stdout, stdout);
  });

  it('leaves the disk as it was on a dry run', () => {
    assert.equal(tsflask('new', 'demo', '--yes', '--dry-run').status, 0);
    assert.deepEqual(readdirSync(folder()), []);
  });

  it('lists every fault of what it was given at once', () => {
    const { status, stderr } = tsflask('new', 'Demo', '--yes', '--region', 'here', '--stages', 'local');
    assert.equal(status, 1);
    assert.deepEqual(stderr.match(/^✖ [^:]+/gm), ['✖ --region', '✖ --stages', '✖ NAME']);
  });

  for (const [title, argv, code] of [
    ['a fault of the user', ['new', 'Demo', '--yes', '--json'], 'NAME_INVALID'],
    ['a flag that there is not', ['new', 'demo', '--jsn', '--json'], 'FLAG_UNKNOWN'],
    ['a command that there is not', ['nwe', '--json'], 'COMMAND_UNKNOWN'],
    ['a fault in questions', ['questions', '--overlay', 'nowhere', '--json'], 'OVERLAY_NOT_FOUND'],
  ] as const) {
    it(`reports ${title} as JSON where JSON is asked for`, () => {
      const { status, stdout, stderr } = tsflask(...argv);
      const { error } = JSON.parse(stdout) as { error: { code: string; message: string; faults: { fix: string }[] } };
      assert.deepEqual([status, stderr, error.code], [1, '', code]);
      assert.ok(error.message.endsWith(error.faults.at(-1)?.fix ?? '?'));
    });
  }

  it('says what is the matter with a full disk, and that nothing of the project is lost', function () {
    if (!existsSync('/dev/full')) this.skip();
    const script = '"$NODE" "$CLI" new demo --yes --skip-install --no-git > /dev/full';
    const env = { ...process.env, NODE: process.execPath, CLI: cli };
    const { status, stderr } = spawnSync('sh', ['-c', script], { cwd: folder(), encoding: 'utf8', env });
    assert.equal(
      stderr,
      '✖ What there is to say cannot be written: the disk is full (ENOSPC).\n  Files that were written are whole.\n',
    );
    assert.equal(status, 1);
    assert.deepEqual(readdirSync(folder()), ['demo']);
  });

  it('gives the reason for a folder that cannot be read, without a stack', () => {
    // Root may read everything, and somebody else must be able to come in.
    const isRoot = process.getuid?.() === 0;
    writeTree(folder(), { 'closed/mine.txt': '' });
    chmodSync(folder(), 0o755);
    chmodSync(join(folder(), 'closed'), 0o000);
    const options = { cwd: folder(), encoding: 'utf8', ...(isRoot ? { uid: 65534 } : {}) } as const;
    const { status, stderr } = spawnSync(process.execPath, [cli, 'new', 'closed', '--yes'], options);
    assert.match(stderr, /^✖ .*closed: you have no permission \(EACCES\)\.\n {2}.*\n$/);
    assert.equal(status, 1);
  });

  it('does not mind a reader that has seen enough', () => {
    const script = '{ "$NODE" "$CLI" questions; echo "$?" >&2; } | true';
    const env = { ...process.env, NODE: process.execPath, CLI: cli };
    assert.equal(spawnSync('sh', ['-c', script], { cwd: folder(), encoding: 'utf8', env }).stderr, '0\n');
  });

  it('prints a command that gives a shell the same project again', () => {
    writeTree(folder(), { 'over lay/overlay.json': '{"name": "acme", "description": "Ours"}', 'over lay/files/a.txt': 'a' });
    const description = 'It\'s "$HOME" `id` \\ !x\n- 😀';
    const flags = ['--description', description, '--stages', 'qa', '--with', 'github', '--node=22', '--overlay', 'over lay'];
    const { stdout } = tsflask('new', 'demo', '--yes', '--json', ...quick, ...flags);
    const { replay } = JSON.parse(stdout) as { replay: string };
    const before = readTree(join(folder(), 'demo'));
    const script = `tsflask() { "$NODE" "$CLI" "$@" ${quick.join(' ')} --force; }\nrm -r demo\n${replay}\n`;
    const { status, stderr } = spawnSync('sh', {
      input: script,
      cwd: folder(),
      encoding: 'utf8',
      env: { ...process.env, NODE: process.execPath, CLI: cli },
    });
    assert.equal(stderr, '');
    assert.equal(status, 0);
    assert.deepEqual(readTree(join(folder(), 'demo')), before);
  });

  it('writes the same bytes in another time zone, locale and folder', () => {
    const env = { ...process.env, TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' };
    const run = spawnSync(process.execPath, [cli, 'new', 'elsewhere/demo', '--yes', ...quick], { cwd: folder(), env });
    assert.equal(run.status, 0);
    assert.equal(tsflask('new', 'demo', '--yes', ...quick).status, 0);
    assert.deepEqual(readTree(join(folder(), 'elsewhere/demo')), readTree(join(folder(), 'demo')));
  });
});
