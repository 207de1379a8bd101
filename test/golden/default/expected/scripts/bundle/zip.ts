import { zipSync, type ZipAttributes } from 'fflate';

import type { BundledFiles } from './bundle.ts';

/** What would else be of this machine and this moment: the time, the system, and the mode that Lambda needs to read. */
const attributes: ZipAttributes = { mtime: new Date(1980, 0, 1), os: 3, attrs: 0o100644 << 16 };

/** Packs files so that the same files give the same bytes: Lambda gets no new version when nothing changed. */
export function zip(files: BundledFiles): Uint8Array {
  const sorted = Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(Object.fromEntries(sorted.map(([name, bytes]) => [name, [bytes, attributes]])), {
    level: 9,
  });
}
