import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { runCheck } from '../../src/commands/check.ts';
import { gitEnvironment, useEnvironment } from '../environment.ts';
import { readTree, useTempFolder } from '../temp-folder.ts';
import { stubTerminal } from './stub-terminal.ts';
import { emit, release, update } from './update-project.ts';

type Files = Readonly<Record<string, string>>;

const line = fc.nat({ max: 5 }).map((number) => `line ${number}`);
const text = fc.array(line, { maxLength: 8 }).map((lines) => lines.map((each) => `${each}\n`).join(''));
const json = fc
  .dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(fc.nat({ max: 3 }), fc.dictionary(fc.constantFrom('x', 'y'), fc.nat(3))))
  .map((value) => `${JSON.stringify(value, null, 2)}\n`);
/** A release of the templates: any of these files, with any text. */
const version = fc.record({ 'a.txt': text, 'b.txt': text, 'deep/c.txt': text, 'd.json': json }, { requiredKeys: [] });

/** What the user does to a file: deletes it, or adds a line of their own somewhere, which is known by its number. */
const edit = fc.record({
  path: fc.constantFrom('a.txt', 'b.txt', 'deep/c.txt', 'own.txt'),
  at: fc.nat({ max: 8 }),
  isDeleting: fc.boolean(),
});
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

/** @returns the lines that the user's files hold from now on */
function makeEdits(project: string, edits: readonly Edit[], round: number): void {
  for (const [index, { path, at, isDeleting }] of edits.entries()) {
    const full = join(project, path);
    if (isDeleting) rmSync(full, { force: true });
    else {
      const lines = existsSync(full) ? readFileSync(full, 'utf8').split('\n') : [''];
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, lines.toSpliced(Math.min(at, lines.length - 1), 0, `mine ${round}-${index}`).join('\n'));
    }
  }
}

/** All of a project, but what only this machine needs to undo the last update. */
function readProject(project: string): Files {
  return Object.fromEntries(Object.entries(readTree(project)).filter(([path]) => !path.startsWith('.tsflask/local/')));
}

function linesOfUser(project: string): Set<string> {
  return new Set(Object.values(readProject(project)).flatMap((content) => content.match(/^mine \d+-\d+$/gm) ?? []));
}

describe('any history of releases and edits', function () {
  this.timeout(60_000);
  const folder = useTempFolder();
  useEnvironment(() => gitEnvironment);

  async function start(files: Files): Promise<string> {
    rmSync(join(folder(), 'demo'), { recursive: true, force: true });
    release(folder(), files);
    return emit(folder());
  }
  const updateTo = async (project: string, files: Files, ...flags: string[]): Promise<number> => {
    release(folder(), files);
    return (await update(project, flags)).code;
  };
  const check = (project: string, ...flags: string[]): Promise<number> =>
    runCheck(['--quiet', ...flags], stubTerminal(project).terminal);

  it('gives what would be written anew, by whichever way, where nobody edited; and check has nothing to say', async () => {
    await fc.assert(
      fc.asyncProperty(version, version, version, async (v1, v2, v3) => {
        const wanted = readProject(await start(v3));
        const project = await start(v1);
        assert.equal(await updateTo(project, v2), 0);
        assert.equal(await check(project), 0);
        assert.equal(await updateTo(project, v3), 0);
        assert.deepEqual(readProject(project), wanted);
        await start(v1);
        assert.equal(await updateTo(project, v3), 0);
        assert.deepEqual(readProject(project), wanted);
      }),
      { numRuns: 15 },
    );
  });

  it('loses no line of the user’s, and does nothing when it is run again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(version, { minLength: 2, maxLength: 4 }),
        fc.array(fc.array(edit, { maxLength: 4 })),
        async (versions, edits) => {
          const [first = {}, ...later] = versions;
          const project = await start(first);
          for (const [round, files] of later.entries()) {
            makeEdits(project, edits[round] ?? [], round);
            const lines = linesOfUser(project);
            // What was marked before is settled in any way.
            const code = await updateTo(project, files, '--force');
            assert.deepEqual(linesOfUser(project), lines);
            const after = readProject(project);
            const isMarked = Object.values(after).some((content) => /^<{7} yours$/m.test(content));
            if (code === 0 && !isMarked) assert.equal(await check(project, '--allow-edits'), 0);
            await updateTo(project, files, '--force');
            assert.deepEqual(readProject(project), after);
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});
