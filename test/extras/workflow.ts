import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { renderProject } from '../../src/testing.ts';

/** A step of a job, as far as the tests look at it. */
export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly needs?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly concurrency?: Readonly<Record<string, unknown>>;
  readonly strategy?: { readonly matrix: { readonly stage: readonly unknown[] } };
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly Step[];
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** A project with the `github` overlay: its texts by path, and its workflows by file name. */
export interface GithubProject {
  readonly files: Readonly<Record<string, string>>;
  readonly workflows: Readonly<Record<string, Workflow>>;
}

const folder = '.github/workflows/';

export async function renderGithub(answers: Readonly<Record<string, unknown>> = {}): Promise<GithubProject> {
  const files = mutate(await renderProject([], { with: ['github'], ...answers }));
  const workflows = Object.entries(files).filter(([path]) => path.startsWith(folder));
  assert.ok(workflows.length > 0);
  return {
    files,
    workflows: Object.fromEntries(workflows.map(([path, text]) => [path.slice(folder.length), parse(text) as Workflow])),
  };
}

/** Loosens a line where workflow-mutations.test.ts asks whether that is noticed. */
function mutate(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const mutation = process.env['TSFLASK_WORKFLOW_MUTATION'];
  if (mutation === undefined) return files;
  const [file, from, to] = JSON.parse(mutation) as [string, string, string];
  const before = files[folder + file] ?? '';
  assert.ok(before.includes(from), `${file} must hold: ${from}`);
  return { ...files, [folder + file]: before.replace(from, () => to) };
}

/** Every step, with the name of the job it is in. */
export function stepsOf(workflow: Workflow): readonly (readonly [job: string, step: Step])[] {
  return Object.entries(workflow.jobs).flatMap(([name, { steps = [] }]) => steps.map((step) => [name, step] as const));
}
