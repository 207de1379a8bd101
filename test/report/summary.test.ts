import assert from 'node:assert/strict';
import type { Plan, PlannedFile } from '../../src/plan/plan.ts';
import { render } from '../../src/render.ts';
import { formatDryRun, formatJsonReport, formatProblems, formatSummary, type Summary } from '../../src/report/summary.ts';

const file = (path: string, content: string | Uint8Array): PlannedFile => ({
  path,
  content,
  executable: false,
  policy: 'managed',
  overlay: 'service',
});
const plan: Plan = {
  answers: { name: 'demo' },
  overlays: ['service', 'gateway-http'],
  files: [file('README.md', 'a\nb\n'), file('logo.png', Uint8Array.of(10, 10)), file('src/app.ts', 'x\n'.repeat(1234))],
};
const summary: Summary = {
  plan,
  warnings: [],
  kept: [],
  overwritten: [],
  conflicts: [],
  folder: 'demo',
  replay: 'tsflask new demo --yes',
  isDry: false,
};
const plain = (_: unknown, text: string): string => text;

describe('the summary', () => {
  it('says what was written, how to repeat it and what is next', () => {
    assert.equal(
      formatSummary(summary, 80, plain),
      `
  .      2 files
  src     1 file

✔ demo: 3 files, 1,236 lines (service + gateway-http) in demo
Same again: tsflask new demo --yes
Next:
  cd demo
  make server  run it here, with reload on save
  make test    its own tests, through both entry points
`,
    );
  });

  it('names no folder to go to from the folder itself', () => {
    const text = formatSummary({ ...summary, folder: '.' }, 80, plain);
    assert.doesNotMatch(text, /cd /);
    assert.match(text, /make plan/);
  });

  it('quotes a folder for the shell', () => {
    assert.match(formatSummary({ ...summary, folder: "my apis/it's" }, 80, plain), /cd 'my apis\/it'\\''s'\n/);
  });

  it('says which files are not its own', () => {
    assert.match(formatSummary({ ...summary, kept: ['README.md'] }, 80, plain), /! Kept as you had it: README\.md\n/);
  });

  it('says what did not go well, in the words of who failed, and what to type', () => {
    const text = formatSummary(
      {
        ...summary,
        install: { kind: 'failed', message: 'no network\nreally' },
        git: { kind: 'failed', step: 'git commit', message: 'who are you?' },
      },
      80,
      plain,
    );
    assert.match(text, /! npm install failed; the project is complete[^]*make\s+install[^]*\n {4}no network\n {4}really\n/);
    assert.match(text, /! git commit failed; the project is complete[^]*git\s+init[^]*\n {4}who are you\?\n/);
  });

  it('names the files that the user kept', () => {
    assert.match(formatSummary({ ...summary, kept: ['a.txt', 'b.txt'] }, 80, plain), /\n! Kept as you had it: a\.txt, b\.txt\n/);
  });

  it('says below the list, on a dry run too, what is odd about an answer', () => {
    const odd = { ...summary, warnings: ['moon is not a region we know.'] };
    assert.match(formatSummary(odd, 80, plain), /1 file\n\n! moon is not a region we know\.\n\n✔ demo/);
    assert.match(formatDryRun(odd, 80, plain), /app\.ts\n\n! moon is not a region we know\.\n\nNothing was written/);
  });

  it('keeps quiet about what went well', () => {
    const text = formatSummary({ ...summary, install: { kind: 'installed' }, git: { kind: 'committed' } }, 80, plain);
    assert.equal(text, formatSummary(summary, 80, plain));
  });

  it('is the same for programs', () => {
    assert.deepEqual(JSON.parse(formatJsonReport({ ...summary, git: { kind: 'inside-repository' } })), {
      folder: 'demo',
      isDry: false,
      answers: { name: 'demo' },
      overlays: ['service', 'gateway-http'],
      files: ['README.md', 'logo.png', 'src/app.ts'].map((path) => ({ path, policy: 'managed', overlay: 'service' })),
      warnings: [],
      kept: [],
      overwritten: [],
      conflicts: [],
      replay: 'tsflask new demo --yes',
      git: { kind: 'inside-repository' },
    });
  });

  it('says on a dry run that nothing was written', () => {
    assert.equal(
      formatDryRun({ ...summary, isDry: true }, 80, plain),
      '3 files, 1,236 lines (service + gateway-http) would be written:\n\n  .    README.md logo.png\n  src  app.ts\n\nNothing was written.\n',
    );
  });

  it('names what a dry run would overwrite', () => {
    const text = formatDryRun({ ...summary, isDry: true, overwritten: ['README.md'] }, 80, plain);
    assert.match(text, /\n! Would be overwritten with --force: README\.md\n\nNothing was written\.\n$/);
  });

  it('says only what went wrong where that is all that is to be said', () => {
    assert.equal(formatProblems({ install: { kind: 'installed' } }, 80, plain), '');
    assert.match(formatProblems({ install: { kind: 'failed', message: 'no' } }, 80, plain), /^! npm install failed/);
  });

  it('says that the list of the workspace is as it was', () => {
    const text = formatSummary({ ...summary, join: { kind: 'failed', message: 'no' } }, 100, plain);
    assert.match(text, /! The workspace's list could not be changed: no\. Add the project to it by hand\.\n/);
  });

  it('says that the install was skipped', () => {
    assert.match(
      formatSummary({ ...summary, install: { kind: 'skipped' } }, 80, plain),
      /! The install was skipped\. Run "make install"/,
    );
  });
});

describe('the summary of every project', () => {
  const odd = {
    warnings: ['moon is not a region we know; it is used as given.'],
    install: { kind: 'failed', message: 'npm error something went wrong\n'.repeat(30) },
    git: { kind: 'failed', step: 'git commit', message: 'who are you?' },
  } as const;

  for (const [width, rows] of [
    [80, 24],
    [40, 30],
  ] as const) {
    it(`fits ${width} columns and, where nothing failed, ${rows} rows, and ends with what to do next`, async () => {
      const whole = await render({ answers: { name: 'my-api', with: ['github', 'container', 'domain'], domain: 'example.com' } });
      const ok = formatSummary({ ...summary, plan: whole, folder: 'apis/my-api' }, width, plain);
      // The shell's next prompt takes a row.
      assert.ok(ok.split('\n').length <= rows, ok);
      assert.match(ok, /\n✔ my-api: [^]*\nNext:\n {2}cd apis\/my-api\n {2}make server [^]*\n {2}make test [^]*\n$/);
      const failed = formatSummary({ ...summary, ...odd, plan: whole }, width, plain);
      for (const line of [...ok.split('\n'), ...failed.split('\n')]) assert.ok(line.length <= width, `${line.length}: ${line}`);
    });
  }
});
