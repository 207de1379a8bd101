import assert from 'node:assert/strict';
import { readTokens, type Flag } from '../../src/commands/parse-flags.ts';
import { yeomanTokens } from '../../src/commands/yeoman-options.ts';

const flags: readonly Flag[] = [
  { name: 'cost-centre', type: 'text', help: '' },
  { name: 'overlay', type: 'texts', help: '', value: 'DIR' },
  { name: 'yes', short: 'y', type: 'switch', help: '' },
  { name: 'no-git', type: 'switch', help: '' },
  { name: 'help', type: 'switch', help: '' },
];

describe("Yeoman's options stand for", () => {
  const cases: [title: string, args: unknown[], options: object, positionals: string[], values: object][] = [
    [
      'a flag, in camel case and in kebab case at once',
      [],
      { costCentre: 'a', 'cost-centre': 'a' },
      [],
      { 'cost-centre': ['a'] },
    ],
    ['a flag given again', [], { overlay: ['a', 'b'] }, [], { overlay: ['a', 'b'] }],
    ['a flag whose value begins with a dash', [], { costCentre: '--yes' }, [], { 'cost-centre': ['--yes'] }],
    ['a switch', [], { yes: true }, [], { yes: true }],
    ['a switch turned off', [], { yes: false }, [], { yes: false }],
    ['a switch whose name begins with no', [], { git: false }, [], { 'no-git': true }],
    ['a switch that took NAME for its value', [], { yes: 'demo' }, ['demo'], { yes: true }],
    ['a switch of one letter', ['demo'], { y: true }, ['demo'], { yes: true }],
    ['a switch of one letter that took NAME for its value', [], { y: 'demo' }, ['demo'], { yes: true }],
    [
      'a switch that a program turns on with a text',
      ['demo'],
      { yes: 'true', noGit: 'true' },
      ['demo'],
      { yes: true, 'no-git': true },
    ],
    [
      'a switch that a program turns off with a text',
      ['demo'],
      { yes: 'false', git: 'false' },
      ['demo'],
      { yes: false, 'no-git': true },
    ],
    ['a switch that a program leaves open', ['demo'], { yes: '' }, ['demo'], {}],
    ['what is on without a switch', ['demo'], { git: true }, ['demo'], {}],
    ['an argument that looks like a number', [7], {}, ['7'], {}],
    [
      'flags among the arguments, from a program',
      ['demo', '--yes', '--cost-centre', 'a'],
      {},
      ['demo'],
      { yes: true, 'cost-centre': ['a'] },
    ],
    [
      'nothing, where they are its own',
      [],
      { env: {}, resolved: '/', namespace: 'x', skipCache: true, logCwd: '/', _: [], initialGenerator: true },
      [],
      {},
    ],
    ['nothing, where they are those of yo', [], { color: false, insight: false, updateNotifier: false, localOnly: true }, [], {}],
    ['nothing, where they are not given', [], { costCentre: undefined, overlay: null }, [], {}],
  ];
  for (const [title, args, options, positionals, values] of cases) {
    it(title, () => {
      const parsed = readTokens(yeomanTokens({ args, options: { ...options }, argv: [] }, flags), flags, 'fail');
      assert.deepEqual([parsed.positionals, Object.fromEntries(parsed.values)], [positionals, values]);
    });
  }

  const numbers: [argv: string, value: unknown, text: string[]][] = [
    ['--cost-centre 1.10', 1.1, ['1.10']],
    ['--cost-centre=1e3', 1000, ['1e3']],
    ['--costCentre 0x10', 16, ['0x10']],
    ['--cost-centre 1.10 --cost-centre 1e3', [1.1, 1000], ['1.10', '1e3']],
    ['--yes', 1.1, ['1.1']],
  ];
  for (const [argv, costCentre, text] of numbers) {
    it(`a number as it was typed: ${argv}`, () => {
      const tokens = yeomanTokens({ args: [], options: { costCentre }, argv: argv.split(' ') }, flags);
      assert.deepEqual(readTokens(tokens, flags, 'fail').values.get('cost-centre'), text);
    });
  }

  it('a flag that is not known, as it was typed', () => {
    const tokens = yeomanTokens({ args: [], options: { x: 1, costCenter: 'a', colour: false }, argv: [] }, flags);
    assert.throws(() => readTokens(tokens, flags, 'fail'), {
      message: /flag -x\.[^]*flag --cost-center\. Did you mean --cost-centre\?[^]*flag --no-colour\./,
    });
  });
});
