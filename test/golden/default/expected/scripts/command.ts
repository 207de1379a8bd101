import { execFileSync } from 'node:child_process';

/** Runs a program in this terminal: it may ask, and what it says is seen as it comes. */
export function run(program: string, ...args: readonly string[]): void {
  execFileSync(program, args, { stdio: 'inherit' });
}

/** Runs a program out of sight and returns what it prints. */
export function capture(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['inherit', 'pipe', 'pipe'] }).trim();
}

/** Runs a script, whose failure is said in words, without a stack. */
export async function main(script: () => void | Promise<void>): Promise<void> {
  // Comes after a program that runs has ended: Ctrl-C reaches it too, so Terraform releases its lock first.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
  try {
    await script();
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    console.error(`\n${words.replace(/^spawnSync (\S+) ENOENT$/, '$1 is not on the PATH: install it first.')}`);
    process.exitCode = 1;
  }
}
