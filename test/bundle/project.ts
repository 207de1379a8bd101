import { spawnSync } from 'node:child_process';
import {
  existsSync,
  globSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { renderProject } from '../../src/testing.ts';
import { type Tree, writeTree } from '../temp-folder.ts';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const event: unknown = JSON.parse(readFileSync(new URL('../doors/fixtures/http.json', import.meta.url), 'utf8'));

export interface ProjectOptions {
  /** The body of `(ctx) => { … }` by path; what it imports stands above. */
  readonly routes?: Readonly<Record<string, string>>;
  readonly imports?: string;
  readonly files?: Tree;
  /** Laid into node_modules and named as dependencies, by name; a package.json is made where none is given. */
  readonly packages?: Readonly<Record<string, Tree>>;
  /** Over the emitted package.json. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly answers?: Readonly<Record<string, unknown>>;
}

export interface Run {
  readonly status: number | null;
  readonly output: string;
}

/** Emits a project with routes and packages of a test, in a folder that is there until the tests have run. */
export async function emitProject(options: ProjectOptions): Promise<string> {
  const folder = makeFolder();
  const { routes = {}, imports = '', files = {}, packages = {}, answers = {} } = options;
  const emitted = await renderProject([], answers);
  const manifest = JSON.parse(emitted['package.json'] ?? '') as { dependencies: object };
  const added = Object.fromEntries(Object.keys(packages).map((name) => [name, '*']));
  const dependencies = { ...manifest.dependencies, ...added };
  writeTree(folder, {
    ...Object.fromEntries(Object.entries(emitted).filter(([path]) => /^(src|scripts|test|tsconfig)/.test(path))),
    'package.json': JSON.stringify({ ...manifest, dependencies, ...options.manifest }),
    'src/routes/trial.ts': formatRoutes(imports, routes),
    'src/routes/index.ts': `
      import { health } from './health.ts';
      import { hello } from './hello.ts';
      import { trial } from './trial.ts';
      export const routes = [health, hello, trial];`,
    ...files,
  });
  installPackages(folder, packages);
  return folder;
}

function formatRoutes(imports: string, routes: Readonly<Record<string, string>>): string {
  const lines = Object.entries(routes).map(([path, body]) => `router.get('${path}', async (ctx) => { ${body} });`);
  return `
    import { Router } from '@koa/router';
    ${imports}
    export function trial() {
      const router = new Router();
      ${lines.join('\n      ')}
      return router;
    }`;
}

/** What a project imports is linked to our own; packages of a test lie there as npm would lay them. */
function installPackages(folder: string, packages: Readonly<Record<string, Tree>>): void {
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(modules).filter((entry) => !entry.startsWith('.')))
    if (packages[name] === undefined) symlinkSync(join(modules, name), join(folder, 'node_modules', name));
  for (const [name, files] of Object.entries(packages)) {
    const manifest = JSON.stringify({ name, version: '1.0.0' });
    mkdirSync(join(folder, 'node_modules', dirname(name)), { recursive: true });
    writeTree(join(folder, 'node_modules', name), { 'package.json': manifest, ...files });
  }
  if (Object.keys(packages).length > 0) writeLock(folder);
}

/** Writes what npm would, but of packages of a test alone: of those that lie there, and of links to members of a workspace. */
export function writeLock(folder: string): void {
  const paths = globSync(['{,*/*/}node_modules/{*,@*/*}', 'node_modules/*/node_modules/*', '{apps,libs}/*'], { cwd: folder });
  const entries = paths.flatMap((path) => {
    const isLink = lstatSync(join(folder, path)).isSymbolicLink();
    const target = relative(folder, realpathSync(join(folder, path)));
    if (isLink) return target.startsWith('..') ? [] : [[path, { resolved: target, link: true }]];
    const manifest = join(folder, path, 'package.json');
    return existsSync(manifest) ? [[path, JSON.parse(readFileSync(manifest, 'utf8'))]] : [];
  });
  const packages = { '': {}, ...(Object.fromEntries(entries) as object) };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, requires: true, packages }));
}

const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder of its own for a test, gone when mocha ends. */
export function makeFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsflask-bundle-')));
  folders.push(folder);
  return folder;
}

/** Runs what `make bundle` runs. */
export function bundle(folder: string, env: NodeJS.ProcessEnv = process.env): Run {
  return runNode(folder, [join(folder, 'scripts/bundle.ts')], env);
}

function runNode(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env: { ...env, NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

type Answers = Readonly<Record<string, unknown>>;

/** Loads the zip as the project does, and asks its handler, in a process of its own. */
export function askZip(folder: string, paths: readonly string[]): Answers {
  const zip = pathToFileURL(join(folder, 'scripts/bundle/zip.ts')).href;
  return ask(folder, `import('${zip}').then((zip) => zip.loadBundle())`, paths);
}

/** Asks the handler of the sources, which no bundler has seen. */
export function askSources(folder: string, paths: readonly string[]): Answers {
  return ask(folder, `import('${pathToFileURL(join(folder, 'src/lambda.ts')).href}').then(({ handler }) => handler)`, paths);
}

function ask(folder: string, load: string, paths: readonly string[]): Answers {
  const code = program.replace('LOAD', load);
  const { output } = runNode(folder, ['-e', code, JSON.stringify(event), ...paths], { PATH: process.env['PATH'] });
  const answers = /^answers:(.*)$/m.exec(output)?.[1];
  if (answers === undefined) throw new Error(output);
  return JSON.parse(answers) as Answers;
}

/** Runs what `make doors` runs, on the zip that is there. */
export function testZip(folder: string): Run {
  const mocha = join(modules, 'mocha/bin/mocha.js');
  return runNode(folder, [mocha, 'test/doors.test.ts'], { ...process.env, DOORS: 'zip' });
}

const program = `
const [, template, ...paths] = process.argv;
LOAD.then(async (handler) => {
  const answers = {};
  for (const path of paths) {
    const event = JSON.parse(template);
    const http = { ...event.requestContext.http, method: 'GET', path };
    const headers = { host: 'api.example.com' };
    const request = { ...event, rawPath: path, headers, body: undefined, requestContext: { ...event.requestContext, http } };
    const { statusCode, body, isBase64Encoded } = await handler(request, { awsRequestId: 'one', getRemainingTimeInMillis: () => 9000 });
    const text = isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
    if (statusCode === 500) console.error(path, text);
    try { answers[path] = JSON.parse(text); } catch { answers[path] = text; }
  }
  console.log('\\nanswers:' + JSON.stringify(answers));
  process.exit();
});`;
