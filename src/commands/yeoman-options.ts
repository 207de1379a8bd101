import { flagName } from '../answers/question.ts';
import { tokensOf, type Flag, type FlagToken } from './parse-flags.ts';

// Whose options are not the user's, as flags would be spelt.
// https://github.com/yeoman/environment, src/environment-base.ts: for the generator that it makes
const ofInstance =
  'env _meta resolved namespace namespace-id shared-data forward-error-to-environment destination-root initial-generator';
// The same, for other generators and for its own tasks
const ofEnvironment =
  'force-install skip-cache skip-local-cache skip-parse-options local-config-only ask-answered bail whitespace ' +
  'ignore-whitespace skip-yo-resolve node-package-manager cwd log-cwd experimental';
// https://github.com/yeoman/generator, src/types.d.ts
const ofBaseClass = '_ skip-global-config skip-check-env ignore-version-check';
// https://github.com/yeoman/yo, lib/cli.js and readme.md
const ofYo = 'debug generators local-only environment-version color insight';
// What yo's own packages look for on the command line: https://github.com/chalk/supports-color, https://github.com/sindresorhus/update-notifier
const ofPackages = 'colors update-notifier';

const yeomanOwn: ReadonlySet<string> = new Set([ofInstance, ofEnvironment, ofBaseClass, ofYo, ofPackages].join(' ').split(' '));

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
  const switches = new Set(flags.flatMap(({ name, short = name, type }) => (type === 'switch' ? [name, short] : [])));
  const given = new Map(Object.entries(options).map(([key, value]) => [key.length === 1 ? key : flagName(key), value]));
  const tokens = [...given].flatMap(([name, value]) => {
    const values = yeomanOwn.has(name) ? [] : [value].flat(2).filter((item) => item !== undefined && item !== null);
    return values.flatMap((item) => {
      const isOff = switches.has(`no-${name}`);
      if (switches.has(name) || isOff) return switchTokens(name, toBoolean(item), isOff ? 'inverse' : 'plain');
      return typeof item === 'boolean' ? [optionToken(item ? name : `no-${name}`)] : flagTokens(name, item, argv);
    });
  });
  return [...tokensOf(args.map(String), flags), ...tokens];
}

/**
 * Programs that have texts for options, such as Backstage, say `true` and `false`, and an empty text where nothing was chosen.
 */
function toBoolean(item: unknown): unknown {
  if (item === 'true') return true;
  return item === 'false' ? false : item;
}

/**
 * `yo` knows no switches and takes what follows one for its value: in `--yes my-api` that is NAME.
 * @param sense - `inverse` for the NAME of a `no-NAME`, which is on from the start
 */
function switchTokens(name: string, value: unknown, sense: 'plain' | 'inverse'): FlagToken[] {
  if (value === '') return [];
  const isOn = value !== false;
  const token = isOn ? (sense === 'plain' ? [optionToken(name)] : []) : [optionToken(`no-${name}`)];
  return typeof value === 'boolean' ? token : [...token, { kind: 'positional', value: String(value) }];
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
