import type { Question } from '../answers/question.ts';
import type { Fault } from '../error.ts';
import { collectFragments } from './fragments.ts';
import type { Overlay } from './overlay.ts';
import { parseTarget, unsafePath } from './target-path.ts';
import { checkTemplate, lineAt, parseTokens, walkTokens, type Token } from './template.ts';
import { createView } from './view.ts';

export interface LintResult {
  /** What keeps a plan from being made: `VARIABLE_UNKNOWN`, `PARTIAL_UNKNOWN`, `TEMPLATE_SYNTAX`, `PATH_UNSAFE`, … */
  readonly errors: readonly Fault[];
  /** What is allowed but rarely meant: `VARIABLE_RAW`, `QUESTION_UNUSED`, `REMOVE_UNUSED`, `POLICY_UNUSED`. */
  readonly warnings: readonly Fault[];
}

/**
 * Checks an overlay as it lies over ours, for every answer at once.
 * @param questions - ours and the overlay's
 */
export function lintOverlay(overlay: Overlay, builtIn: readonly Overlay[], questions: readonly Question[]): LintResult {
  const { manifest } = overlay;
  const fragments = collectFragments([...builtIn, overlay]);
  const view = createView(Object.fromEntries(questions.map(({ id }) => [id, ''])), questions, '');
  const known = { variables: new Set(Object.keys(view)), fragments: new Set(Object.keys(fragments.texts)) };
  const templates = templatesOf(overlay);
  const tags = templates.flatMap((template) => tagsOf(template));
  const paths = Object.keys(overlay.files).map((path) => parseTarget(path).path);
  const planned = new Set([
    ...builtIn.flatMap(({ files }) => Object.keys(files).map((path) => parseTarget(path).path)),
    ...paths,
  ]);
  return {
    errors: [
      ...fragments.faults,
      ...templates.flatMap(({ text, where }) => checkTemplate(text, where, known)),
      ...paths.flatMap((path) => unsafePath(path, `${manifest.name}/files`)),
    ],
    warnings: [
      ...tags.filter(({ token: [type] }) => type === '&').map(rawVariable),
      ...manifest.questions.filter(({ id }) => !isUsed(id, tags, overlay)).map(({ id }) => unusedQuestion(manifest.name, id)),
      ...manifest.remove
        .filter((path) => !planned.has(path))
        .map((path) => nothingThere(`${manifest.name}: remove: "${path}"`, 'REMOVE_UNUSED')),
      ...Object.keys(manifest.files)
        .filter((path) => !planned.has(path))
        .map((path) => nothingThere(`${manifest.name}: files: "${path}"`, 'POLICY_UNUSED')),
    ],
  };
}

interface TemplateText {
  readonly where: string;
  readonly text: string;
}

interface Tag {
  readonly token: Token;
  readonly where: string;
}

function templatesOf({ manifest, files, partials, slots }: Overlay): TemplateText[] {
  const rendered = Object.entries(files).flatMap(([path, { content }]) =>
    typeof content === 'string' && parseTarget(path).isRendered
      ? [{ where: `${manifest.name}/files/${path}`, text: content }]
      : [],
  );
  const fragments = Object.entries(partials).map(([name, text]) => ({ where: `${manifest.name}/partials/${name}`, text }));
  return [
    ...rendered,
    ...fragments,
    ...Object.entries(slots).map(([name, text]) => ({ where: `${manifest.name}/slots/${name}`, text })),
  ];
}

function tagsOf({ text, where }: TemplateText): Tag[] {
  const tokens = parseTokens(text, where);
  if ('problem' in tokens) return [];
  return Array.from(walkTokens(tokens), (token) => ({ token, where: `${where}:${lineAt(text, token[2])}` }));
}

/** A question earns its place by a tag, by a condition, or by a file that is emitted once per value. */
function isUsed(id: string, tags: readonly Tag[], { manifest, files }: Overlay): boolean {
  const isDerived = new RegExp(`^(is|has)${id[0]!.toUpperCase()}${id.slice(1)}`);
  const choices = manifest.questions.find((question) => question.id === id)?.choices ?? [];
  const hasNames = choices.map(({ value }) => `has${value[0]!.toUpperCase()}${value.slice(1)}`);
  if (tags.some(({ token: [type, name] }) => type !== 'text' && (name === id || isDerived.test(name) || hasNames.includes(name))))
    return true;
  if (Object.keys(files).some((path) => parseTarget(path).each === id)) return true;
  return [manifest.when, ...manifest.questions.map(({ when }) => when)].some(
    (condition) => condition !== undefined && id in condition,
  );
}

function rawVariable({ token: [, name], where }: Tag): Fault {
  return {
    code: 'VARIABLE_RAW',
    problem: `${where}: {{{${name}}}} is not escaped.`,
    fix: `Write {{${name}}} unless the answer is code.`,
  };
}

function unusedQuestion(overlay: string, id: string): Fault {
  return {
    code: 'QUESTION_UNUSED',
    problem: `${overlay}: the answer to "${id}" is used nowhere.`,
    fix: 'Use it in a template, or take the question out.',
  };
}

function nothingThere(where: string, code: string): Fault {
  return { code, problem: `${where} names a file that no overlay plans.`, fix: 'Correct the path.' };
}
