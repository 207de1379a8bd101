import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What became of `npm install`. */
export type InstallResult = { readonly kind: 'installed' } | { readonly kind: 'failed'; readonly message: string };

/**
 * Runs `npm install` in a project, for NODE_ENV=production too with all that its development needs. Never throws: the project stays whatever npm does.
 * @param output - where npm's own progress goes: to the terminal, or nowhere but into the failure's message
 */
export async function installDependencies(folder: string, output: 'inherit' | 'pipe'): Promise<InstallResult> {
  const child = spawn('npm', ['install', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: folder,
    // stdout may be ours to print JSON to; npm's words belong to stderr.
    stdio: ['ignore', output === 'inherit' ? 2 : 'pipe', output === 'inherit' ? 'inherit' : 'pipe'],
    // npm is a batch file on Windows.
    shell: process.platform === 'win32',
  });
  const printed: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  child.stdout?.resume();
  // Ctrl-C reaches npm as well; what is left is ours to say.
  const ignore = (): void => undefined;
  process.on('SIGINT', ignore);
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    if (code === 0) return { kind: 'installed' };
    return { kind: 'failed', message: printed.join('').trim() || `npm ended with ${signal ?? `exit code ${code}`}` };
  } catch (error) {
    return { kind: 'failed', message: (error as Error).message };
  } finally {
    process.off('SIGINT', ignore);
  }
}
