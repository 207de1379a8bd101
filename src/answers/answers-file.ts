import { readFileSync } from 'node:fs';
import { TsflaskError } from '../error.ts';
import type { AnswerSource } from './answers.ts';

/**
 * Reads answers from a YAML or JSON file. A project's manifest serves too: its `answers` are taken.
 * @throws {@link TsflaskError} `ANSWERS_FILE_UNREADABLE` when there is no such file, `ANSWERS_FILE_INVALID` when it is not a mapping
 */
export async function loadAnswersFile(path: string): Promise<AnswerSource> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new TsflaskError(
      {
        code: 'ANSWERS_FILE_UNREADABLE',
        problem: `--answers: ${path} cannot be read.`,
        fix: 'Give the path of a YAML or JSON file.',
      },
      { cause },
    );
  }
  const values = parseMapping(path, await parseText(path, text));
  const isManifest = 'generatorVersion' in values && 'answers' in values;
  return {
    values: isManifest ? parseMapping(path, values['answers']) : values,
    locate: (id) => `${path}, ${id}`,
  };
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
