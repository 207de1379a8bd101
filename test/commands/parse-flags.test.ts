import assert from 'node:assert/strict';
import { flagOf, isOn, parseFlags, textOf, textsOf, type Flag } from '../../src/commands/parse-flags.ts';
import { faultsOf } from '../plan/plan-overlays.ts';

const flags: readonly Flag[] = [
  { name: 'region', type: 'text', help: '' },
  { name: 'gateway', type: 'text', help: '', value: 'http|rest|url' },
  { name: 'overlay', type: 'texts', help: '', value: 'DIR' },
  { name: 'yes', type: 'switch', help: '' },
  { name: 'no-git', type: 'switch', help: '' },
  { name: 'help', short: 'h', type: 'switch', help: '' },
];

describe('parseFlags reads', () => {
  const cases: [title: string, argv: string, positionals: readonly string[], values: object][] = [
    ['texts that stand alone, wherever', 'a --yes b', ['a', 'b'], { yes: true }],
    ['a value behind a space', '--region eu-west-1 a', ['a'], { region: ['eu-west-1'] }],
    ['a value behind an equals sign', '--region=eu=west', [], { region: ['eu=west'] }],
    ['an empty value behind an equals sign', '--region=', [], { region: [''] }],
    ['a value that begins with a dash behind an equals sign', '--region=--yes', [], { region: ['--yes'] }],
    ['a flag given again, in order', '--overlay a --overlay=b', [], { overlay: ['a', 'b'] }],
    ['a switch turned off', '--yes --no-yes', [], { yes: false }],
    ['a switch whose name begins with no', '--no-git', [], { 'no-git': true }],
    ['-h', '-h', [], { help: true }],
    ['everything behind two dashes as it is', '-- --region x', ['--region', 'x'], {}],
  ];
  for (const [title, argv, positionals, values] of cases) {
    it(title, () => {
      const parsed = parseFlags(argv.split(' '), flags);
      assert.deepEqual([parsed.positionals, Object.fromEntries(parsed.values)], [positionals, values]);
    });
  }

  it('the last text, every text and whether a switch is on', () => {
    const parsed = parseFlags(['--region=a', '--region=b', '--yes'], flags);
    assert.deepEqual([textOf(parsed, 'region'), textOf(parsed, 'gateway')], ['b', undefined]);
    assert.deepEqual([textsOf(parsed, 'region'), textsOf(parsed, 'gateway')], [['a', 'b'], []]);
    assert.deepEqual([isOn(parsed, 'yes'), isOn(parsed, 'no-git'), isOn(parsed, 'region')], [true, false, false]);
  });

  it('past what it does not know, if so told', () => {
    const parsed = parseFlags(['--colour', '--overlay', 'a', '--region', '--yes'], flags, 'pass');
    assert.deepEqual(Object.fromEntries(parsed.values), { overlay: ['a'] });
  });
});

describe('parseFlags refuses', () => {
  const cases: [title: string, argv: string, faults: readonly string[]][] = [
    [
      'a flag that there is not, with the nearest',
      '--regoin eu',
      ['FLAG_UNKNOWN There is no flag --regoin. Did you mean --region?'],
    ],
    ['a flag that nothing is near to', '--colour', ['FLAG_UNKNOWN There is no flag --colour.']],
    ['a letter that is no flag', '-y', ['FLAG_UNKNOWN There is no flag -y. Did you mean --yes?']],
    [
      'a property of every object',
      '--__proto__ --constructor',
      ['FLAG_UNKNOWN There is no flag --__proto__.', 'FLAG_UNKNOWN There is no flag --constructor.'],
    ],
    ['to turn off what is no switch', '--no-region', ['FLAG_UNKNOWN There is no flag --no-region. Did you mean --region?']],
    ['a flag without its value', '--region', ['FLAG_VALUE_MISSING --region has no value.']],
    ['a flag in the place of a value', '--region --yes', ['FLAG_VALUE_MISSING --region has no value: "--yes" follows it.']],
    ['a value for a switch', '--yes=true', ['FLAG_VALUE_UNEXPECTED --yes takes no value, but "true" is given.']],
    [
      'all at once',
      '--a --gateway --no-git=1',
      ['FLAG_UNKNOWN There is no flag --a.', 'FLAG_VALUE_MISSING --gateway has no value: "--no-git=1" follows it.'],
    ],
  ];
  for (const [title, argv, faults] of cases) {
    it(title, async () => assert.deepEqual(await faultsOf((async () => parseFlags(argv.split(' '), flags))()), faults));
  }

  it('with what to type', () => {
    assert.throws(() => parseFlags(['--gateway'], flags), { message: /Write --gateway http\|rest\|url\./ });
    assert.throws(() => parseFlags(['--gateway', '-x'], flags), { message: /or --gateway=-x if that is the value/ });
  });
});

describe('flagOf', () => {
  const basics = { id: 'costCentre', text: 'Cost centre', fix: '' };
  const choices = ['a', 'b'].map((value) => ({ value, label: value }));
  const cases: [type: Parameters<typeof flagOf>[0]['type'], flag: Partial<Flag>][] = [
    ['text', { type: 'text' }],
    ['choice', { type: 'text', value: 'a|b' }],
    ['choices', { type: 'texts', value: 'a,b' }],
    ['list', { type: 'texts' }],
    ['yes-no', { type: 'switch' }],
  ];
  for (const [type, flag] of cases) {
    it(`spells a ${type} question`, () => {
      const question = { ...basics, type, ...(type.startsWith('choice') ? { choices } : {}) };
      assert.deepEqual(flagOf(question), { name: 'cost-centre', help: 'Cost centre', ...flag });
    });
  }

  it('does not list choices that nobody could read', () => {
    const many = Array.from({ length: 9 }, (_, index) => ({ value: `${index}`, label: '' }));
    assert.equal(flagOf({ ...basics, type: 'text', choices: many }).value, undefined);
  });
});
