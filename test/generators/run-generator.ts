import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { TestAdapter } from '@yeoman/adapter/testing';
import { createEnv } from 'yeoman-environment';
import Generator from '../../generators/app/index.ts';
import UpdateGenerator from '../../generators/update/index.ts';

export const generatorFile = fileURLToPath(new URL('../../generators/app/index.ts', import.meta.url));

export const updateGeneratorFile = fileURLToPath(new URL('../../generators/update/index.ts', import.meta.url));

/** What was asked, in order; `question` is as inquirer gets it. */
export type Asked = TestAdapter['calls'];

export interface Run {
  readonly cwd: string;
  /** As `yo` gives them: a key of an options object for each flag. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** By question id; a question that has none gets its default. */
  readonly answers?: Readonly<Record<string, unknown>>;
  readonly adapter?: TestAdapter;
}

/** An environment that holds our generator, as `yo` makes one. Unlike yeoman-test's it does not overwrite unasked. */
export function createEnvironment({ cwd, answers = {}, adapter = new TestAdapter({ mockedAnswers: { ...answers } }) }: Run): {
  env: ReturnType<typeof createEnv>;
  adapter: TestAdapter;
} {
  const env = createEnv({ cwd, adapter });
  env.register(Generator, { namespace: 'tsflask:app', resolved: generatorFile });
  env.register(UpdateGenerator, { namespace: 'tsflask:update', resolved: updateGeneratorFile });
  return { env, adapter };
}

/** `yo tsflask ARGS`, quietly, without install and git. */
export async function runGenerator(args: string, run: Run): Promise<Asked> {
  const { env, adapter } = createEnvironment(run);
  const quick = { quiet: true, skipInstall: true, git: false };
  await env.run(['tsflask:app', ...args.split(' ').filter(Boolean)], { ...quick, ...run.options });
  return adapter.calls;
}

/** `yo tsflask:update`, quietly. */
export async function runUpdateGenerator({ options = {}, ...run }: Run): Promise<Asked> {
  const { env, adapter } = createEnvironment(run);
  const all: Run['options'] = { quiet: true, ...options };
  await env.run(['tsflask:update'], { ...all });
  return adapter.calls;
}

/** Accepts an error by its message, which is all that `yo` prints, and by its code, which a test of a generator looks at. */
export function reportable(message: RegExp, code: string): (error: Error & { code?: unknown }) => true {
  return (error) => {
    assert.match(error.message, message);
    assert.equal(error.code, code);
    return true;
  };
}
