import assert from 'node:assert/strict';
import { withReplay } from '../../src/commands/report-error.ts';
import { yeomanError } from '../../src/commands/yeoman-error.ts';
import { Interrupted, TsflaskError } from '../../src/error.ts';

const code = 'REGION_INVALID';
const fault = new TsflaskError({ code, problem: 'There is no region of this name.', fix: 'Give another one.' });
const terminal = { isTTY: true, columns: 20 } as NodeJS.WriteStream;

describe('an error for Yeoman', () => {
  const programs: [program: string | undefined, code: string | undefined, interrupt: string | number][] = [
    ['/usr/local/bin/yo', undefined, 130],
    ['/usr/lib/node_modules/yo/lib/cli.js', undefined, 130],
    ['C:\\npm\\node_modules\\yo\\lib\\cli.js', undefined, 130],
    ['/srv/app/node_modules/.bin/mocha', code, 'INTERRUPTED'],
    ['/srv/backstage/index.js', code, 'INTERRUPTED'],
    [undefined, code, 'INTERRUPTED'],
  ];
  for (const [program, expected, interrupt] of programs) {
    it(`has a code that ${program ?? 'nobody'} can take`, () => {
      assert.equal(yeomanError(fault, program).code, expected);
      assert.equal(yeomanError(new Interrupted(), program).code, interrupt);
    });
  }

  it('is wrapped where yo prints it, and nowhere else', () => {
    const lines = 'There is no region\nof this name. Give\nanother one.';
    assert.equal(yeomanError(fault, '/bin/yo', terminal).message, lines);
    assert.equal(yeomanError(fault, '/bin/mocha', terminal).message, lines.replaceAll('\n', ' '));
  });

  it('says how to go on with yo', () => {
    const error = withReplay(new Interrupted(), 'tsflask new demo --node 22');
    assert.match(yeomanError(error, undefined).message, /nothing was written\.\nTo go on from here: yo tsflask demo --node 22$/);
  });

  it('does not say that nothing was written where it cannot know', () => {
    const { message, stack } = yeomanError(new RangeError('oops'), '/bin/yo');
    assert.match(message, /^oops\nThis is a fault of tsflask\. Please report it with what --debug shows\.$/);
    assert.match(stack ?? '', /^RangeError: oops\n +at /);
  });
});
