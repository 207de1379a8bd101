import { formatCondition } from '../answers/condition.ts';
import { flagName, type Choice, type Question } from '../answers/question.ts';
import { loadBuiltInOverlays } from '../project/built-in-overlays.ts';
import { loadUserOverlays } from '../project/load-overlays.ts';
import { styleFor, type Style } from '../report/style.ts';
import type { ExitCode, Terminal } from './command.ts';
import { isOn, parseFlags, textsOf, type Flag } from './parse-flags.ts';
import { questionsOf } from './prepare.ts';

export const questionsFlags: readonly Flag[] = [
  {
    name: 'overlay',
    type: 'texts',
    value: 'DIR',
    isSource: true,
    help: 'Show the questions of this overlay as well (repeatable)',
  },
  { name: 'json', type: 'switch', help: 'Print JSON' },
  { name: 'help', short: 'h', type: 'switch', help: 'Show this help' },
];

/** `tsflask questions`: every question with its flag, default and rule. */
export async function runQuestions(argv: readonly string[], { stdout, cwd }: Terminal): Promise<ExitCode> {
  const flags = parseFlags(argv, questionsFlags);
  const found = await loadUserOverlays(textsOf(flags, 'overlay'), cwd);
  const questions = questionsOf([...loadBuiltInOverlays(), ...found.map(({ overlay }) => overlay)]);
  stdout.write(
    isOn(flags, 'json') ? `${JSON.stringify(questions.map(describe), null, 2)}\n` : format(questions, styleFor(stdout)),
  );
  return 0;
}

function describe({ id, text, type, default: fallback, choices, pattern, maxLength, fix, when }: Question): object {
  return { id, flag: `--${flagName(id)}`, text, type, default: fallback, choices, pattern, maxLength, fix, when };
}

function describeChoice({ label, refused = [] }: Choice): string {
  return [label, ...refused.map(({ when }) => `not with ${formatCondition(when)}`)].join('; ');
}

function format(questions: readonly Question[], style: Style): string {
  return questions
    .map(({ id, text, type, default: fallback, choices = [], fix }) => {
      const head = `${style('cyan', `--${flagName(id)}`)}  ${text}`;
      const given = fallback === undefined ? 'must be answered' : `default: ${String(fallback) || 'none'}`;
      const menu =
        type === 'text' ? [] : choices.map((choice) => `    ${choice.value.padEnd(10)} ${style('dim', describeChoice(choice))}`);
      return [head, `    ${given}`, ...menu, ...(menu.length > 0 ? [] : [`    ${style('dim', fix)}`]), ''].join('\n');
    })
    .join('\n');
}
