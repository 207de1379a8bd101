import { didYouMean } from '../answers/nearest.ts';
import type { Fault } from '../error.ts';
import type { Overlay } from './overlay.ts';

const read = ['files', 'partials', 'slots'];
// What a repository has for itself.
const usual = /^(\..*|tests?|docs?|examples?|fixtures|scripts?|src|lib|bin|dist|coverage|node_modules)$/;

/** `FOLDER_UNKNOWN` for each folder that looks like one of an overlay's and is not read. */
export function misspeltFolders({ manifest, otherFolders = [] }: Overlay): Fault[] {
  return otherFolders.filter(isMisspelt).map((name) => folderUnknown(manifest.name, name));
}

/** The same for each that an overlay need not have. */
export function strangeFolders({ manifest, otherFolders = [] }: Overlay): Fault[] {
  return otherFolders.filter((name) => !isMisspelt(name) && !usual.test(name)).map((name) => folderUnknown(manifest.name, name));
}

function isMisspelt(name: string): boolean {
  return !usual.test(name) && (/^templates?$/i.test(name) || didYouMean(name.toLowerCase(), read) !== '');
}

function folderUnknown(overlay: string, name: string): Fault {
  const meant = /^templates?$/i.test(name) ? ' Did you mean files?' : didYouMean(name.toLowerCase(), read);
  return {
    code: 'FOLDER_UNKNOWN',
    problem: `${overlay}/${name}/ is not read.${meant}`,
    fix: 'What goes into a project lies in files/, partials/ and slots/.',
  };
}
