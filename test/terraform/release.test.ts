import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { useTempFolder } from '../temp-folder.ts';
import { gatewayAnswers } from '../gateway-answers.ts';
import type { RawAnswers } from './emitted.ts';
import { outputsOf, StubbedProject } from './stubs.ts';
import type { Call } from './stubs.ts';

const old = { FunctionVersion: '7', Description: 'before: 6 4' };
/** As AWS has it after the old version was put back. */
const putBack = { ...old, RoutingConfig: { AdditionalVersionWeights: {} } };
const released = { FunctionVersion: '8', Description: 'before: 7 6 4', RoutingConfig: { AdditionalVersionWeights: {} } };
const quick = { WATCH_SECONDS: '0', POLL_SECONDS: '0' };

describe('make release', function () {
  this.timeout(60_000);
  const folder = useTempFolder();
  let project: StubbedProject;
  /** Answers with the version that the alias is at, unless that is not well behind the gateway. */
  const server = createServer((_, response) => {
    const version = project.alias.FunctionVersion;
    response.writeHead(version === unwell ? 503 : 200).end(JSON.stringify({ functionVersion: version }));
  });
  let unwell = '';

  before((done) => void server.listen(0, '127.0.0.1', done));
  after((done) => void server.close(done));
  const emit = async (path: string, answers?: RawAnswers) => {
    project = new StubbedProject(path);
    await project.emit(outputsOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), answers);
    project.alias = old;
    unwell = '';
  };
  beforeEach(() => emit(folder()));
  const release = (call: Call = {}) => project.make(['release'], { ...call, env: { ...quick, ...call.env } });

  it('tries the new version past the gateway, lets it answer, and watches the alarms', async () => {
    const { code, output, calls } = await release();
    assert.equal(code, 0, output);
    assert.match(output, /Version 8 answers at http/);
    assert.deepEqual(project.alias, released);
    const asked = calls.filter((call) => call.startsWith('aws ')).map((call) => call.split(' ').slice(1, 3).join(' '));
    assert.deepEqual(asked, [
      'lambda get-alias',
      'lambda invoke',
      'cloudwatch describe-alarms',
      'lambda update-alias',
      'cloudwatch describe-alarms',
    ]);
    const invoked = calls.find((call) => call.startsWith('aws lambda invoke')) ?? '';
    assert.match(invoked, /--function-name demo-dev .*--qualifier 8 --payload \{"version":"2\.0",.*"rawPath":"\/healthz"/);
    assert.match(calls.join('\n'), /describe-alarms --region eu-west-1 --alarm-names demo-dev\/errors --state-value ALARM/);
  });

  it('lets a share of requests come to the new version first, with CANARY', async () => {
    const { code, output, calls } = await release({ env: { CANARY: '10' } });
    assert.equal(code, 0, output);
    const moves = calls.filter((call) => call.includes('update-alias')).map((call) => call.replace(/.*--function-version /, ''));
    assert.deepEqual(moves, [
      '7 --routing-config {"AdditionalVersionWeights":{"8":0.1}} --description before: 6 4',
      '8 --routing-config {"AdditionalVersionWeights":{}} --description before: 7 6 4',
    ]);
    assert.deepEqual(project.alias, released);
  });

  it('does nothing to a version that answers already', async () => {
    project.alias = released;
    const { code, output, calls } = await release();
    assert.equal(code, 0, output);
    assert.deepEqual(
      calls.filter((call) => /update-alias|invoke/.test(call)),
      [],
    );
  });

  for (const share of ['0', '100', '0.5', 'ten'])
    it(`refuses CANARY=${share} before anything`, async () => {
      const { code, output, calls } = await release({ env: { CANARY: share } });
      assert.notEqual(code, 0);
      assert.match(output, /CANARY= takes a share of requests, from 1 to 99 percent\./);
      assert.deepEqual(
        calls.filter((call) => /update-alias|invoke/.test(call)),
        [],
      );
    });

  it('hears a version that streams its answer', async () => {
    project.answerAs(200, 'streamed');
    const { code, output } = await release();
    assert.equal(code, 0, output);
    project.alias = old;
    project.answerAs(503, 'streamed');
    assert.match((await release()).output, /Version 8 is not well, and was let answer nobody: .*503/);
  });

  it('asks the new version as a load balancer does where one stands before it', async () => {
    await emit(join(folder(), 'alb'), gatewayAnswers('alb'));
    const { code, output, calls } = await release();
    assert.equal(code, 0, output);
    const invoked = calls.find((call) => call.startsWith('aws lambda invoke')) ?? '';
    assert.match(invoked, /--payload \{"requestContext":\{"elb":.*"path":"\/healthz"/);
    project.alias = old;
    project.answerAs(503);
    assert.match((await release()).output, /Version 8 is not well, and was let answer nobody: .*503/);
  });

  it('lets a version answer nobody that is not well', async () => {
    project.answerAs(503);
    const { code, output, calls } = await release();
    assert.notEqual(code, 0);
    assert.match(output, /Version 8 is not well, and was let answer nobody: .*503/);
    assert.deepEqual(
      calls.filter((call) => call.includes('update-alias')),
      [],
    );
    assert.deepEqual(project.alias, old);
  });

  /** Each way to fail once the alias was moved, or while it is. */
  const failures: [title: string, call: Call, behind: string, message: RegExp][] = [
    ['a tenth cannot be shifted', { env: { CANARY: '10' }, fails: ['"8":0.1', 'Throttled'] }, '', /Throttled/],
    [
      'an alarm is raised at a tenth',
      { env: { CANARY: '10', STUB_ALARM_AT: '"8":0.1' } },
      '',
      /The alarm demo-dev\/errors was raised/,
    ],
    ['the rest cannot be shifted', { fails: ['--function-version 8', 'Throttled'] }, '', /Throttled/],
    ['the new version does not answer through the gateway', {}, '8', /answers with status 503, not version 8/],
    ['an alarm is raised', { env: { STUB_ALARM_AT: '"FunctionVersion":"8"' } }, '', /The alarm demo-dev\/errors was raised/],
  ];
  for (const [title, call, behind, message] of failures)
    it(`puts the version before back when ${title}`, async () => {
      unwell = behind;
      const { code, output } = await release(call);
      assert.notEqual(code, 0);
      assert.match(output, message);
      assert.match(output, /Version 7 answers again\. What 8 logged: make logs/);
      assert.deepEqual(project.alias, putBack);
    });

  it('does not mind an alarm that was raised before', async () => {
    const { code, output } = await release({ env: { STUB_ALARM_AT: 'FunctionVersion' } });
    assert.equal(code, 0, output);
    assert.deepEqual(project.alias, released);
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    for (const [moment, env, behind] of [
      ['a tenth answers', { CANARY: '10', WATCH_SECONDS: '30' }, ''],
      ['the new version is waited for', { POLL_SECONDS: '30' }, '8'],
      ['the new version is watched', { WATCH_SECONDS: '30' }, ''],
    ] as const)
      it(`puts the version before back on ${signal} while ${moment}`, async () => {
        unwell = behind;
        const script = spawn(process.execPath, ['scripts/stage.ts', 'release', 'terraform/stages/dev'], {
          cwd: project.folder,
          env: { ...project.prepare(), ...quick, ...env },
        });
        const said = text(script.stderr);
        const last = 'CANARY' in env || behind === '' ? 'describe-alarms' : 'update-alias';
        const expected = behind === '' ? 2 : 1;
        while (project.calls.filter((call) => call.includes(last)).length < expected) await setTimeout(20);
        await setTimeout(200);
        assert.notDeepEqual(project.alias, old);
        script.kill(signal);
        const [code] = await once(script, 'exit');
        assert.equal(code, 130, await said);
        assert.match(await said, /Version 7 answers again/);
        assert.deepEqual(project.alias, putBack);
      });

  it('stays with a version that somebody went back to, until another is published', async () => {
    project.alias = released;
    const rolledBack = await project.make(['rollback'], { env: quick });
    assert.equal(rolledBack.code, 0, rolledBack.output);
    assert.deepEqual(project.alias, { ...putBack, Description: 'before: 6 4 not: 8' });

    const again = await release();
    assert.equal(again.code, 0, again.output);
    assert.match(again.output, /Version 7 stays: from 8 somebody went back\. make rollback VERSION=8/);
    assert.equal(project.alias.FunctionVersion, '7');

    project.publish('9');
    const next = await release();
    assert.equal(next.code, 0, next.output);
    assert.deepEqual(project.alias, { ...released, FunctionVersion: '9', Description: 'before: 7 6 4' });
  });

  it('goes on to the version published last when that is asked for', async () => {
    project.alias = { FunctionVersion: '7', Description: 'before: 6 not: 8' };
    const { code, output } = await project.make(['rollback', 'VERSION=8'], { env: quick });
    assert.equal(code, 0, output);
    assert.deepEqual(project.alias, { ...released, Description: 'before: 7 6' });
  });

  it('names the versions where none is known to have answered before', async () => {
    project.alias = { FunctionVersion: '7' };
    const { code, output, calls } = await project.make(['rollback'], { env: quick });
    assert.notEqual(code, 0);
    assert.match(output, /No version is known to have answered before 7: VERSION= one of "5, 6, 7"/);
    assert.deepEqual(
      calls.filter((call) => call.includes('update-alias')),
      [],
    );
  });
});
