import { parseArgs } from 'node:util';
import { didYouMean } from '../answers/nearest.ts';
import { flagName, type BuiltInQuestion } from '../answers/question.ts';
import { throwFaults, type Fault } from '../error.ts';

export interface Flag {
  /** Without the dashes. */
  readonly name: string;
  /** The letter of its short form. */
  readonly short?: string;
  /** `switch` takes no value; `texts` may be repeated. */
  readonly type: 'switch' | 'text' | 'texts';
  readonly help: string;
  /** What stands for the value in the help: DIR, FILE, http|rest|url. */
  readonly value?: string;
  /** Whether the value names something to read, which an empty text never does. */
  readonly isSource?: true;
}

export interface ParsedFlags {
  readonly positionals: readonly string[];
  /** By flag name: true or false for a switch, otherwise the texts in order. */
  readonly values: ReadonlyMap<string, boolean | readonly string[]>;
}

/** A question spelt as a flag. */
export function flagOf({ id, type, text, choices }: BuiltInQuestion): Flag {
  const values =
    choices && choices.length <= 8 ? choices.map(({ value }) => value).join(type === 'choice' ? '|' : ',') : undefined;
  return {
    name: flagName(id),
    type: type === 'yes-no' ? 'switch' : type === 'text' || type === 'choice' ? 'text' : 'texts',
    help: text,
    ...(values === undefined ? {} : { value: values }),
  };
}

/** `pass` leaves out what is not known, for a first look that only wants some flags. */
type OnUnknown = 'fail' | 'pass';

/** Reads the flags that were given against those that may be. It throws as {@link readTokens} does. */
export type ReadFlags = (flags: readonly Flag[], onUnknown: OnUnknown) => ParsedFlags;

/** One thing on a command line: a text that stands alone, or a flag. */
export type FlagToken =
  | { readonly kind: 'positional'; readonly value: string }
  | {
      readonly kind: 'option';
      /** Without the dashes, as it was typed. */
      readonly name: string;
      readonly rawName: string;
      readonly value?: string | undefined;
      /** Whether the value cannot be the next flag. */
      readonly inlineValue?: boolean | undefined;
    };

/** {@link readTokens} of a command line. */
export function parseFlags(argv: readonly string[], flags: readonly Flag[], onUnknown: OnUnknown = 'fail'): ParsedFlags {
  return readTokens(tokensOf(argv, flags), flags, onUnknown);
}

/** Takes a command line apart; a text behind a flag that takes one is its value. */
export function tokensOf(argv: readonly string[], flags: readonly Flag[]): FlagToken[] {
  const options = Object.fromEntries(
    flags.map(({ name, type }) => [name, { type: type === 'switch' ? 'boolean' : 'string' } as const]),
  );
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true });
  return tokens.filter((token) => token.kind !== 'option-terminator');
}

/**
 * Reads tokens against the flags that there may be. `--no-NAME` turns a switch off.
 * @throws {@link TsflaskError} `FLAG_UNKNOWN`, `FLAG_VALUE_MISSING`, `FLAG_VALUE_UNEXPECTED`, all at once
 */
export function readTokens(tokens: readonly FlagToken[], flags: readonly Flag[], onUnknown: OnUnknown): ParsedFlags {
  const byName = new Map(flags.map((flag) => [flag.name, flag]));
  const byShort = new Map(flags.map((flag) => [flag.short, flag]));
  const positionals: string[] = [];
  const values = new Map<string, boolean | readonly string[]>();
  const faults: Fault[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') {
      positionals.push(token.value);
      continue;
    }
    const off = token.name.startsWith('no-') && !byName.has(token.name);
    const flag = byName.get(off ? token.name.slice(3) : token.name) ?? byShort.get(token.name);
    if (!flag || (off && flag.type !== 'switch')) faults.push(unknownFlag(token.rawName, byName.keys()));
    else if (flag.type === 'switch') {
      if (token.value === undefined) values.set(flag.name, !off);
      else faults.push(unexpectedValue(token.rawName, token.value));
    } else if (token.value === undefined) faults.push(missingValue(flag));
    else if (token.value === '' && flag.isSource) faults.push(emptyValue(flag));
    else if (!token.inlineValue && token.value.startsWith('-')) faults.push(missingValue(flag, token.value));
    else values.set(flag.name, [...((values.get(flag.name) as string[] | undefined) ?? []), token.value]);
  }
  if (onUnknown === 'fail') throwFaults(faults);
  return { positionals, values };
}

/** The last text given for a flag. */
export function textOf({ values }: ParsedFlags, name: string): string | undefined {
  const value = values.get(name);
  return Array.isArray(value) ? (value.at(-1) as string) : undefined;
}

/** Every text given for a flag that may be repeated. */
export function textsOf({ values }: ParsedFlags, name: string): readonly string[] {
  const value = values.get(name);
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** Whether a switch is on. */
export function isOn({ values }: ParsedFlags, name: string): boolean {
  return values.get(name) === true;
}

function unknownFlag(raw: string, known: Iterable<string>): Fault {
  return {
    code: 'FLAG_UNKNOWN',
    problem: `There is no flag ${raw}.${didYouMean(raw.replace(/^-+/, ''), known, '--')}`,
    fix: '--help lists them all.',
  };
}

function unexpectedValue(raw: string, value: string): Fault {
  return {
    code: 'FLAG_VALUE_UNEXPECTED',
    problem: `${raw} takes no value, but "${value}" is given.`,
    fix: `Write ${raw} alone.`,
  };
}

/** What `--overlay "$UNSET"` comes to. */
function emptyValue({ name, value = 'VALUE' }: Flag): Fault {
  return { code: 'FLAG_VALUE_MISSING', problem: `--${name} has an empty value.`, fix: `Write --${name} ${value}.` };
}

/** What follows a flag may be the next one, so a value that begins with a dash must say that it is none. */
function missingValue({ name, value = 'VALUE' }: Flag, follows?: string): Fault {
  if (follows === undefined)
    return { code: 'FLAG_VALUE_MISSING', problem: `--${name} has no value.`, fix: `Write --${name} ${value}.` };
  return {
    code: 'FLAG_VALUE_MISSING',
    problem: `--${name} has no value: "${follows}" follows it.`,
    fix: `Write --${name} ${value}, or --${name}=${follows} if that is the value.`,
  };
}
