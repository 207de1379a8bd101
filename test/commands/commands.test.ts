import assert from 'node:assert/strict';
import { commands, findCommand, formatHelp } from '../../src/commands/commands.ts';

const plain = (_: unknown, text: string): string => text;

describe('the commands', () => {
  it('are found by name', () => assert.equal(findCommand('new').name, 'new'));

  it('are not found by what every object has', () => {
    assert.throws(() => findCommand('constructor'), { code: 'COMMAND_UNKNOWN' });
  });

  it('are named when one is nearly right', () => {
    assert.throws(() => findCommand('lnit'), {
      code: 'COMMAND_UNKNOWN',
      message: /There is no command "lnit"\. Did you mean lint\?/,
    });
  });

  it('are all in the help, each with its flags in its own', () => {
    for (const command of commands) {
      assert.ok(formatHelp(plain).includes(`  ${command.name.padEnd(10)}  ${command.help}\n`));
      for (const { name, help } of command.flags()) assert.ok(formatHelp(plain, command).includes(help), name);
    }
  });
});
