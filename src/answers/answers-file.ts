import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { reasonOf, TsflaskError } from '../error.ts';
import type { AnswerSource } from './answers.ts';

export interface AnswersFile {
  readonly source: AnswerSource;
  /** Folders and packages of the overlays that a manifest names; none in any other file. */
  readonly overlays: readonly string[];
}

/**
 * Reads answers from a YAML or JSON file. A project's manifest serves too: its answers and its overlays are taken.
 * @throws {@link TsflaskError} `ANSWERS_FILE_UNREADABLE` when there is no such file, `ANSWERS_FILE_INVALID` when it is not a mapping
 */
export async function loadAnswersFile(path: string): Promise<AnswersFile> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new TsflaskError(
      {
        code: 'ANSWERS_FILE_UNREADABLE',
        problem: `--answers: ${path} cannot be read: ${reasonOf(cause)}.`,
        fix: 'Give the path of a YAML or JSON file.',
      },
      { cause },
    );
  }
  const values = parseMapping(path, await parseText(path, text));
  const locate = (id: string): string => `${path}, ${id}`;
  const { generatorVersion, answers, overlays } = values;
  if (generatorVersion === undefined || answers === undefined) return { source: { values, locate }, overlays: [] };
  const project = dirname(dirname(path));
  const sources = Array.isArray(overlays) ? overlays.map((overlay) => sourceOf(parseMapping(path, overlay), project)) : [];
  return { source: { values: parseMapping(path, answers), locate }, overlays: sources };
}

/** A package is looked for as it would be for `--overlay`, in the version that was recorded; a path starts from the project. */
function sourceOf(overlay: Readonly<Record<string, unknown>>, project: string): string {
  const { package: name, version, from, path } = overlay as Readonly<Record<string, string>>;
  if (name !== undefined && from === undefined) return `${name}@${version}`;
  const place = String(from ?? path);
  return /^[\w+]+:|^git@/.test(place) ? place : resolve(project, place);
}

async function parseText(path: string, text: string): Promise<unknown> {
  try {
    // JSON needs no parser to be loaded, and a manifest is JSON.
    return JSON.parse(text);
  } catch {
    const { parse } = await import('yaml');
    try {
      return parse(text, { uniqueKeys: true });
    } catch (cause) {
      throw invalidFile(path, (cause as Error).message.split('\n', 1)[0]!, cause);
    }
  }
}

function parseMapping(path: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw invalidFile(path, 'the file does not hold a mapping of questions to answers');
}

function invalidFile(path: string, what: string, cause?: unknown): TsflaskError {
  return new TsflaskError(
    { code: 'ANSWERS_FILE_INVALID', problem: `--answers: ${path}: ${what}.`, fix: 'Write lines such as "region: eu-west-1".' },
    { cause },
  );
}
