import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderProject } from '../../src/testing.ts';
import { writeTree } from '../temp-folder.ts';

/** Runs the real one after it was told which version to say it is. */
const node = `#!/bin/sh
[ "$1" = -v ] && set -- -p process.version
exec '${process.execPath}' --require "\${0%/*}/version.cjs" "$@"
`;

const version = (number: string): string => `
Object.defineProperty(process, 'version', { value: 'v${number}' });
Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${number}' } });
`;

/** Notes how it was called, and on which node; packs a node of its own. */
const npm = `#!/bin/sh
here=\${0%/*}
echo "npm $*" >> "$here/calls"
command -v node > "$here/node-of-npm"
case "npm $*" in "$NPM_FAILS_AT"*) exit 1 ;; esac
case $1 in pack) tar -czf .node/node.tgz -C "$here" package ;; esac
`;

export interface MakeOutcome {
  readonly code: number | null;
  readonly output: string;
  /** Of npm, in order. */
  readonly calls: readonly string[];
}

/** An emitted project on a machine whose Node.js says that it is of some version, and whose npm does next to nothing. */
export class MachineWithNode {
  readonly project: string;
  readonly #programs: string;

  constructor(folder: string) {
    this.project = join(folder, 'my project');
    this.#programs = join(folder, 'programs');
  }

  async emit(answers: Readonly<Record<string, unknown>> = {}): Promise<void> {
    writeTree(this.project, await renderProject([], answers));
    writeTree(this.#programs, { node, npm, 'package/bin/node': `#!/bin/sh\nexec '${process.execPath}' "$@"\n` });
    for (const name of ['node', 'npm', 'package/bin/node']) chmodSync(join(this.#programs, name), 0o755);
  }

  make(target: string, nodeVersion: string, env: NodeJS.ProcessEnv = {}): MakeOutcome {
    writeTree(this.#programs, { 'version.cjs': version(nodeVersion), calls: '' });
    const { status, stdout, stderr } = spawnSync('make', [target], {
      cwd: this.project,
      encoding: 'utf8',
      env: { PATH: `${this.#programs}:/usr/bin:/bin`, NPM_FAILS_AT: 'nothing', ...env },
    });
    const calls = readFileSync(join(this.#programs, 'calls'), 'utf8').split('\n').slice(0, -1);
    return { code: status, output: stdout + stderr, calls };
  }

  /** The node that the last npm ran on. */
  get nodeOfNpm(): string {
    return readFileSync(join(this.#programs, 'node-of-npm'), 'utf8').trim();
  }

  has(path: string): boolean {
    return existsSync(join(this.project, path));
  }
}
