import assert from 'node:assert/strict';
import { commandFor, commands, formatCommandHelp, formatHelp } from '../../src/commands/commands.ts';

const plain = (_: unknown, text: string): string => text;

describe('a command line', () => {
  const cases: [argv: string, command: string, rest: readonly string[]][] = [
    ['new my-api --yes', 'new', ['my-api', '--yes']],
    ['lint .', 'lint', ['.']],
    ['my-api --yes', 'new', ['my-api', '--yes']],
    ['--yes my-api', 'new', ['--yes', 'my-api']],
    ['. -y', 'new', ['.', '-y']],
    ['constructor', 'new', ['constructor']],
  ];
  for (const [argv, name, rest] of cases) {
    it(`is understood: ${argv}`, () => {
      const { command, argv: given } = commandFor(argv.split(' '));
      assert.deepEqual([command.name, given], [name, rest]);
    });
  }

  for (const [argv, hint] of [
    [['lnit'], /There is no command "lnit"\. Did you mean lint\?.*`tsflask new NAME`/],
    [['nwe', 'my-api'], /Did you mean new\?/],
    [[''], /There is no command ""/],
  ] as const) {
    it(`is refused: ${JSON.stringify(argv)}`, () =>
      assert.throws(() => commandFor(argv), { code: 'COMMAND_UNKNOWN', message: hint }));
  }
});

describe('the help', () => {
  it('lists every command', () => {
    for (const { name, help } of commands) assert.ok(formatHelp(80, plain).includes(`  ${name.padEnd(10)}  ${help}\n`));
  });

  it('fits a narrow terminal', () => {
    for (const line of formatHelp(40, plain).split('\n')) assert.ok(line.length <= 40, line);
  });

  it('shows how a command is called, then its flags', () => {
    assert.equal(
      formatCommandHelp(commands.at(-1)!, '  --flag'),
      'Usage: tsflask lint DIR [flags]\n\nCheck an overlay of your own.\n\n  --flag\n',
    );
  });
});
