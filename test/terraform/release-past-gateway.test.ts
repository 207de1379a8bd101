import assert from 'node:assert/strict';
import { useTempFolder } from '../temp-folder.ts';
import { outputsOf, StubbedProject } from './stubs.ts';

/** This machine does not find the stage's host name. */
const outputs = outputsOf('https://nowhere.invalid');

describe('make release to a host name that asks for client certificates', function () {
  this.timeout(60_000);
  const folder = useTempFolder();

  for (const [gateway, asks, code, said] of [
    ['http', true, 0, /Version 8 answers past https:\/\/nowhere\.invalid, which asks for client certificates/],
    ['url', true, 0, /Version 8 answers past/],
    ['http', false, 2, /After 0 seconds https:\/\/nowhere\.invalid\/healthz answers with .*Version 7 answers again/s],
  ] as const)
    it(`${asks ? 'asks the alias' : 'asks the gateway where it does not'}, with ${gateway}`, async () => {
      const project = new StubbedProject(folder());
      await project.emit({ ...outputs, client_certificates: asks }, { gateway, with: ['domain'], domain: 'shop.org' });
      const released = await project.make(['release'], { env: { WATCH_SECONDS: '0', POLL_SECONDS: '0' } });
      assert.equal(released.code, code, released.output);
      assert.match(released.output, said);
      assert.equal(project.alias.FunctionVersion, asks ? '8' : '7');
      const asked = released.calls.filter((call) => call.includes(' invoke ')).map((call) => /--qualifier (\w+)/.exec(call)?.[1]);
      assert.deepEqual(asked, asks ? ['8', 'live'] : ['8']);
    });

  it('puts the version before back where the alias does not answer', async () => {
    const project = new StubbedProject(folder());
    await project.emit({ ...outputs, client_certificates: true }, { with: ['domain'], domain: 'shop.org' });
    const { code, output } = await project.make(['release'], {
      env: { WATCH_SECONDS: '0', POLL_SECONDS: '0' },
      fails: ['--qualifier live', 'An error occurred (TooManyRequestsException)'],
    });
    assert.notEqual(code, 0);
    assert.match(output, /Version 7 answers again/);
    assert.equal(project.alias.FunctionVersion, '7');
  });
});
