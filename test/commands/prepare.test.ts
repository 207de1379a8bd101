import assert from 'node:assert/strict';
import { flagSource, newFlags, onlyName } from '../../src/commands/new-flags.ts';
import { parseFlags } from '../../src/commands/parse-flags.ts';
import { nameSource, questionsOf } from '../../src/commands/prepare.ts';
import { defineOverlay } from '../../src/testing.ts';

const team = { id: 'team', text: 'Team', type: 'text' };

function asking(...questions: object[]): ReturnType<typeof defineOverlay> {
  return defineOverlay({ manifest: { questions } });
}

describe('questionsOf', () => {
  it('puts those of the overlays behind ours', () => {
    const ids = questionsOf([asking(team), asking({ ...team, id: 'costCentre' })]).map(({ id }) => id);
    assert.deepEqual(ids.slice(-2), ['team', 'costCentre']);
    assert.equal(ids[0], 'name');
  });

  const choices = (value: string): object => ({ ...team, type: 'choices', choices: [value] });
  const taken: [title: string, overlays: readonly object[][], problem: RegExp][] = [
    ['a question of ours', [[{ ...team, id: 'region' }]], /asks "region", but --region is taken/],
    ['a question of another overlay', [[team], [team]], /asks "team", but --team is taken/],
    ['a question of the same overlay', [[team, team]], /asks "team"/],
    ['a flag of ours', [[{ ...team, id: 'dryRun' }]], /asks "dryRun", but --dry-run is taken/],
    ['a variable of ours', [[{ ...team, id: 'minimumNode' }]], /but minimumNode is taken/],
    ['a variable that a choice of ours makes', [[{ ...team, id: 'hasGithub' }]], /but hasGithub is taken/],
    ['a choice that makes a variable of ours', [[choices('github')]], /asks "team", but hasGithub is taken/],
    [
      'a choice that makes a variable of another',
      [[choices('big-cache')], [{ ...choices('bigCache'), id: 'parts' }]],
      /asks "parts", but hasBigCache is taken/,
    ],
  ];
  for (const [title, overlays, problem] of taken) {
    it(`refuses ${title}`, () => {
      assert.throws(() => questionsOf(overlays.map((questions) => asking(...questions))), {
        code: 'QUESTION_TAKEN',
        message: problem,
      });
    });
  }
});

describe('the command line as a source of answers', () => {
  it('joins the values of a list and takes the last of a text', () => {
    const argv = [
      '--stages=dev',
      '--stages',
      'qa,prod',
      '--region=a',
      '--region=b',
      '--audited',
      '--no-public',
      '--cost-centre',
      'x',
    ];
    const questions = questionsOf([
      asking(
        { ...team, id: 'audited', type: 'yes-no' },
        { ...team, id: 'public', type: 'yes-no' },
        { ...team, id: 'costCentre' },
      ),
    ]);
    const { values, locate } = flagSource(parseFlags(argv, newFlags(questions)), questions);
    assert.deepEqual(values, { stages: 'dev,qa,prod', region: 'b', audited: true, public: false, costCentre: 'x' });
    assert.equal(locate('costCentre'), '--cost-centre');
  });

  it('takes the last part of NAME', () => {
    for (const [path, name] of [
      ['demo', 'demo'],
      ['../apis/demo/', 'demo'],
      ['.', 'here'],
    ] as const) {
      assert.deepEqual(nameSource(path, '/tmp/here').values, { name });
    }
  });

  it('takes one NAME', () => {
    assert.equal(onlyName([]), undefined);
    assert.equal(onlyName(['demo']), 'demo');
    assert.throws(() => onlyName(['demo', 'orders']), { code: 'ARGUMENT_UNEXPECTED', message: /"orders" follows "demo"/ });
  });
});
