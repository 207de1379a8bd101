import { flagName } from '../answers/question.ts';
import { tokensOf, type Flag, type FlagToken } from './parse-flags.ts';

// Whose options are not the user's, as flags would be spelt.
// https://github.com/yeoman/environment, src/environment-base.ts: for the generator that it makes
const ofInstance = 'env _meta resolved namespace namespace-id shared-data forward-error-to-environment destination-root';
// The same, for other generators and for its own tasks
const ofEnvironment =
  'force-install skip-cache skip-local-cache skip-parse-options local-config-only ask-answered bail whitespace ' +
  'ignore-whitespace skip-yo-resolve node-package-manager cwd log-cwd experimental';
// https://github.com/yeoman/generator, src/types.d.ts
const ofBaseClass = '_ skip-global-config skip-check-env ignore-version-check';
// https://github.com/yeoman/yo, lib/cli.js
const ofYo = 'debug generators local-only environment-version';

const yeomanOwn: ReadonlySet<string> = new Set([ofInstance, ofEnvironment, ofBaseClass, ofYo].join(' ').split(' '));

/** A generator's arguments and options, as Yeoman hands them over. */
export interface YeomanCall {
  readonly args: readonly unknown[];
  /** Each flag in camel case, from `yo` in kebab case too; `--no-NAME` is NAME with `false`. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The command line that they came from: `yo` makes a number of what looks like one, and `1.10` would become 1.1. */
  readonly argv: readonly string[];
}

/** Gives Yeoman's reading of a command line as tokens, so that ours may judge it. */
export function yeomanTokens({ args, options, argv }: YeomanCall, flags: readonly Flag[]): FlagToken[] {
  const switches = new Set(flags.flatMap(({ name, type }) => (type === 'switch' ? [name] : [])));
  const given = new Map(Object.entries(options).map(([key, value]) => [key.length === 1 ? key : flagName(key), value]));
  const tokens = [...given].flatMap(([name, value]) => {
    const values = yeomanOwn.has(name) ? [] : [value].flat(2).filter((item) => item !== undefined && item !== null);
    return values.flatMap((item) => {
      if (typeof item === 'boolean') return [optionToken(item ? name : `no-${name}`)];
      return switches.has(name) ? switchTokens(name, item) : flagTokens(name, item, argv);
    });
  });
  return [...tokensOf(args.map(String), flags), ...tokens];
}

/** `yo` knows no switches and takes what follows one for its value: in `--yes my-api` that is NAME. */
function switchTokens(name: string, value: unknown): FlagToken[] {
  return [optionToken(name), { kind: 'positional', value: String(value) }];
}

function flagTokens(name: string, value: unknown, argv: readonly string[]): FlagToken[] {
  const typed = typeof value === 'number' ? typedAs(name, value, argv) : value;
  return [{ ...optionToken(name), value: String(typed), inlineValue: true }];
}

function optionToken(name: string): Extract<FlagToken, { kind: 'option' }> {
  return { kind: 'option', name, rawName: name.length === 1 ? `-${name}` : `--${name}` };
}

/** The spelling of a number behind its flag. */
function typedAs(name: string, value: number, argv: readonly string[]): string | undefined {
  const texts = argv.flatMap((word, index) => {
    const [flag = '', inline] = word.split(/=(.*)/s, 2);
    return flagName(flag) === `--${name}` ? [inline ?? argv[index + 1]] : [];
  });
  return texts.find((text) => Number(text) === value) ?? String(value);
}
