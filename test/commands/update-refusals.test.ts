import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { gitEnvironment, useEnvironment } from '../environment.ts';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';
import { emit, release, stubEditor, update } from './update-project.ts';

describe('tsflask update, where it must not', () => {
  const folder = useTempFolder();
  useEnvironment(() => ({ ...gitEnvironment, VISUAL: join(folder(), 'editor') }));
  const at = (path: string): string => join(folder(), 'demo', path);
  const git = (...args: string[]): unknown => execFileSync('git', args, { cwd: at(''), stdio: 'pipe' });

  /** A project with an edit that a new release meets. */
  async function start(): Promise<string> {
    release(folder(), { 'f.txt': 'a\n' });
    const project = await emit(folder());
    writeFileSync(at('f.txt'), 'mine\n');
    release(folder(), { 'f.txt': 'b\n' });
    return project;
  }

  function editManifest(change: (manifest: Record<string, unknown>) => void): void {
    const manifest = JSON.parse(readFileSync(at('.tsflask/manifest.json'), 'utf8')) as Record<string, unknown>;
    change(manifest);
    writeFileSync(at('.tsflask/manifest.json'), JSON.stringify(manifest));
  }

  const cases: readonly (readonly [
    what: string,
    code: string,
    message: RegExp,
    prepare: () => unknown,
    argv?: readonly string[],
  ])[] = [
    ['a manifest that is no JSON', 'MANIFEST_INVALID', /is no JSON/, () => writeFileSync(at('.tsflask/manifest.json'), '{')],
    [
      'a manifest in conflict',
      'MANIFEST_INVALID',
      /two sides of a git conflict/,
      () => writeFileSync(at('.tsflask/manifest.json'), '<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> x\n'),
    ],
    ['a manifest without answers', 'MANIFEST_INVALID', /"answers"/, () => editManifest((manifest) => delete manifest['answers'])],
    [
      'a manifest that leads out of the project',
      'MANIFEST_INVALID',
      /"\.\.\/x", which has the segment/,
      () => editManifest((manifest) => (manifest['files'] = { '../x': { policy: 'managed' } })),
    ],
    ['a manifest of a later format', 'MANIFEST_NEWER', /format 2/, () => editManifest((manifest) => (manifest['format'] = 2))],
    [
      'a project of a later version',
      'GENERATOR_OLDER',
      /npx generator-tsflask@99\.0\.0 update/,
      () => editManifest((manifest) => (manifest['generatorVersion'] = '99.0.0')),
    ],
    ['a base that is gone', 'BASE_INVALID', /--rebase/, () => rmSync(at('.tsflask/base.json'))],
    ['a base that lacks a text', 'BASE_INVALID', /has no text of/, () => writeFileSync(at('.tsflask/base.json'), '{}')],
    [
      'an overlay that is gone',
      'OVERLAY_NOT_FOUND',
      /--remove-overlay/,
      () => rmSync(join(folder(), 'rules'), { recursive: true }),
    ],
    ['an overlay that is not recorded', 'OVERLAY_UNKNOWN', /Did you mean/, () => undefined, ['--remove-overlay=rulez']],
    [
      'a way to settle conflicts that there is not',
      'ON_CONFLICT_INVALID',
      /merge, keep/,
      () => undefined,
      ['--on-conflict=ours'],
    ],
    ['conflicts, if it is told to', 'CONFLICTS_FOUND', /f\.txt/, () => undefined, ['--on-conflict=abort']],
    ['a file to be restored that there never was', 'RESTORE_UNKNOWN', /nope/, () => undefined, ['--restore=nope']],
    [
      'a file of the user’s in place of a folder',
      'TARGET_NOT_A_FILE',
      /\/x is in the way/,
      () => {
        writeFileSync(at('x'), '');
        release(folder(), { 'f.txt': 'a\n', 'x/y/z.txt': 'a\n' });
      },
    ],
    ['a name', 'ARGUMENT_UNEXPECTED', /"demo"/, () => undefined, ['demo']],
    ['an update to be undone where there was none', 'UNDO_NOTHING', /git/, () => undefined, ['--undo']],
    [
      'markers that are left',
      'CONFLICTS_UNRESOLVED',
      /f\.txt/,
      () => writeFileSync(at('f.txt'), '<<<<<<< yours\nx\n=======\ny\n>>>>>>> tsflask\n'),
    ],
    [
      'changes that are not committed',
      'UNCOMMITTED_CHANGES',
      /1 file with changes.*src\/app\.ts/,
      () => {
        git('init', '--quiet');
        git('add', '--all');
        git('commit', '--quiet', '--message=x');
        writeFileSync(at('src/app.ts'), '');
      },
    ],
    ...(
      [
        ['MERGE_HEAD', 'merge'],
        ['CHERRY_PICK_HEAD', 'cherry-pick'],
        ['REVERT_HEAD', 'revert'],
        ['rebase-merge', 'rebase'],
      ] as const
    ).map(
      ([file, what]) =>
        [
          `a repository in the middle of a ${what}`,
          'GIT_BUSY',
          new RegExp(`middle of a ${what}`),
          (): void => {
            git('init', '--quiet');
            writeFileSync(at(`.git/${file}`), '');
          },
        ] as const,
    ),
    [
      'a journal that no run wrote',
      'JOURNAL_DAMAGED',
      /journal/,
      () => writeTree(at('.tsflask/local'), { '.gitignore': '*\n', 'pending/journal.json': '{' }),
    ],
    [
      'a project that another process writes',
      'LOCKED',
      /another-host/,
      () =>
        writeTree(at('.tsflask/local'), {
          lock: JSON.stringify({ pid: 1, host: 'another-host', since: 'noon', started: 'noon', command: '' }),
        }),
    ],
  ];

  for (const [what, code, message, prepare, argv] of cases) {
    it(`refuses ${what}, and writes nothing`, async () => {
      const project = await start();
      prepare();
      const before = readTree(project);
      await assert.rejects(update(project, argv), { code, message });
      assert.deepEqual(readTree(project), before);
    });
  }

  it('refuses a folder that leads out of the project, and writes nothing there', async () => {
    const project = await start();
    renameSync(at('scripts'), join(folder(), 'elsewhere'));
    symlinkSync('../elsewhere', at('scripts'));
    const before = readTree(join(folder(), 'elsewhere'));
    await assert.rejects(update(project), { code: 'PATH_UNSAFE', message: /\/scripts leads to .*elsewhere/ });
    assert.deepEqual(readTree(join(folder(), 'elsewhere')), before);
  });

  it('refuses a folder that is no project', () => assert.rejects(update(folder()), { code: 'PROJECT_NOT_FOUND' }));

  it('refuses to undo what was changed since', async () => {
    const project = await start();
    await update(project);
    writeFileSync(at('f.txt'), 'settled\n');
    await assert.rejects(update(project, ['--undo']), { code: 'UNDO_IMPOSSIBLE', message: /f\.txt/ });
  });

  it('takes over the lock of a process that is no more', async () => {
    const project = await start();
    writeTree(at('.tsflask/local'), {
      lock: JSON.stringify({ pid: 2 ** 22, host: hostname(), since: 'noon', started: 'noon', command: '' }),
    });
    assert.equal((await update(project)).code, 2);
  });

  it('takes no notice of a version that somebody wrote first', async () => {
    const project = await start();
    git('init', '--quiet');
    git('add', '--all');
    git('commit', '--quiet', '--message=x');
    editManifest((manifest) => (manifest['generatorVersion'] = '0.0.1'));
    assert.equal((await update(project)).code, 2);
  });

  for (const [choices, text] of [
    [['keep'], 'mine\n'],
    [['diff', 'overwrite'], 'b\n'],
    [['edit'], 'both\n'],
  ] as const) {
    it(`asks somebody at a terminal: ${choices.join(', ')}`, async () => {
      const project = await start();
      stubEditor(folder(), 'echo both > "$1"');
      const left: string[] = [...choices];
      const { code, stdout } = await update(project, [], { choice: async () => left.shift() as never });
      assert.deepEqual([code, readFileSync(at('f.txt'), 'utf8'), stdout.includes('-mine\n+b')], [0, text, choices[0] === 'diff']);
    });
  }

  it('writes nothing where somebody leaves the menu, or the editor fails', async () => {
    const project = await start();
    stubEditor(folder(), 'exit 1');
    const before = readTree(project);
    await assert.rejects(update(project, [], { choice: async () => 'abort' as never }), { name: 'Interrupted' });
    await assert.rejects(update(project, [], { choice: async () => 'edit' as never }), { code: 'EDITOR_FAILED' });
    assert.deepEqual(readTree(project), before);
  });
});
