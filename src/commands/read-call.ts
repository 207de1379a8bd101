import { resolve } from 'node:path';
import { loadAnswersFile } from '../answers/answers-file.ts';
import type { AnswerSource } from '../answers/answers.ts';
import type { BuiltInQuestion } from '../answers/question.ts';
import type { Overlay } from '../plan/overlay.ts';
import { loadBuiltInOverlays } from '../project/built-in-overlays.ts';
import { loadUserOverlays, type FoundOverlay } from '../project/load-overlays.ts';
import { flagSource, newFlags, onlyName } from './new-flags.ts';
import { parseFlags, textOf, textsOf, type Flag, type ParsedFlags, type ReadFlags } from './parse-flags.ts';
import { flagsOf, isHere, nameSource, questionsOf } from './prepare.ts';
import { withQuestions } from './update-flags.ts';

/** What a command line says, with what it names read from the disk. */
export interface ReadCall {
  readonly flags: ParsedFlags;
  /** Where the project goes, as it was typed. */
  readonly path?: string;
  /** Strongest first. */
  readonly sources: readonly AnswerSource[];
  /** Ours, then the user's. */
  readonly overlays: readonly Overlay[];
  readonly userOverlays: readonly FoundOverlay[];
  /** The user's overlays as they were given. */
  readonly overlaySources: readonly string[];
  /** Of all overlays. */
  readonly questions: readonly BuiltInQuestion[];
}

/** @throws {@link TsflaskError} with every fault found in flags, in the answers file, or in an overlay */
export async function readCall(readFlags: ReadFlags, cwd: string): Promise<ReadCall> {
  // Overlays bring questions, and so flags: they are looked for first, on the command line and else in a manifest.
  const first = readFlags(newFlags([]), 'pass');
  const path = textOf(first, 'answers');
  const file = path === undefined ? undefined : await loadAnswersFile(resolve(cwd, path));
  const given = textsOf(first, 'overlay');
  const overlaySources = given.length > 0 ? given : (file?.overlays ?? []);
  const userOverlays = await loadUserOverlays(overlaySources, cwd);
  const overlays = [...loadBuiltInOverlays(), ...userOverlays.map(({ overlay }) => overlay)];
  const questions = questionsOf(overlays);
  const flags = readFlags(newFlags(questions), 'fail');
  const name = onlyName(flags.positionals);
  const sources = [flagSource(flags, questions), ...sourcesOf(name, flags, { cwd, file: file?.source })];
  const read = { flags, sources, overlays, userOverlays, overlaySources, questions };
  return name === undefined ? read : { ...read, path: name };
}

/** The flags of `new`, with those of the overlays that a command line names. */
export async function newFlagsForHelp(argv: readonly string[], cwd: string): Promise<readonly Flag[]> {
  const sources = textsOf(parseFlags(argv, newFlags([]), 'pass'), 'overlay');
  return flagsOf((await loadUserOverlays(sources, cwd)).map(({ overlay }) => overlay));
}

/** The flags of a command on a project, with those of the overlays that a command line names. */
export async function projectFlagsForHelp(
  argv: readonly string[],
  cwd: string,
  switches: readonly Flag[],
): Promise<readonly Flag[]> {
  const sources = textsOf(parseFlags(argv, switches, 'pass'), 'overlay');
  const found = await loadUserOverlays(sources, cwd);
  return withQuestions(questionsOf([...loadBuiltInOverlays(), ...found.map(({ overlay }) => overlay)]), switches);
}

/** A name that was typed is stronger than a file's; that of the folder that one happens to be in is weaker. */
function sourcesOf(
  name: string | undefined,
  flags: ParsedFlags,
  { cwd, file }: { cwd: string; file: AnswerSource | undefined },
): AnswerSource[] {
  const files = file ? [file] : [];
  if (name === undefined || flags.values.has('name')) return files;
  if (!isHere(name)) return [nameSource(name, cwd), ...files];
  return file && Object.hasOwn(file.values, 'name') ? files : [...files, nameSource(name, cwd)];
}
