import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { zipSync } from 'fflate';

export interface Running {
  readonly url: string;
  /** What it has printed. */
  readonly lines: string[];
  readonly process: ChildProcess;
}

/** Starts the emulated gateway of a project, as `make gateway` does, with this source in place of the bundle. */
export async function startGateway(folder: string, source: string): Promise<Running> {
  mkdirSync(join(folder, 'dist'), { recursive: true });
  writeFileSync(join(folder, 'dist/lambda.zip'), zipSync({ 'lambda.js': Buffer.from(source) }));
  const child = spawn(process.execPath, ['scripts/gateway.ts'], {
    cwd: folder,
    env: { ...process.env, GATEWAY_PORT: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const [found] = /http:\S+/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`The gateway ended: ${lines.join('\n')}`)));
  });
  return { url, lines, process: child };
}
