import assert from 'node:assert/strict';
import { formatFlags } from '../../src/commands/format-flags.ts';
import { commands } from '../../src/commands/commands.ts';
import { flagsOf } from '../../src/commands/prepare.ts';
import { createEnvironment } from './run-generator.ts';

interface Declared {
  readonly help: () => string;
  readonly _options: Readonly<Record<string, { readonly type: unknown }>>;
}

describe('yo tsflask --help', () => {
  let generator: Declared;

  before(async () => {
    const { env } = createEnvironment({ cwd: process.cwd() });
    generator = (await env.create('tsflask:app', { generatorArgs: [], generatorOptions: { help: true } })) as unknown as Declared;
  });

  it('shows every flag with its values and its words, as the bin does', () => {
    const help = generator.help();
    assert.ok(help.includes(`\n\n${formatFlags(flagsOf([]), (_, text) => text, 80)}\n`), help);
    assert.ok(commands.some(({ help: words }) => help.includes(`\n${words}.\n`)));
  });

  it('declares every flag to Yeoman, by type', () => {
    const types = { switch: Boolean, text: String, texts: Array };
    const { _options: declared } = generator;
    for (const { name, type } of flagsOf([])) assert.equal(declared[name.replace(/^no-/, '')]?.type, types[type]);
  });
});
