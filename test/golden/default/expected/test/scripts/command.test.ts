import assert from 'node:assert/strict';
import { CommandError, captureCommand, runCommand } from '../../scripts/cloud/command.ts';
import { findHint } from '../../scripts/cloud/hint.ts';

const node = (script: string): string[] => [process.execPath, '-e', script];

describe('a command', () => {
  it('returns what the program prints', async () => {
    assert.equal(await captureCommand(...node('console.log(" printed ")')), 'printed');
  });

  it('fails with the code of the program, and with what it said', async () => {
    const failure = captureCommand(...node('console.error("no such bucket"); process.exit(3)'));
    await assert.rejects(failure, (error: unknown) => {
      assert.ok(error instanceof CommandError);
      assert.equal(error.exitCode, 3);
      assert.match(error.message, /^no such bucket\n.* failed with code 3\.$/);
      return true;
    });
  });

  it('gives the program more environment', async () => {
    await runCommand(node('process.exit(process.env.TF_DATA_DIR === "here" ? 0 : 1)'), {
      TF_DATA_DIR: 'here',
    });
  });

  it('says how to come by a program that is not there', async () => {
    await assert.rejects(captureCommand('tofu-of-nobody'), { exitCode: 127, message: /is not on the PATH/ });
  });
});

const cases: [said: string, advice: RegExp][] = [
  ['Error: No valid credential sources found', /sign in/],
  ['│ Error: AWS account ID not\n│ allowed: 210987654321', /another AWS account/],
  [
    '\u001B[31mError:\u001B[0m Error acquiring the state lock\n│ Lock Info:\n│   ID:        6c1f-42',
    /LOCK=6c1f-42$/,
  ],
  ['Error: Saved plan is stale', /run it again/],
  ['open ./../dist/lambda.zip: no such file or directory', /make bundle/],
];

describe('a hint', () => {
  for (const [said, advice] of cases)
    it(`answers ${JSON.stringify(said)}`, () => assert.match(findHint(said) ?? '', advice));

  it('is not given where the program says enough itself', () => {
    assert.equal(findHint('Error: Unsupported argument'), undefined);
  });
});
