import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitProject } from './emitted.ts';
import type { RawAnswers } from './emitted.ts';
import { run } from './engines.ts';
import type { Outcome } from './engines.ts';

/** The real one, but for what would serve until it is stopped. */
const nodeStub = `#!/bin/sh
case $* in
  *src/local.ts|*scripts/gateway.ts) echo "node $*" >> "\${0%/*}/calls" ;;
  *) exec '${process.execPath}' "$@" ;;
esac
`;

/** Notes how it was called, then answers as the files beside it say. */
const stub = `#!/bin/sh
here=\${0%/*}
name=\${0##*/}
line=$name
for argument; do line="$line $argument"; done
echo "$line" >> "$here/calls"
case $line in *"$STUB_FAILS_AT"*) cat "$here/stderr" >&2; exit 1 ;; esac
root=\${1#-chdir=}
case $line in
  *" init "*) mkdir -p "$root/.terraform" ;;
  *" providers lock "*) touch "$root/.terraform.lock.hcl" ;;
  *" output -json service") cat "$here/outputs.json" ;;
  *" show "*) cat "$here/plan.txt" ;;
  *" get-caller-identity "*) echo 123456789012 ;;
  *" get-alias "*) echo 7 ;;
  *" list-versions-by-function "*) printf '%s\\t' '$LATEST' 5 6 7 ;;
esac
`;

export interface Call {
  /** Answers to what is asked, a line each. */
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Part of the call that fails, and what it then says. */
  readonly fails?: readonly [at: string, stderr: string];
}

/** An emitted project whose programs are stubs, in a folder whose name has a space. */
export class StubbedProject {
  readonly folder: string;
  readonly #stubs: string;

  constructor(folder: string) {
    this.folder = join(folder, 'my project');
    this.#stubs = join(folder, 'stubs');
  }

  async emit(outputs: Readonly<Record<string, string>>, answers: RawAnswers = {}): Promise<void> {
    await emitProject(this.folder, answers);
    mkdirSync(join(this.folder, 'node_modules'));
    writeFileSync(join(this.folder, 'node_modules/.installed'), '');
    mkdirSync(this.#stubs);
    writeFileSync(join(this.#stubs, 'outputs.json'), JSON.stringify(outputs));
    for (const name of ['terraform', 'tofu', 'aws', 'npm']) this.#install(name, stub);
    this.#install('node', nodeStub);
  }

  #install(name: string, program: string): void {
    writeFileSync(join(this.#stubs, name), program);
    chmodSync(join(this.#stubs, name), 0o755);
  }

  /** What `terraform show` prints of a plan. */
  show(plan: string): void {
    writeFileSync(join(this.#stubs, 'plan.txt'), plan);
  }

  uninstall(name: string): void {
    rmSync(join(this.#stubs, name));
  }

  /** @returns how make ended, and which programs it called how */
  async make(args: readonly string[], { input = '', env = {}, fails }: Call = {}): Promise<Outcome & { calls: string[] }> {
    writeFileSync(join(this.#stubs, 'calls'), '');
    writeFileSync(join(this.#stubs, 'stderr'), fails?.[1] ?? '');
    const variables = {
      PATH: `${this.#stubs}:${env['PATH_AFTER'] ?? '/usr/bin:/bin'}`,
      STUB_FAILS_AT: fails?.[0] ?? 'nothing',
      YES: '',
      CI: '',
      ...env,
    };
    const outcome = await run(['make', ...args], this.folder, { env: variables, input });
    const calls = readFileSync(join(this.#stubs, 'calls'), 'utf8').split('\n').slice(0, -1);
    return { ...outcome, calls };
  }
}
