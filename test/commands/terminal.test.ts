import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';
import { describeTerminal, openTerminal, type Terminal } from '../terminal.ts';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

describeTerminal('tsflask new in a terminal (needs tmux)', function () {
  this.timeout(60_000);
  // A real terminal on a machine that was asleep can lose a key; a fault of ours is there each time.
  this.retries(2);
  let terminal: Terminal;
  afterEach(() => terminal.close());
  const temp = useTempFolder();
  const folder = (): string => join(temp(), 'work');

  function open(args: string): void {
    terminal = openTerminal(`'${process.execPath}' '${cli}' new ${args} --skip-install --no-git`, folder());
  }

  async function answer(question: RegExp, ...keys: string[]): Promise<void> {
    await terminal.see(question);
    terminal.press(...keys);
  }

  beforeEach(() => mkdirSync(folder()));

  it('asks everything, takes a correction, finds a region by its place, and says how to do it again', async () => {
    open('');
    await answer(/◆ {2}Name of the service/, 'My Api', 'Enter');
    await answer(/"My Api" is not a usable name.*[^]*Use a name such as my-api/, 'C-u', 'my-api', 'Enter');
    await answer(/◆ {2}What it does/, 'Takes orders', 'Enter');
    await answer(/● eu-west-1/, 'frankf');
    await answer(/● eu-central-1 {2}Europe \(Frankfurt\)/, 'Enter');
    await answer(/◆ {2}What stands in front/, 'Down', 'Enter');
    await answer(/◆ {2}Web framework/, 'Enter');
    await answer(/◆ {2}Stages/, 'dev,Dev', 'Enter');
    await answer(/"Dev" does not have the form/, 'C-u', 'dev', 'Enter');
    await answer(/◆ {2}Extras/, 'Down', 'Space', 'Enter');
    await answer(/◆ {2}Node/, 'Enter');
    await answer(/◆ {2}Infrastructure tool/, 'Enter');
    const screen = await terminal.see(/exit 0/);
    const again = /Same again: (tsflask new [^]*?) --yes/.exec(screen)?.[1]?.replaceAll('\n', '');
    assert.equal(
      again,
      "tsflask new my-api --description 'Takes orders' --region eu-central-1 --gateway rest --stages dev --with container",
    );
    assert.match(readTree(folder())['my-api/package.json'] ?? '', /"name": "my-api"/);
  });

  it('takes a region that it does not know, and says so', async () => {
    open('my-api --description x --gateway http --framework koa --stages dev --with= --node 24 --iac terraform');
    await answer(/AWS region/, 'eu-west-9');
    await answer(/● eu-west-9 {2}as typed/, 'Enter');
    assert.match(await terminal.see(/exit 0/), /! eu-west-9 is not a region we know; it is used as given\. Did you mean/);
  });

  it('writes nothing after Ctrl-C, at the first question and at a later one', async () => {
    for (const args of ['', 'my-api --description x']) {
      open(args);
      await answer(/◆/, 'C-c');
      assert.match(await terminal.see(/exit/), /Interrupted; nothing was written\.\nexit 130/);
      assert.deepEqual(readTree(folder()), {});
      if (args === '') terminal.close();
    }
  });

  it('asks before it writes into a folder that is not empty, and is told to stop', async () => {
    writeTree(folder(), { 'my-api/README.md': 'mine\n' });
    open(
      'my-api --description x --region eu-west-1 --gateway http --framework koa --stages dev --with= --node 24 --iac terraform',
    );
    await answer(/holds 1 entry; these differ[^]*README\.md/, 'Enter');
    assert.match(await terminal.see(/exit/), /my-api is not empty[^]*exit 1/);
    assert.deepEqual(readTree(folder()), { 'my-api/README.md': 'mine\n' });
  });
});
