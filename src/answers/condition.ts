import { flagName, type Answer } from './question.ts';

/** Question id → the value it must have; for a list, the value it must contain. All entries must hold. */
export type Condition = Readonly<Record<string, string | boolean>>;

/** Whether every entry of a condition holds; an absent condition always does. */
export function isMet(condition: Condition | undefined, answers: Readonly<Record<string, Answer>>): boolean {
  return Object.entries(condition ?? {}).every(([id, wanted]) => {
    const answer = Object.hasOwn(answers, id) ? answers[id] : undefined;
    return Array.isArray(answer) ? answer.includes(wanted) : answer === wanted;
  });
}

/** A condition as flags: `--gateway rest and --with domain`. */
export function formatCondition(condition: Condition): string {
  const flags = Object.entries(condition).map(([id, value]) => {
    if (typeof value === 'boolean') return value ? `--${flagName(id)}` : `--no-${flagName(id)}`;
    return `--${flagName(id)} ${value}`;
  });
  return flags.join(' and ');
}
