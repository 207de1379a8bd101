import { builtinModules } from 'node:module';

interface Package {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The command of a package where it has another name. */
const commands: Readonly<Record<string, string>> = { typescript: 'tsc' };

/** What is brought in by the setting of another tool. */
const implied: readonly [name: string, path: string, sign: string][] = [
  ['oxlint-tsgolint', '.oxlintrc.json', '"typeAware": true'],
  ['@types/node', 'tsconfig.json', '"node"'],
  ['@types/mocha', 'tsconfig.json', '"mocha"'],
];

/** Which packages an emitted project has and does not use, uses and does not have, or has in the wrong list. */
export function dependencyFaults(files: Readonly<Record<string, string>>): string[] {
  const { scripts, dependencies, devDependencies } = JSON.parse(files['package.json'] ?? '') as Package;
  const all = new Set(Object.keys({ ...dependencies, ...devDependencies }));
  const imported = importsOf(files, /\.ts$/);
  const shipped = importsOf(files, /^src\//);
  const called = [files['Makefile'] ?? '', ...Object.values(scripts)].join('\n');
  const isUsed = (name: string): boolean =>
    imported.has(name) ||
    imported.has(name.replace('@types/', '')) ||
    new RegExp(`\\b${commands[name] ?? name}\\b`).test(called) ||
    implied.some(([tool, path, sign]) => tool === name && (files[path] ?? '').includes(sign));
  return [
    ...[...all].filter((name) => !isUsed(name)).map((name) => `${name} is not used`),
    ...[...imported].filter((name) => !all.has(name) && !all.has(`@types/${name}`)).map((name) => `${name} is missing`),
    ...Object.keys(dependencies)
      .filter((name) => !shipped.has(name))
      .map((name) => `${name} belongs to devDependencies`),
    ...[...shipped].filter((name) => name in devDependencies).map((name) => `${name} belongs to dependencies`),
  ];
}

/** Names of the packages that files import, dynamically or not. */
function importsOf(files: Readonly<Record<string, string>>, where: RegExp): Set<string> {
  const sources = Object.entries(files).filter(([path]) => where.test(path) && path.endsWith('.ts'));
  const specifiers = sources.flatMap(([, text]) =>
    Array.from(text.matchAll(/(?:\bfrom|\bimport|\bresolve|\brequire)\s*\(?\s*'([^']+)'/g), ([, specifier = '']) => specifier),
  );
  const names = specifiers.filter((specifier) => /^[@a-z][^:]*$/.test(specifier));
  return new Set(
    names.map((specifier) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '').filter((name) => !builtinModules.includes(name)),
  );
}
