import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { node } from '../../src/answers/node.ts';
import { renderProject } from '../../src/testing.ts';
import { writeTree } from '../temp-folder.ts';

/**
 * Brings the newest Node.js of a release line, once a machine: with the target that an emitted project has for it.
 * @returns the folder of the program
 */
export async function bringNode(line: string): Promise<string> {
  const home = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'tsflask-node', line);
  const bin = join(home, '.node/bin');
  if (existsSync(join(bin, 'node'))) return bin;
  // A project takes no Node.js that is older than the one it was made for.
  const answers = node.choices?.some(({ value }) => value === line) === true ? { node: line } : {};
  writeTree(home, { ...(await renderProject([], answers)), '.nvmrc': `${line}\n` });
  const { status, stdout, stderr } = spawnSync('make', ['.node/bin/node'], { cwd: home, encoding: 'utf8' });
  if (status !== 0) throw new Error(stdout + stderr);
  return bin;
}
