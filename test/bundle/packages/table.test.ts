import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { renderProject } from '../../../src/testing.ts';
import { table } from './table.ts';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Readonly<Record<string, string>> };

describe('the table of packages', () => {
  it('has at least sixty packages, each of package.json and nothing else', async () => {
    const emitted = await Promise.all([renderProject([]), renderProject([], { framework: 'express' })]);
    const ours = emitted.flatMap((files) => Object.keys(dependenciesOf(files['package.json'])));
    const used = table.flatMap((line) => [
      ...line.packages,
      ...('layer' in line && line.layer !== undefined ? line.layer.packages : []),
      ...(line.prepare === undefined ? [] : [line.prepare[0].split('/')[0] ?? '']),
    ]);
    assert.ok(new Set(used).size >= 60);
    const installed = Object.keys(dependencies);
    assert.deepEqual(
      used.filter((name) => !installed.includes(name)),
      [],
    );
    assert.deepEqual(
      installed.filter((name) => !used.includes(name) && !ours.includes(name)),
      [],
    );
  });

  it('has a name of its own for each line', () => {
    assert.equal(new Set(table.map(({ name }) => name)).size, table.length);
  });

  for (const framework of ['koa', 'express']) {
    it(`installs what a project with ${framework} depends on, in the same versions`, async () => {
      const emitted = dependenciesOf((await renderProject([], { framework }))['package.json']);
      const missing = Object.entries(emitted).filter(([name, version]) => dependencies[name] !== version);
      assert.deepEqual(
        missing.filter(([name]) => !isTool(name)),
        [],
      );
    });
  }

  it("names no registry in its lock, so that it is installed from everybody's own", () => {
    assert.doesNotMatch(read('package-lock.json'), /"resolved"/);
  });
});

/** Both kinds, by name. */
function dependenciesOf(manifest = '{}'): Readonly<Record<string, string>> {
  const { dependencies: own, devDependencies: tools } = JSON.parse(manifest) as Record<string, Readonly<Record<string, string>>>;
  return { ...own, ...tools };
}

/** What checks and tests a project; no bundle needs it. */
function isTool(name: string): boolean {
  return name.startsWith('@types/') || ['mocha', 'oxfmt', 'oxlint', 'oxlint-tsgolint', 'typescript'].includes(name);
}
