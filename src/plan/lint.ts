import type { Question } from '../answers/question.ts';
import type { Fault } from '../error.ts';
import { collectFragments } from './fragments.ts';
import { languageOf, type Language } from './language.ts';
import { conditionFaults } from './lint-conditions.ts';
import { misspeltFolders, strangeFolders } from './lint-folders.ts';
import { languagesOfFragments, unreadFragments, type FragmentLanguages } from './lint-fragments.ts';
import { jsonFaults } from './lint-json.ts';
import { unsafeTags } from './lint-quotes.ts';
import { trialFaults } from './lint-trial.ts';
import type { Overlay } from './overlay.ts';
import { clashFaults, twinFault } from './path-clash.ts';
import { unknownList } from './renderer.ts';
import { parseTarget, unsafePath } from './target-path.ts';
import { checkTemplate, lineAt, parseTokens, walkTokens, type Token } from './template.ts';
import { createView, derivedNames } from './view.ts';

export interface LintResult {
  /** What keeps a plan from being made: `VARIABLE_UNKNOWN`, `PARTIAL_UNKNOWN`, `TEMPLATE_SYNTAX`, `PATH_UNSAFE`, …, or breaks what is planned */
  readonly errors: readonly Fault[];
  /** What is allowed but rarely meant: `VARIABLE_RAW`, `QUESTION_UNUSED`, `REMOVE_UNUSED`, `POLICY_UNUSED`. */
  readonly warnings: readonly Fault[];
}

/**
 * Checks an overlay as it lies over ours, for every answer at once.
 * @param below - ours, and any other that it is laid over
 * @param questions - those of all of them
 */
export function lintOverlay(overlay: Overlay, below: readonly Overlay[], questions: readonly Question[]): LintResult {
  const fragments = collectFragments([...below, overlay]);
  const view = createView(Object.fromEntries(questions.map(({ id }) => [id, ''])), questions);
  const known = { variables: new Set(Object.keys(view)), fragments: new Set(Object.keys(fragments.texts)) };
  const templates = templatesOf(overlay);
  const planned = new Set([...below, overlay].flatMap(targetsOf));
  const languages = languagesOfFragments([...below, overlay]);
  const errors = [
    ...fragments.faults,
    ...templates.flatMap(({ text, where, hasItem }) => checkTemplate(text, where, { ...known, hasItem })),
    ...templates.flatMap((template) => quoteFaults(template, languages, questions)),
    ...unreadFragments(overlay, languages),
    ...misspeltFolders(overlay),
    ...pathFaults(overlay, planned, questions),
    ...conditionFaults(overlay.manifest, questions),
    ...jsonFaults(overlay, below),
  ];
  // What is broken already would only be found again.
  const trial = errors.length === 0 ? trialFaults(overlay, below, questions) : [];
  return { errors: [...errors, ...trial], warnings: warningsOf(overlay, templates, planned) };
}

function warningsOf(overlay: Overlay, templates: readonly TemplateText[], planned: ReadonlySet<string>): Fault[] {
  const { manifest } = overlay;
  const tags = templates.flatMap((template) => tagsOf(template));
  const unplanned = (paths: readonly string[]): string[] => paths.filter((path) => !planned.has(path));
  return [
    ...tags.filter(({ token: [type] }) => type === '&').map(rawVariable),
    ...strangeFolders(overlay),
    ...manifest.questions
      .filter((question) => !isUsed(question, tags, overlay))
      .map(({ id }) => unusedQuestion(manifest.name, id)),
    ...unplanned(manifest.remove).map((path) => nothingThere(`${manifest.name}: remove: "${path}"`, 'REMOVE_UNUSED')),
    ...unplanned(Object.keys(manifest.files)).map((path) => nothingThere(`${manifest.name}: files: "${path}"`, 'POLICY_UNUSED')),
  ];
}

/** Each language that a template ends up in may have its own idea of where a tag stands. */
function quoteFaults(
  { text, where, name, language }: TemplateText,
  languages: FragmentLanguages,
  questions: readonly Question[],
): Fault[] {
  const tokens = parseTokens(text, where);
  if ('problem' in tokens) return [];
  const all = language === undefined ? [...(languages.get(name) ?? [])] : [language];
  return all.flatMap((each) => unsafeTags(text, tokens, { where, language: each, questions }));
}

function targetsOf({ files }: Overlay): string[] {
  return Object.keys(files).map((path) => parseTarget(path).path);
}

/** What is wrong with where the files go: unsafe, of no list, two of them in one place. */
function pathFaults({ manifest, files }: Overlay, planned: ReadonlySet<string>, questions: readonly Question[]): Fault[] {
  const lists = questions.filter(({ type }) => type === 'list' || type === 'choices').map(({ id }) => id);
  const own = new Map<string, string>();
  const faults = Object.keys(files).flatMap((templatePath) => {
    const { path, each } = parseTarget(templatePath);
    const where = `${manifest.name}/files/${templatePath}`;
    const twin = own.get(path);
    own.set(path, templatePath);
    return [
      ...unsafePath(path, where),
      ...(each === undefined || lists.includes(each) ? [] : [unknownList(each, lists, where)]),
      ...(twin === undefined ? [] : [twinFault(where, twin, path)]),
    ];
  });
  return [...faults, ...clashFaults([...planned].filter((path) => !manifest.remove.includes(path)))];
}

interface TemplateText {
  readonly name: string;
  readonly where: string;
  readonly text: string;
  readonly hasItem: boolean;
  /** That of a file; a partial or slot has those of the files that take it in. */
  readonly language?: Language;
}

interface Tag {
  readonly token: Token;
  readonly where: string;
}

function templatesOf({ manifest, files, partials, slots }: Overlay): TemplateText[] {
  const rendered = Object.entries(files).flatMap(([path, { content }]) => {
    const { isRendered, each, path: name } = parseTarget(path);
    if (!isRendered || typeof content !== 'string') return [];
    const where = `${manifest.name}/files/${path}`;
    return [{ name, where, text: content, hasItem: each !== undefined, language: languageOf(name) }];
  });
  const fragments = Object.entries({ partials, slots }).flatMap(([kind, texts]) =>
    Object.entries(texts).map(([name, text]) => ({ name, where: `${manifest.name}/${kind}/${name}`, text, hasItem: true })),
  );
  return [...rendered, ...fragments];
}

function tagsOf({ text, where }: TemplateText): Tag[] {
  const tokens = parseTokens(text, where);
  if ('problem' in tokens) return [];
  return Array.from(walkTokens(tokens), (token) => ({ token, where: `${where}:${lineAt(text, token[2])}` }));
}

/** A question earns its place by a tag, by a condition, or by a file that is emitted once per value. */
function isUsed(question: Question, tags: readonly Tag[], { manifest, files }: Overlay): boolean {
  const names = new Set([question.id, ...derivedNames(question).map(([name]) => name)]);
  if (tags.some(({ token: [type, name] }) => type !== 'text' && names.has(name))) return true;
  if (Object.keys(files).some((path) => parseTarget(path).each === question.id)) return true;
  return [manifest.when, ...manifest.questions.map(({ when }) => when)].some(
    (condition) => condition !== undefined && Object.hasOwn(condition, question.id),
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
