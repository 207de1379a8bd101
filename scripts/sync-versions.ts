/**
 * Copies the versions of package.json into the package.json templates, so that projects are emitted with what our tests ran.
 * Run `npm run sync-versions` after raising one.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';

const root = new URL('..', import.meta.url);
const { dependencies, devDependencies } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;
const versions: Readonly<Record<string, string>> = { ...dependencies, ...devDependencies };

for (const path of globSync('templates/*/files/package.json{,.mustache}', { cwd: root })) {
  const file = new URL(path, root);
  const text = readFileSync(file, 'utf8');
  const synced = text.replaceAll(/^( *)"([^"]+)": "\^?\d[^"]*"/gm, (line, indent: string, name: string) =>
    versions[name] === undefined ? line : `${indent}"${name}": "${versions[name]}"`,
  );
  if (synced !== text) writeFileSync(file, synced);
}
