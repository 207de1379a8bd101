import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { render } from '../../src/index.ts';

export type RawAnswers = Readonly<Record<string, unknown>>;

/** Writes a project, as `tsflask new` would, with a package that stands for the bundle. */
export async function emitProject(folder: string, answers: RawAnswers = {}): Promise<void> {
  const { files } = await render({ answers: { name: 'demo', ...answers } });
  for (const { path, content, executable } of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    if (executable) chmodSync(file, 0o755);
  }
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist/lambda.zip'), 'a package');
}

/** Changes the settings of a stage as its owner would, in an editor: each text that stands there once, for another. */
export function editStage(project: string, stage: string, changes: Readonly<Record<string, string>>): void {
  const file = join(project, 'terraform/stages', stage, 'main.tf');
  let text = readFileSync(file, 'utf8');
  for (const [from, to] of Object.entries(changes)) {
    if (text.split(from).length !== 2) throw new Error(`${file} must hold once: ${from}`);
    text = text.replace(from, () => to);
  }
  writeFileSync(file, text);
}
