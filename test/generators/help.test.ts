import assert from 'node:assert/strict';
import { commands } from '../../src/commands/commands.ts';
import { flagsForHelp } from '../../src/commands/prepare.ts';
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
    const rows = generator.help().split('\n');
    for (const { name, value = '', help: words } of flagsForHelp()) {
      const row = rows.find((line) => line.startsWith(`  --${name} `)) ?? '';
      assert.ok(row.includes(value) && row.endsWith(`  ${words}`), `--${name}: ${row}`);
    }
    assert.ok(commands.some(({ help: words }) => rows.includes(`${words}.`)));
  });

  it('declares every flag to Yeoman, by type', () => {
    const types = { switch: Boolean, text: String, texts: Array };
    const { _options: declared } = generator;
    for (const { name, type } of flagsForHelp()) assert.equal(declared[name.replace(/^no-/, '')]?.type, types[type]);
  });
});
