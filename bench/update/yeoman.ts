/** Runs a generator that writes a tree: node yeoman.ts <tree.json> <folder> <write|skip> */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestAdapter } from '@yeoman/adapter/testing';
import { createEnv } from 'yeoman-environment';
import Generator from 'yeoman-generator';
import type { Tree } from './scenarios.ts';

const [treeFile = '', folder = '', answer = ''] = process.argv.slice(2);
const tree = JSON.parse(readFileSync(treeFile, 'utf8')) as Tree;

class Template extends Generator {
  writing(): void {
    for (const [path, text] of Object.entries(tree)) this.fs.write(join(folder, path), text);
  }
}

const adapter = new TestAdapter({ mockedAnswers: { action: answer } });
const env = createEnv({ cwd: process.cwd(), adapter });
env.register(Template, { namespace: 'template:app', resolved: join(import.meta.dirname, 'template/index.js') });
await env.run(['template:app']);
