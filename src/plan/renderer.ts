import type { Fault } from '../error.ts';
import { didYouMean } from '../answers/nearest.ts';
import { escapes } from './escape.ts';
import type { Fragments } from './fragments.ts';
import { languageOf } from './language.ts';
import type { Content, OverlayFile } from './overlay.ts';
import { parseTarget, unsafePath } from './target-path.ts';
import { checkTemplate, renderTemplate } from './template.ts';
import type { View } from './view.ts';

export interface Rendered {
  readonly outputs: readonly { readonly path: string; readonly content: Content }[];
  /** `VARIABLE_UNKNOWN`, `PARTIAL_UNKNOWN`, `TEMPLATE_SYNTAX`, `PATH_UNSAFE` */
  readonly faults: readonly Fault[];
}

/** Turns one file of an overlay into the files it stands for: none where it has a fault, several where its path names a list. */
export type RenderFile = (templatePath: string, file: OverlayFile, where: string) => Rendered;

/** Binds what all templates of a plan share. */
export function createRenderer(view: View, fragments: Fragments): RenderFile {
  const known = { variables: new Set(Object.keys(view)), fragments: new Set(Object.keys(fragments.texts)) };
  const lists = Object.keys(view).filter((id) => Array.isArray(view[id]));

  return (templatePath, { content }, where) => {
    const { path, isRendered, each } = parseTarget(templatePath);
    if (each !== undefined && !lists.includes(each)) return { outputs: [], faults: [unknownList(each, lists, where)] };
    const template = isRendered && typeof content === 'string' ? content : undefined;
    const faults = template === undefined ? [] : checkTemplate(template, where, known);
    if (faults.length > 0) return { outputs: [], faults };
    const items = each === undefined ? [undefined] : (view[each] as readonly string[]);
    const outputs = items.map((item) => {
      const target = item === undefined ? path : path.replace(`[${each}]`, item);
      const escape = escapes[languageOf(target)];
      const input = { view, fragments: fragments.texts, escape, ...(item === undefined ? {} : { item }) };
      return { path: target, content: template === undefined ? content : renderTemplate(template, input) };
    });
    return { outputs, faults: outputs.flatMap(({ path: target }) => unsafePath(target, where)) };
  };
}

function unknownList(id: string, lists: readonly string[], where: string): Fault {
  return {
    code: 'VARIABLE_UNKNOWN',
    problem: `${where}: there is no list "${id}" to repeat the file for.${didYouMean(id, lists)}`,
    fix: 'Brackets in a path hold the id of a question with several answers.',
  };
}
