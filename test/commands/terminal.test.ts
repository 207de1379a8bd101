import assert from 'node:assert/strict';
import { chmodSync, mkdirSync } from 'node:fs';
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

  function open(args: string, size: { columns?: number; rows?: number } = {}): void {
    terminal = openTerminal(`'${process.execPath}' '${cli}' new ${args} --skip-install --no-git`, folder(), size);
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
    const again = /Same again:\n {2}(tsflask new [^]*?) --yes/.exec(screen)?.[1]?.replaceAll(/\\\n +/g, '');
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

  const rest = '--gateway http --framework koa --stages dev --with= --node 24 --iac terraform';

  it('stays at a search that finds nothing, says what would be one, and takes the next', async () => {
    open(`my-api --description x ${rest}`);
    await answer(/AWS region/, 'mars', 'Enter');
    await answer(/"mars" does not have the form.*[^]*Use a name such as eu-west-1/, 'C-u', 'milan');
    await answer(/● eu-south-1/, 'Enter');
    assert.match(await terminal.see(/exit 0/), /--region eu-south-1/);
  });

  it('takes its default again when what was typed is taken back', async () => {
    open(`my-api --description x ${rest}`);
    await answer(/AWS region/, 'mars', 'Enter');
    await answer(/"mars" does not have the form/, 'C-u');
    await answer(/● eu-west-1/, 'Enter');
    assert.doesNotMatch(await terminal.see(/exit 0/), /--region/);
  });

  for (const [flag, isColoured] of [
    ['', true],
    ['--no-color', false],
  ] as const) {
    it(`is ${isColoured ? 'coloured' : 'not coloured with --no-color, which is NO_COLOR'}`, async () => {
      open(`my-api --yes ${flag}`);
      await terminal.see(/exit 0/);
      assert.equal(terminal.isColoured(), isColoured);
    });
  }

  const ways: [key: string, title: string][] = [
    ['C-c', 'Ctrl-C'],
    ['C-d', 'Ctrl-D'],
  ];
  for (const [key, title] of ways) {
    for (const args of ['', 'my-api --description x']) {
      it(`writes nothing after ${title}${args === '' ? ' at the first question' : ', and says how to go on'}`, async () => {
        open(args);
        await answer(/◆/, key);
        const again = args === '' ? '' : 'To go on from here: tsflask new my-api --description x\\n';
        assert.match(await terminal.see(/exit/), new RegExp(`Interrupted; nothing was written\\.\\n${again}exit 130`));
        assert.deepEqual(readTree(folder()), {});
      });
    }
  }

  it('is there again when it comes back from Ctrl-Z', async () => {
    const line = `'${process.execPath}' '${cli}' new my-api --region eu-west-1 ${rest} --skip-install --no-git`;
    terminal = openTerminal('bash --norc', folder());
    await terminal.see(/\$|#/);
    terminal.press(line, 'Enter');
    await answer(/◆ {2}What it does/, 'Takes', 'C-z');
    await answer(/Stopped/, 'fg', 'Enter');
    await answer(/fg\n[^]*◆ {2}What it does/, 'Takes orders', 'Enter');
    await terminal.see(/✔ my-api/);
    assert.match(readTree(folder())['my-api/package.json'] ?? '', /"description": "Takes orders"/);
  });

  it('asks before it writes into a folder that is not empty, right behind the name, and is told to stop', async () => {
    writeTree(folder(), { 'my-api/README.md': 'mine\n' });
    open('');
    await answer(/◆ {2}Name of the service/, 'my-api', 'Enter');
    await answer(/my-api is not[^]*empty[^]*Write the[^]*No, write nothing/, 'Enter');
    assert.match(await terminal.see(/exit/), /Nothing was written\.\nTo go on from here: tsflask new my-api\nexit 130/);
    assert.deepEqual(readTree(folder()), { 'my-api/README.md': 'mine\n' });
  });

  it('asks again by name before it changes a file, and is told to stop', async () => {
    writeTree(folder(), { 'my-api/README.md': 'mine\n' });
    open(`my-api --description x --region eu-west-1 ${rest}`);
    await answer(/is not empty/, 'Down', 'Enter');
    await answer(/README\.md: a file of yours stands[^]*Abort, write nothing/, 'Up', 'Enter');
    assert.match(await terminal.see(/exit/), /Nothing was written\.\n[^]*exit 130/);
    assert.deepEqual(readTree(folder()), { 'my-api/README.md': 'mine\n' });
  });

  it('shows what the install is at, and goes on when it is skipped', async () => {
    writeTree(temp(), { 'bin/npm': '#!/bin/sh\necho "npm http fetch GET 200 https://example.org/koa 3ms" >&2\nexec sleep 20\n' });
    chmodSync(join(temp(), 'bin/npm'), 0o755);
    const env = { ...process.env, PATH: `${join(temp(), 'bin')}:/usr/bin:/bin` };
    const command = `'${process.execPath}' '${cli}' new my-api --yes --no-git`;
    terminal = openTerminal(command, folder(), { env, columns: 80, rows: 24 });
    await answer(/Installing dependencies with npm \(Ctrl-C skips it\): 1 fetched, [1-9] s/, 'C-c');
    const screen = await terminal.see(/exit 0/);
    assert.match(screen, /! The install was skipped\. Run "make install" in the project[^]*✔ my-api/);
    assert.doesNotMatch(screen, /Installing/);
  });

  for (const [columns, rows] of [
    [80, 24],
    [40, 24],
  ] as const) {
    it(`leaves what was made and what is next on a screen of ${columns} by ${rows}`, async () => {
      open('my-api --yes', { columns, rows });
      const screen = await terminal.see(/exit 0/);
      assert.match(screen, /✔ my-api: [^]*Next:\n {2}cd my-api\n {2}make server /);
    });
  }
});
