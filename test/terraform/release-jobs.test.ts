import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { useTempFolder } from '../temp-folder.ts';
import { outputsOf, StubbedProject } from './stubs.ts';

const quick = { WATCH_SECONDS: '0', POLL_SECONDS: '0' };

/** Of the jobs' function, versions 12 and 13 have the code of the service's version 7, and 14 has that of 8. */
describe('jobs, when a version is released', function () {
  this.timeout(60_000);
  const folder = useTempFolder();
  let project: StubbedProject;
  let isWell = true;
  const server = createServer((_, response) => {
    const version = project.alias.FunctionVersion;
    response.writeHead(isWell ? 200 : 503).end(JSON.stringify({ functionVersion: version }));
  });
  before((done) => void server.listen(0, '127.0.0.1', done));
  after((done) => void server.close(done));

  beforeEach(async () => {
    isWell = true;
    project = new StubbedProject(folder());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const outputs = { ...outputsOf(url), jobs_function_name: 'demo-dev-jobs' };
    await project.emit(outputs, { with: ['jobs'] });
    project.alias = { FunctionVersion: '7', Description: 'before: 6' };
  });

  /** @returns the moves of both aliases, in order */
  async function make(...args: readonly string[]): Promise<{ code: number | null; output: string; moves: readonly string[] }> {
    const { code, output, calls } = await project.make(args, { env: quick });
    const moves = calls.flatMap(
      (call) => /update-alias --function-name (\S+) .*--function-version (\d+)/.exec(call)?.slice(1, 3).join(' ') ?? [],
    );
    return { code, output, moves };
  }

  it('are done by its code once it answers and was watched', async () => {
    const { code, output, moves } = await make('release');
    assert.equal(code, 0, output);
    assert.deepEqual(moves, ['demo-dev 8', 'demo-dev-jobs 14']);
  });

  it('are left alone where it is put back', async () => {
    isWell = false;
    const { code, moves } = await make('release');
    assert.notEqual(code, 0);
    assert.deepEqual(moves, ['demo-dev 8', 'demo-dev 7']);
  });

  it('go back with a rollback', async () => {
    project.alias = { FunctionVersion: '8', Description: 'before: 7 6' };
    const { code, output, moves } = await make('rollback');
    assert.equal(code, 0, output);
    assert.deepEqual(moves, ['demo-dev 7', 'demo-dev-jobs 13']);
  });

  it('take other settings of the same code, where nothing else is new', async () => {
    project.publish('7');
    const { code, output, moves } = await make('release');
    assert.equal(code, 0, output);
    assert.deepEqual(moves, ['demo-dev-jobs 13']);
  });

  it('say when none of their versions has that code', async () => {
    project.alias = { FunctionVersion: '8', Description: 'before: 5' };
    const { code, output } = await make('rollback');
    assert.notEqual(code, 0);
    assert.match(output, /Version 5 answers, but jobs are done as before: no version of demo-dev-jobs has its code\./);
  });
});
