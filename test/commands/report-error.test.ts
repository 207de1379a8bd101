import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { exitCodeOf, formatError, formatJsonError, withReplay } from '../../src/commands/report-error.ts';
import { Interrupted, TsflaskError } from '../../src/error.ts';

const plain = (_: unknown, text: string): string => text;
const code = 'REGION_INVALID';
const fault = { code, problem: 'No region.', fix: 'Give one.' };

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

describe('an error', () => {
  const replay = 'tsflask new demo --region eu-west-1';
  const cases: [title: string, error: unknown, exitCode: number, text: RegExp][] = [
    [
      'of the user is told in its own words',
      new TsflaskError([fault, fault]),
      1,
      /^✖ No region\.\n {2}Give one\.\n✖ No region\.\n {2}Give one\.\n$/,
    ],
    ['that is an interrupt says that nothing was written', new Interrupted(), 130, /^Interrupted; nothing was written\.\n$/],
    [
      'behind questions says how to go on',
      withReplay(new Interrupted(), replay),
      130,
      /^Interrupted; nothing was written\.\nTo go on from here: tsflask new demo --region eu-west-1\n$/,
    ],
    [
      'of the system is no fault of ours, and has a reason in place of a stack',
      thrownBy(() => readdirSync('/nowhere/at/all')),
      1,
      /^✖ \/nowhere\/at\/all: there is no such file \(ENOENT\)\.\n {2}Allow it, or give another path \(scandir\)\.\n$/,
    ],
    [
      'of ours has its stack, and does not say what it cannot know: whether something was written',
      new RangeError('oops'),
      1,
      /^✖ RangeError: oops\n +at [^]*This is a fault of tsflask\. Please report it with the lines above\.\n$/,
    ],
    ['that is none is shown as well', 'oops', 1, /^✖ oops\n {2}This is a fault of tsflask\./],
  ];
  for (const [title, error, exitCode, text] of cases) {
    it(title, () => {
      assert.match(formatError(error, 80, plain), text);
      assert.equal(exitCodeOf(error), exitCode);
    });
  }

  it('is wrapped between words where somebody reads it', () => {
    const text = formatError(
      new TsflaskError({ code, problem: 'There is no region of this name.', fix: 'Give another one, such as that.' }),
      20,
      plain,
    );
    assert.equal(text, '✖ There is no region\n  of this name.\n  Give another one,\n  such as that.\n');
  });

  it('is JSON for programs, with the same words and a code', () => {
    const codes = [
      new TsflaskError(fault),
      new Interrupted(),
      thrownBy(() => readdirSync('/nowhere')),
      new RangeError('oops'),
    ].map((error) => (JSON.parse(formatJsonError(error)) as { error: { code: string } }).error.code);
    assert.deepEqual(codes, [code, 'INTERRUPTED', 'SYSTEM_REFUSED', 'INTERNAL']);
    const { error } = JSON.parse(formatJsonError(withReplay(new TsflaskError(fault), replay))) as { error: unknown };
    assert.deepEqual(error, { code, message: 'No region. Give one.', faults: [fault], replay });
  });
});
