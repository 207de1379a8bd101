import type { Fault } from '../error.ts';
import type { Overlay } from './overlay.ts';
import { parseTokens, walkTokens } from './template.ts';

/** Slots that the built-in templates read; they exist, empty, even where no overlay fills them. */
export const builtInSlots = [
  'makefile',
  'readme',
  'gitignore',
  'gitattributes',
  'env',
  'app-imports',
  'app-middleware',
  'route-imports',
  'routes',
  'config-imports',
  'config-variables',
  'config-fields',
  'stage-settings',
];

export interface Fragments {
  /** What `{{> NAME}}` stands for: the latest partial, or every overlay's piece of a slot. */
  readonly texts: Readonly<Record<string, string>>;
  /** Each piece where it lies, for checking. */
  readonly pieces: readonly { readonly where: string; readonly text: string }[];
  /** `FRAGMENT_CLASH` and `PARTIAL_CIRCULAR`. */
  readonly faults: readonly Fault[];
}

/** Gathers the partials and slots of all overlays, in order. */
export function collectFragments(overlays: readonly Overlay[]): Fragments {
  const partials = new Map<string, string>();
  const slots = new Map(builtInSlots.map((name) => [name, '']));
  const pieces: { where: string; text: string }[] = [];
  for (const { manifest, ...overlay } of overlays) {
    for (const [name, text] of Object.entries(overlay.partials)) {
      partials.set(name, text);
      pieces.push({ where: `${manifest.name}/partials/${name}`, text });
    }
    for (const [name, text] of Object.entries(overlay.slots)) {
      slots.set(name, (slots.get(name) ?? '') + text);
      pieces.push({ where: `${manifest.name}/slots/${name}`, text });
    }
  }
  const clashes = [...partials.keys()].filter((name) => slots.has(name)).map(clashFault);
  const texts: Record<string, string> = Object.assign(Object.create(null), Object.fromEntries([...partials, ...slots]));
  return { texts, pieces, faults: [...clashes, ...circularFaults(texts)] };
}

function clashFault(name: string): Fault {
  return {
    code: 'FRAGMENT_CLASH',
    problem: `"${name}" is a partial in one overlay and a slot in another.`,
    fix: 'A slot is added to from slots/, a partial replaced from partials/: move the file or rename it.',
  };
}

function circularFaults(texts: Readonly<Record<string, string>>): Fault[] {
  const included = new Map(Object.entries(texts).map(([name, text]) => [name, includedBy(text)]));
  const reaches = (from: string, wanted: string, seen: Set<string>): boolean =>
    (included.get(from) ?? []).some((name) => name === wanted || (!seen.has(name) && reaches(name, wanted, seen.add(name))));
  return Object.keys(texts)
    .filter((name) => reaches(name, name, new Set()))
    .map((name) => ({
      code: 'PARTIAL_CIRCULAR',
      problem: `The partial "${name}" includes itself.`,
      fix: 'Take one of the inclusions out.',
    }));
}

/** The names of the partials and slots that a template takes in. */
export function includedBy(text: string): string[] {
  const tokens = parseTokens(text, '');
  return 'problem' in tokens ? [] : Array.from(walkTokens(tokens)).flatMap(([type, name]) => (type === '>' ? [name] : []));
}
