import type { Fault } from '../error.ts';
import { didYouMean } from '../answers/nearest.ts';
import { escapes } from './escape.ts';
import type { Fragments } from './fragments.ts';
import { languageOf } from './language.ts';
import type { Content, OverlayFile } from './overlay.ts';
import { parseTarget, unsafePath } from './target-path.ts';
import { checkTemplate, renderTemplate } from './template.ts';
import { toItems, type Item, type View } from './view.ts';

export interface Rendered {
  /** The template's target, with its brackets if it has some. */
  readonly path: string;
  readonly outputs: readonly { readonly path: string; readonly content: Content }[];
  /** `VARIABLE_UNKNOWN`, `PARTIAL_UNKNOWN`, `TEMPLATE_SYNTAX`, `PATH_UNSAFE` */
  readonly faults: readonly Fault[];
}

/** Turns one file of an overlay into the files it stands for: none where it has a fault, several where its path names a list. */
export type RenderFile = (templatePath: string, file: OverlayFile, where: string) => Rendered;

/** Binds what all templates of a plan share. */
export function createRenderer(view: View, fragments: Fragments): RenderFile {
  const known = { variables: new Set(Object.keys(view)), fragments: new Set(Object.keys(fragments.texts)) };
  const lists = new Map(Object.entries(view).flatMap(([id, answer]) => (Array.isArray(answer) ? [[id, toItems(answer)]] : [])));
  const seen = Object.assign(Object.create(null) as object, view, Object.fromEntries(lists));

  return (templatePath, { content }, where) => {
    const { path, isRendered, each } = parseTarget(templatePath);
    const items: readonly (Item | undefined)[] | undefined = each === undefined ? [undefined] : lists.get(each);
    if (items === undefined) return { path, outputs: [], faults: [unknownList(String(each), [...lists.keys()], where)] };
    const template = isRendered && typeof content === 'string' ? content : undefined;
    const faults = template === undefined ? [] : checkTemplate(template, where, { ...known, hasItem: each !== undefined });
    if (faults.length > 0) return { path, outputs: [], faults };
    const outputs = items.map((item) => {
      const target = item === undefined ? path : path.replaceAll(`[${each}]`, () => item.toString());
      if (template === undefined) return { path: target, content };
      const escape = escapes[languageOf(target)];
      const input = { view: seen, fragments: fragments.texts, escape, ...(item === undefined ? {} : { item }) };
      return { path: target, content: renderTemplate(template, input) };
    });
    return { path, outputs, faults: outputs.flatMap(({ path: target }) => unsafePath(target, where)) };
  };
}

/** `VARIABLE_UNKNOWN` for brackets in a path that name no question with several answers. */
export function unknownList(id: string, lists: readonly string[], where: string): Fault {
  return {
    code: 'VARIABLE_UNKNOWN',
    problem: `${where}: there is no list "${id}" to repeat the file for.${didYouMean(id, lists)}`,
    fix: 'Brackets in a path hold the id of a question with several answers.',
  };
}
