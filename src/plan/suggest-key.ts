import { didYouMean } from '../answers/nearest.ts';

// What other tools call what we call by the first word.
const synonyms: Readonly<Record<string, readonly string[]>> = {
  id: ['name', 'key', 'variable', 'flag'],
  name: ['id', 'key', 'title'],
  text: ['message', 'prompt', 'question', 'title', 'label', 'help', 'description'],
  description: ['summary', 'text', 'about'],
  default: ['initial', 'value', 'fallback'],
  choices: ['options', 'values', 'enum', 'items'],
  pattern: ['regex', 'regexp', 'validate', 'match'],
  fix: ['hint', 'error', 'errorMessage', 'advice'],
  when: ['if', 'condition', 'only'],
  type: ['kind'],
  maxLength: ['max', 'length', 'limit'],
  requires: ['version', 'engines', 'generator', 'require'],
  remove: ['delete', 'exclude', 'ignore'],
  renamed: ['rename', 'move', 'moved'],
  questions: ['prompts', 'variables', 'inputs'],
  policy: ['mode', 'strategy'],
};

/** `; did you mean X` for a key that is not known: by what other tools call it, or by its letters. */
export function suggestKey(path: readonly (string | number)[], known: readonly string[]): string {
  const key = String(path.at(-1));
  const meant = known.find((name) => synonyms[name]?.includes(key));
  if (meant !== undefined) return `: it is called "${meant}" here`;
  const near = didYouMean(key, known);
  return near === '' ? '' : `:${near.replace(/\?$/, '').replace(' Did', ' did')}?`;
}
