import assert from 'node:assert/strict';
import { join } from 'node:path';
import Generator from 'yeoman-generator';
import { readTree, useTempFolder } from '../temp-folder.ts';
import { createEnvironment, generatorFile } from './run-generator.ts';

/** A generator of somebody else's, which lays a line of its own over our project. */
class Parent extends Generator {
  async initializing(): Promise<void> {
    const options = { yes: 'true', skipInstall: 'true', git: false, quiet: true };
    await this.composeWith({ Generator: (await import('../../generators/app/index.ts')).default, path: generatorFile }, {
      generatorArgs: ['demo'],
      generatorOptions: options,
    } as never);
  }

  writing(): void {
    const path = join(this.destinationRoot(), 'demo/package.json');
    this.fs.extendJSON(path, { license: 'MIT' });
  }
}

describe('yo tsflask, composed by another generator', () => {
  const folder = useTempFolder();

  it('has its files ready when the other one writes, and takes switches as texts', async () => {
    const { env } = createEnvironment({ cwd: folder() });
    env.register(Parent, { namespace: 'parent:app', resolved: join(folder(), 'parent/index.js') });
    await env.run(['parent:app'], { force: true });
    const tree = readTree(join(folder(), 'demo'));
    const { name, license } = JSON.parse(tree['package.json'] ?? '') as Record<string, unknown>;
    assert.deepEqual([name, license], ['demo', 'MIT']);
    assert.ok('.tsflask/manifest.json' in tree);
  });
});
