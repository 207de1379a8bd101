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
  *" head-bucket "*) echo "\${STUB_REGION:-eu-west-1}" ;;
  *" list-open-id-connect-providers "*) printf '%s' "$STUB_PROVIDER" ;;
  *" get-account "*) echo "\${STUB_API_ROLE:-None}" ;;
  *" get-caller-identity "*) echo 123456789012 ;;
  *" list-versions-by-function --function-name demo-dev-jobs "*) cat "$here/jobs.json" ;;
  *" get-function-configuration "*) printf '{"CodeSha256":"code of %s"}' "\${10}" ;;
  *" update-alias --function-name demo-dev-jobs "*) ;;
  *" get-alias "*) cat "$here/alias.json" ;;
  *" update-alias "*)
    for argument; do
      case $before in
        --function-version) version=$argument ;;
        --routing-config) routing=$argument ;;
        --description) description=$argument ;;
      esac
      before=$argument
    done
    printf '{"FunctionVersion":"%s","Description":"%s","RoutingConfig":%s}' "$version" "$description" "$routing" > "$here/alias.json" ;;
  *" invoke "*) for file; do :; done; cat "$here/invoked.json" > "$file" ;;
  *" describe-alarms "*) if grep -q -- "$STUB_ALARM_AT" "$here/alias.json"; then echo '["demo-dev/errors"]'; else echo '[]'; fi ;;
  *" list-versions-by-function "*) echo '"5, 6, 7"' ;;
esac
`;

/** What Terraform tells of a stage whose version 8 was published last, as its output `service`. */
export function outputsOf(url: string): Readonly<Record<string, unknown>> {
  return {
    url,
    region: 'eu-west-1',
    function_name: 'demo-dev',
    function_version: '8',
    alias_name: 'live',
    log_group_name: '/demo/dev/function',
    alarm_names: ['demo-dev/errors'],
  };
}

export interface Call {
  /** Answers to what is asked, a line each. */
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Part of the call that fails, and what it then says. */
  readonly fails?: readonly [at: string, stderr: string];
}

/** As `aws lambda get-alias` tells of it. */
export interface Alias {
  readonly FunctionVersion: string;
  readonly Description?: string;
  readonly RoutingConfig?: { readonly AdditionalVersionWeights: Readonly<Record<string, number>> };
}

/** An emitted project whose programs are stubs, in a folder whose name has a space. */
export class StubbedProject {
  readonly folder: string;
  readonly #stubs: string;

  constructor(folder: string) {
    this.folder = join(folder, 'my project');
    this.#stubs = join(folder, 'stubs');
  }

  async emit(outputs: Readonly<Record<string, unknown>>, answers: RawAnswers = {}): Promise<void> {
    await emitProject(this.folder, answers);
    mkdirSync(join(this.folder, 'node_modules'));
    writeFileSync(join(this.folder, 'node_modules/.installed'), '');
    mkdirSync(this.#stubs);
    writeFileSync(join(this.#stubs, 'outputs.json'), JSON.stringify(outputs));
    this.answerAs(200);
    this.alias = { FunctionVersion: '7' };
    const versions = ['$LATEST:8', '11:6', '12:7', '13:7', '14:8'].map((text) => text.split(':'));
    const jobs = { Versions: versions.map(([Version, code = '']) => ({ Version, CodeSha256: `code of ${code}` })) };
    writeFileSync(join(this.#stubs, 'jobs.json'), JSON.stringify(jobs));
    for (const name of ['terraform', 'tofu', 'aws', 'npm']) this.#install(name, stub);
    this.#install('node', nodeStub);
  }

  #install(name: string, program: string): void {
    writeFileSync(join(this.#stubs, name), program);
    chmodSync(join(this.#stubs, name), 0o755);
  }

  /** What the alias is, as AWS has it. */
  get alias(): Alias {
    return JSON.parse(readFileSync(join(this.#stubs, 'alias.json'), 'utf8')) as Alias;
  }

  set alias(alias: Alias) {
    writeFileSync(join(this.#stubs, 'alias.json'), JSON.stringify(alias));
  }

  /** Has Terraform tell of a newer version. */
  publish(version: string): void {
    const file = join(this.#stubs, 'outputs.json');
    const outputs = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...outputs, function_version: version }));
  }

  /** What a version answers that is invoked past the gateway; one that streams puts the body behind its head. */
  answerAs(statusCode: number, form: 'whole' | 'streamed' = 'whole'): void {
    const head = JSON.stringify({ statusCode, ...(form === 'whole' && { body: '{}' }) });
    writeFileSync(join(this.#stubs, 'invoked.json'), form === 'whole' ? head : `${head}${'\0'.repeat(8)}{}`);
  }

  /** Programs called since the last call of make, in order. */
  get calls(): string[] {
    return readFileSync(join(this.#stubs, 'calls'), 'utf8').split('\n').slice(0, -1);
  }

  /** What `terraform show` prints of a plan. */
  show(plan: string): void {
    writeFileSync(join(this.#stubs, 'plan.txt'), plan);
  }

  uninstall(name: string): void {
    rmSync(join(this.#stubs, name));
  }

  /** @returns how make ended, and which programs it called how */
  async make(args: readonly string[], { input = '', ...call }: Call = {}): Promise<Outcome & { calls: string[] }> {
    const outcome = await run(['make', ...args], this.folder, { env: this.prepare(call), input });
    return { ...outcome, calls: this.calls };
  }

  /** Forgets earlier calls. @returns the variables that let the stubs be called */
  prepare({ env = {}, fails }: Call = {}): NodeJS.ProcessEnv {
    writeFileSync(join(this.#stubs, 'calls'), '');
    writeFileSync(join(this.#stubs, 'stderr'), fails?.[1] ?? '');
    return {
      PATH: `${this.#stubs}:${env['PATH_AFTER'] ?? '/usr/bin:/bin'}`,
      STUB_FAILS_AT: fails?.[0] ?? 'nothing',
      STUB_ALARM_AT: 'nothing',
      YES: '',
      CI: '',
      ...env,
    };
  }
}
