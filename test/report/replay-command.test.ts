import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import type { Answers } from '../../src/answers/answers.ts';
import type { Answer, Question } from '../../src/answers/question.ts';
import { formatReplayCommand } from '../../src/report/replay-command.ts';
import { hostileText, nastyTexts } from '../plan/hostile-text.ts';

const basics = { text: '', fix: '' };
const questions: readonly Question[] = [
  { ...basics, id: 'name', type: 'text' },
  { ...basics, id: 'description', type: 'text', default: 'An API' },
  { ...basics, id: 'stages', type: 'list', default: ['dev', 'prod'] },
  { ...basics, id: 'costCentre', type: 'text', default: '' },
  { ...basics, id: 'audited', type: 'yes-no', default: false },
  { ...basics, id: 'auditor', type: 'text', when: { audited: true } },
  { ...basics, id: 'public', type: 'yes-no', default: true },
];
const defaults: Answers = {
  name: 'demo',
  description: 'An API',
  stages: ['dev', 'prod'],
  costCentre: '',
  audited: false,
  public: true,
};

describe('the replay command', () => {
  const cases: [title: string, answers: Readonly<Record<string, Answer>>, flags: string][] = [
    ['leaves out what is a default', {}, ''],
    ['quotes what a shell would take apart', { description: "Bob's $HOME" }, ` --description 'Bob'\\''s $HOME'`],
    ['leaves a plain word as it is', { description: 'api/v1.2@x:y' }, ' --description api/v1.2@x:y'],
    [
      'ties a value that begins with a dash to its flag',
      { description: '-x y', costCentre: '-1' },
      " --description='-x y' --cost-centre=-1",
    ],
    ['joins a list by commas', { stages: ['dev', 'qa'] }, ' --stages dev,qa'],
    ['spells no list at all', { stages: [] }, " --stages=''"],
    ['turns switches on and off', { audited: true, auditor: 'Bob', public: false }, ' --audited --auditor Bob --no-public'],
  ];
  for (const [title, answers, flags] of cases) {
    it(title, () =>
      assert.equal(formatReplayCommand({ ...defaults, ...answers }, questions, []), `tsflask new demo${flags} --yes`),
    );
  }

  it('names the overlays as they were named', () => {
    assert.equal(
      formatReplayCommand(defaults, questions, ['../o', 'my overlay', '-o']),
      "tsflask new demo --overlay ../o --overlay 'my overlay' --overlay=-o --yes",
    );
  });

  it('gives a shell the very words, whatever they are', () => {
    const texts = fc.array(hostileText, { minLength: 30, maxLength: 50 });
    fc.assert(
      fc.property(texts, (descriptions) => {
        const commands = descriptions.map((description) => formatReplayCommand({ ...defaults, description }, questions, []));
        // Each command becomes a call of a function that prints its words.
        const script = `tsflask() { printf '%s\\0' "$@"; printf 'END\\0'; }\n${commands.join('\n')}\n`;
        const { stdout } = spawnSync('sh', { input: script, encoding: 'utf8' });
        const calls = stdout.split('END\0').slice(0, -1);
        assert.deepEqual(
          calls.map((call) => call.split('\0').slice(2, -2).join('\0')),
          descriptions.map((description) =>
            description.startsWith('-') ? `--description=${description}` : `--description\0${description}`,
          ),
        );
      }),
      { numRuns: 5, examples: [[[...nastyTexts]]] },
    );
  });
});
