import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeTerminal, openTerminal } from '../terminal.ts';
import { useProject } from './project.ts';
import { awaitSilence, endProcesses, startProcess, urlOf } from './service-process.ts';

describe('make server', () => {
  const folder = useProject({}, { '.env': 'STAGE=one\n' });
  const make = ['make', 'server'];
  afterEach(endProcesses);

  it('starts again when .env changes', async () => {
    const service = startProcess(folder(), make);
    await service.see(/"stage":"one"/);
    writeFileSync(join(folder(), '.env'), '\uFEFFSTAGE=two\n');
    await service.see(/listening.*"stage":"two"/);
    writeFileSync(join(folder(), '.env'), 'STAGE=three\n');
    await service.see(/listening.*"stage":"three"/);
  }).timeout(20_000);

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`leaves nothing behind after ${signal}`, async () => {
      const service = startProcess(folder(), make);
      const url = await urlOf(service);
      // A terminal sends Ctrl+C to all of them, and kill to make alone.
      process.kill(signal === 'SIGINT' ? -(service.child.pid ?? 0) : (service.child.pid ?? 0), signal);
      await service.exit;
      await awaitSilence(url);
    }).timeout(20_000);
  }

  it('ends with the watcher, even when that is killed', async () => {
    const watcher = startProcess(folder(), [process.execPath, '--watch', 'src/local.ts']);
    const url = await urlOf(watcher);
    watcher.child.kill('SIGKILL');
    await awaitSilence(url);
  }).timeout(20_000);
});

describeTerminal('make server at a terminal', () => {
  const folder = useProject();

  it('says what to open, logs for a person to read, and ends on Ctrl+C', async () => {
    const terminal = openTerminal('trap : INT; make server', folder(), {
      env: { ...process.env, NODE_OPTIONS: '', PORT: '0' },
    });
    try {
      const [url = ''] = /http:\/\/[\d.]+:\d+\/hello\/Ada/.exec(await terminal.see(/INFO +listening, try \S+$/m)) ?? [];
      await (await fetch(url)).text();
      await terminal.see(/^\d\d:\d\d:\d\d INFO +GET \/hello\/Ada 200 [\d.]+ ms$/m);
      terminal.press('C-c');
      await terminal.see(/INFO +stopping on SIGINT$/m);
      await terminal.see(/^exit \d+$/m);
      await awaitSilence(new URL(url).origin);
    } finally {
      terminal.close();
    }
  }).timeout(20_000);
});
