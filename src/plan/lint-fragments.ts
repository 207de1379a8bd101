import { didYouMean } from '../answers/nearest.ts';
import type { Fault } from '../error.ts';
import { builtInSlots, includedBy } from './fragments.ts';
import { languageOf, type Language } from './language.ts';
import type { Overlay } from './overlay.ts';
import { parseTarget } from './target-path.ts';

/** The languages of the files that a partial or slot ends up in, by its name; one that no file reads is not in it. */
export type FragmentLanguages = ReadonlyMap<string, ReadonlySet<Language>>;

/** Follows every inclusion, from files through partials and slots. */
export function languagesOfFragments(overlays: readonly Overlay[]): FragmentLanguages {
  const bodies = new Map<string, string[]>();
  for (const { partials, slots } of overlays) {
    for (const [name, text] of Object.entries({ ...partials, ...slots })) bodies.set(name, [...(bodies.get(name) ?? []), text]);
  }
  const languages = new Map<string, Set<Language>>();
  const follow = (text: string, language: Language): void => {
    for (const name of includedBy(text)) {
      const known = languages.get(name) ?? new Set();
      if (known.has(language)) continue;
      languages.set(name, known.add(language));
      for (const body of bodies.get(name) ?? []) follow(body, language);
    }
  };
  for (const { files } of overlays) {
    for (const [path, { content }] of Object.entries(files)) {
      const target = parseTarget(path);
      if (target.isRendered && typeof content === 'string') follow(content, languageOf(target.path));
    }
  }
  return languages;
}

/** `FRAGMENT_UNREAD` for every partial and slot that no file takes in, which is most often one misspelt. */
export function unreadFragments({ manifest, partials, slots }: Overlay, read: FragmentLanguages): Fault[] {
  const known = new Set([...read.keys(), ...builtInSlots]);
  const named = [
    ...Object.keys(partials).map((name) => ['partials', name]),
    ...Object.keys(slots).map((name) => ['slots', name]),
  ];
  return named
    .filter(([, name = '']) => !known.has(name))
    .map(([kind, name = '']) => ({
      code: 'FRAGMENT_UNREAD',
      problem: `${manifest.name}/${kind}/${name}: no template reads it.${didYouMean(name, known)}`,
      fix: `Correct the name, or write {{> ${name}}} in a template; lay another overlay that reads it below with --overlay.`,
    }));
}
