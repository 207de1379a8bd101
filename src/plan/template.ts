import Mustache from 'mustache';
import { didYouMean } from '../answers/nearest.ts';
import type { Fault } from '../error.ts';
import type { Item } from './view.ts';

/** Mustache's token: type, value, start, end, then a section's own tokens. */
export type Token = readonly [type: string, value: string, start: number, end: number, children?: readonly Token[]];

/** Names that a template may use. */
export interface KnownNames {
  readonly variables: ReadonlySet<string>;
  readonly fragments: ReadonlySet<string>;
  /** Whether `{{.}}` and `{{previous}}` have a value outside every section: in a file that is emitted once per value, and perhaps in a partial. */
  readonly hasItem: boolean;
}

// What mustache parsed, by template and delimiters. A Map is the cache that mustache asks for.
const parsed = new Map<string, readonly Token[]>();
const writer = Object.assign(new Mustache.Writer(), { templateCache: parsed });
const nameTypes: ReadonlySet<string> = new Set(['name', '&', '#', '^']);
const itemNames: ReadonlySet<string> = new Set(['.', 'previous']);

/**
 * Parses a template and finds every tag that names nothing, in branches that these answers do not take as well.
 * @param where - the template's path, for messages
 * @returns faults `TEMPLATE_SYNTAX`, `VARIABLE_UNKNOWN` and `PARTIAL_UNKNOWN`, each with file and line
 */
export function checkTemplate(template: string, where: string, known: KnownNames): Fault[] {
  const tokens = parseTokens(template, where);
  if ('problem' in tokens) return [tokens];
  const names = { ...known, isForeign: (start: number) => template[start - 1] === '$' };
  const unknown = Array.from(walkTokens(tokens)).flatMap((token) => checkTag(token, names) ?? []);
  const loose = known.hasItem ? [] : Array.from(walkLooseItems(tokens), looseItem);
  return [...unknown, ...loose].map(({ start, ...fault }) => ({
    ...fault,
    problem: `${where}:${lineAt(template, start)}: ${fault.problem}`,
  }));
}

/** A template's tokens, or the fault that keeps it from being one. */
export function parseTokens(template: string, where: string): readonly Token[] | Fault {
  // Mustache reads letter by letter; a text without a tag is spared it.
  if (template !== '' && !template.includes('{{')) keepTokens(template, [['text', template, 0, template.length]]);
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

/** Takes over the tokens of a template that was parsed elsewhere. */
export function keepTokens(template: string, tokens: readonly Token[]): void {
  parsed.set(`${template}:${Mustache.tags.join(':')}`, tokens);
}

/** Every token, sections and what is in them. */
export function* walkTokens(tokens: readonly Token[]): Generator<Token> {
  for (const token of tokens) {
    yield token;
    if (token[4] && typeof token[4] === 'object') yield* walkTokens(token[4]);
  }
}

/** Every `{{.}}` and `{{previous}}` that no section gives a value. */
function* walkLooseItems(tokens: readonly Token[]): Generator<Token> {
  for (const token of tokens) {
    const [type, name, , , children] = token;
    if (itemNames.has(name) && nameTypes.has(type)) yield token;
    if (type === '^' && children) yield* walkLooseItems(children);
  }
}

/** Line of a position, from 1. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

interface TagNames extends KnownNames {
  /** Whether a tag at a position follows a dollar sign. */
  readonly isForeign: (start: number) => boolean;
}

/** A fault whose problem does not say yet where in the template it is. */
type TagFault = Fault & { readonly start: number };

/** In `${{ github.ref }}` the braces are not ours. */
const foreign = 'A file that has {{ of its own, such as ${{ }}, begins with {{=<% %>=}} and writes <% name %>.';

function checkTag([type, name, start]: Token, { variables, fragments, isForeign }: TagNames): TagFault | undefined {
  if (type === '>') {
    if (fragments.has(name)) return undefined;
    return {
      code: 'PARTIAL_UNKNOWN',
      problem: `there is no partial or slot "${name}".${didYouMean(name, fragments)}`,
      fix: 'Add it to partials/ or slots/, or correct the name.',
      start,
    };
  }
  if (!nameTypes.has(type) || itemNames.has(name) || variables.has(name)) return undefined;
  return {
    code: 'VARIABLE_UNKNOWN',
    problem: `there is no variable "${name}".${didYouMean(name, variables)}`,
    fix: isForeign(start) ? foreign : 'Ask it as a question in overlay.json, or correct the name.',
    start,
  };
}

function looseItem([, name, start]: Token): TagFault {
  return {
    code: 'VARIABLE_UNKNOWN',
    problem: `{{${name}}} stands for nothing here.`,
    fix: 'Use it in a section over a list, or in a file whose path names one in brackets.',
    start,
  };
}

/** What one template is rendered with. */
export interface RenderInput {
  readonly view: object;
  /** What `{{.}}` and `{{previous}}` tell of, in a file that is emitted once per value. */
  readonly item?: Item;
  readonly fragments: Readonly<Record<string, string>>;
  readonly escape: (text: string) => string;
}

/** Renders a template that {@link checkTemplate} found no fault in. */
export function renderTemplate(template: string, { view, item, fragments, escape }: RenderInput): string {
  const context = new Mustache.Context(view).push(item ?? '');
  const escapeAny = (value: unknown): string => escape(String(value));
  return writer.render(template, context, fragments, { escape: escapeAny });
}
