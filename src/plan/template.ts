import Mustache from 'mustache';
import { didYouMean } from '../answers/nearest.ts';
import type { Fault } from '../error.ts';

/** Mustache's token: type, value, start, end, then a section's own tokens. */
export type Token = readonly [type: string, value: string, start: number, end: number, children?: readonly Token[]];

/** Names that a template may use. */
export interface KnownNames {
  readonly variables: ReadonlySet<string>;
  readonly fragments: ReadonlySet<string>;
}

const writer = new Mustache.Writer();

/**
 * Parses a template and finds every tag that names nothing, in branches that these answers do not take as well.
 * @param where - the template's path, for messages
 * @returns faults `TEMPLATE_SYNTAX`, `VARIABLE_UNKNOWN` and `PARTIAL_UNKNOWN`, each with file and line
 */
export function checkTemplate(template: string, where: string, known: KnownNames): Fault[] {
  const tokens = parseTokens(template, where);
  if ('problem' in tokens) return [tokens];
  return Array.from(walkTokens(tokens), ([type, name, start]) =>
    checkTag([type, name], known, `${where}:${lineAt(template, start)}`),
  ).flatMap((fault) => fault ?? []);
}

/** A template's tokens, or the fault that keeps it from being one. */
export function parseTokens(template: string, where: string): readonly Token[] | Fault {
  try {
    return writer.parse(template);
  } catch (error) {
    const { message } = error as Error;
    const [, what = message, at] = /^(.*) at (\d+)$/.exec(message) ?? [];
    return {
      code: 'TEMPLATE_SYNTAX',
      problem: `${where}:${lineAt(template, Number(at ?? 0))}: ${what}.`,
      fix: 'Close every tag and section.',
    };
  }
}

/** Every token, sections and what is in them. */
export function* walkTokens(tokens: readonly Token[]): Generator<Token> {
  for (const token of tokens) {
    yield token;
    if (token[4] && typeof token[4] === 'object') yield* walkTokens(token[4]);
  }
}

/** Line of a position, from 1. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

function checkTag(
  [type, name]: readonly [string, string],
  { variables, fragments }: KnownNames,
  where: string,
): Fault | undefined {
  if (type === '>') {
    if (fragments.has(name)) return undefined;
    return {
      code: 'PARTIAL_UNKNOWN',
      problem: `${where}: there is no partial or slot "${name}".${didYouMean(name, fragments)}`,
      fix: 'Add it to partials/ or slots/, or correct the name.',
    };
  }
  const isName = type === 'name' || type === '&' || type === '#' || type === '^';
  if (!isName || name === '.' || variables.has(name)) return undefined;
  return {
    code: 'VARIABLE_UNKNOWN',
    problem: `${where}: there is no variable "${name}".${didYouMean(name, variables)}`,
    fix: 'Ask it as a question in overlay.json, or correct the name.',
  };
}

/** What one template is rendered with. */
export interface RenderInput {
  readonly view: object;
  /** The value of `{{.}}`, in a file that is emitted once per value. */
  readonly item?: string;
  readonly fragments: Readonly<Record<string, string>>;
  readonly escape: (text: string) => string;
}

/** Renders a template that {@link checkTemplate} found no fault in. */
export function renderTemplate(template: string, { view, item, fragments, escape }: RenderInput): string {
  const root = new Mustache.Context(view);
  const context = item === undefined ? root : root.push(item);
  const escapeAny = (value: unknown): string => escape(String(value));
  return writer.render(template, context, fragments, { escape: escapeAny });
}
