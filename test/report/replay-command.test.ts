import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import type { Answers } from '../../src/answers/answers.ts';
import type { Answer, Question } from '../../src/answers/question.ts';
import { formatReplay, formatReplayCommand, type Replay } from '../../src/report/replay-command.ts';
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

function replayOf(answers: Answers, more: Partial<Replay> = {}): string {
  return formatReplayCommand({ answers, questions, overlays: [], isComplete: true, ...more });
}

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
    it(title, () => assert.equal(replayOf({ ...defaults, ...answers }), `tsflask new demo${flags} --yes`));
  }

  it('names the overlays as they were named', () => {
    assert.equal(
      replayOf(defaults, { overlays: ['../o', 'my overlay', '-o'] }),
      "tsflask new demo --overlay ../o --overlay 'my overlay' --overlay=-o --yes",
    );
  });

  const paths: [title: string, path: string, command: string][] = [
    ['keeps the path', 'apis/demo', 'tsflask new apis/demo --yes'],
    ['names what the path does not', 'apis/other', 'tsflask new apis/other --name demo --yes'],
    ['stays in the folder that it was called in', '.', 'tsflask new . --name demo --yes'],
    ['keeps a path with spaces one word', 'my apis/demo/', "tsflask new 'my apis/demo/' --yes"],
  ];
  for (const [title, path, command] of paths) it(title, () => assert.equal(replayOf(defaults, { path }), command));

  it('goes on from questions that are open, with every answer so far', () => {
    const answers = { name: 'demo', description: 'An API' };
    assert.equal(replayOf(answers, { isComplete: false }), "tsflask new demo --description 'An API'");
  });

  it('goes on to the next line as a shell does, never within a word', () => {
    const command = "tsflask new demo --description 'It has spaces, and so on' --region eu-central-1 --yes";
    const text = formatReplay('Same again', command, { width: 40, style: (_, shown) => shown });
    const rows = text.split('\n');
    assert.ok(
      rows.every((row) => row.length <= 40),
      text,
    );
    const { stdout } = spawnSync('sh', {
      input: `tsflask() { printf '%s|' "$@"; }\n${rows.slice(1).join('\n')}\n`,
      encoding: 'utf8',
    });
    assert.equal(stdout, 'new|demo|--description|It has spaces, and so on|--region|eu-central-1|--yes|');
  });

  it('gives a shell the very words, whatever they are', () => {
    const texts = fc.array(hostileText, { minLength: 30, maxLength: 50 });
    fc.assert(
      fc.property(texts, (descriptions) => {
        const commands = descriptions.map((description) => replayOf({ ...defaults, description }));
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
