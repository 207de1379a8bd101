import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('..', import.meta.url));

describe('our own sources', () => {
  for (const script of ['format:check', 'lint', 'types']) {
    it(`pass npm run ${script}`, () => {
      // What it finds is in its output, which shows.
      execFileSync('npm', ['run', '--silent', script], { cwd, stdio: ['ignore', 2, 'inherit'] });
    }).timeout(60_000);
  }
});
