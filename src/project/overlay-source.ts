/** What `--overlay` names: a folder, a package that is installed, or a package that npm is to fetch. */
export type OverlaySource =
  | { readonly kind: 'folder'; readonly path: string }
  /** With a range, an installed package of another version will not do. */
  | { readonly kind: 'package'; readonly name: string; readonly range?: string }
  /** A tarball, a git repository or an address, as npm takes them. */
  | { readonly kind: 'spec'; readonly spec: string };

const packageName = /^(?:npm:)?((?:@[a-z0-9~][\w.~-]*\/)?[a-z0-9~][\w.~-]*)(?:@(.+))?$/;
// https://docs.npmjs.com/cli/commands/npm-install: git+ssh:, https:, github:user/repo, git@host:path, a tarball
const npmSpec = /^(?:git\+|git:|git@|https?:|github:|gitlab:|bitbucket:|gist:|file:)|\.(?:tgz|tar\.gz)$/;

/** Reads what `--overlay` names. What could be a folder as well as a package is both: the folder is looked for first. */
export function parseOverlaySource(text: string): readonly OverlaySource[] {
  if (npmSpec.test(text)) return [{ kind: 'spec', spec: text }];
  const [, name, range] = packageName.exec(text) ?? [];
  const folder = { kind: 'folder', path: text } as const;
  if (name === undefined) return [folder];
  return [folder, { kind: 'package', name, ...(range === undefined ? {} : { range }) }];
}
