import { promptOf } from '../answers/prompt.ts';
import type { BuiltInQuestion } from '../answers/question.ts';
import { Interrupted } from '../error.ts';
import type { Prompts } from './command.ts';

type Clack = typeof import('@clack/prompts');

/** Questions in the terminal. The prompt library is loaded when the first one is asked. */
export const terminalPrompts: Prompts = {
  question: (question) => untilAnswered((clack, signal) => ask(clack, question, signal)),
  async choice(text, choices) {
    const answer = await untilAnswered(({ select }, signal) =>
      select({ message: text, options: [...choices] as { value: string; label: string }[], signal }),
    );
    return answer as (typeof choices)[number]['value'];
  },
};

const showCursor = '\u001B[?25h';

/**
 * Asks until there is an answer. Whoever comes back from Ctrl-Z finds the question again.
 * @throws {@link Interrupted} on Ctrl-C, and when the input ends, as it does on Ctrl-D
 */
async function untilAnswered(draw: (clack: Clack, signal: AbortSignal) => Promise<unknown>): Promise<unknown> {
  const clack = await import('@clack/prompts');
  for (;;) {
    const given = new AbortController();
    let isResumed = false;
    // Nothing is left to wait for although the question is open: the input has ended.
    const onEnd = (): void => given.abort();
    const onSuspend = (): void => {
      // node's readline takes the input back first, and leaves it paused.
      process.once('SIGCONT', () => {
        isResumed = true;
        setImmediate(() => given.abort());
      });
      suspend(onSuspend);
    };
    process.once('beforeExit', onEnd).on('SIGTSTP', onSuspend);
    const answer = await draw(clack, given.signal);
    process.off('beforeExit', onEnd).off('SIGTSTP', onSuspend);
    if (typeof answer !== 'symbol') return answer;
    if (!isResumed) throw new Interrupted();
  }
}

/** Stops as a program without prompts would: with its cursor in sight, and all of its group, as npx must stop with us. */
function suspend(listener: () => void): void {
  process.stdout.write(showCursor);
  process.off('SIGTSTP', listener);
  process.kill(0, 'SIGTSTP');
  process.on('SIGTSTP', listener);
}

function ask(clack: Clack, question: BuiltInQuestion, signal: AbortSignal): Promise<unknown> {
  const { message, initial, validate, search } = promptOf(question);
  const options = (question.choices ?? []).map(({ value, label }) => ({ value, label }));
  switch (question.type) {
    case 'yes-no':
      return clack.confirm({ message, initialValue: question.default === true, signal });
    case 'choice':
      return clack.select({ message, options, initialValue: initial, signal });
    case 'choices':
      return clack.multiselect({
        message,
        options,
        required: false,
        initialValues: initial === '' ? [] : initial.split(','),
        signal,
      });
    case 'list':
    case 'text': {
      if (options.length === 0) {
        return clack.text({
          message,
          defaultValue: initial,
          placeholder: initial,
          validate: (value) => validate(value || initial),
          signal,
        });
      }
      let typed = '';
      return clack.autocomplete({
        message,
        initialValue: initial,
        maxItems: 8,
        options() {
          typed = this.userInput;
          return search(typed).map(({ value, label }) => ({ value, label }));
        },
        filter: () => true,
        // Where nothing is found no value is chosen, and what was typed is no answer either.
        validate: (value) => validate(value ?? typed),
        signal,
      });
    }
  }
}
