import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import type { createHandler } from '../../templates/service/files/src/lambda/handler.ts';
import { openLocalDoor } from './doors.ts';
import { type MatrixCase, runMatrix } from './matrix.ts';
import { listenPlainly } from './mount.ts';
import { requestCases } from './request-cases.ts';
import { bodies } from './scenarios/bodies.ts';
import { heads } from './scenarios/heads.ts';
import { lives } from './scenarios/lives.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const lambda = join(root, 'templates/service/files/src/lambda');
const scenarios = { ...heads, ...bodies, ...lives };

/** Those that answer quickly even when a repair is missing; each repair is needed by several of them. */
const asked = [
  'writeHead flat array',
  'writeHead lists',
  'setHeader after head',
  'status changed after the head',
  'trailers',
  'latin1 header with text',
  'buffer',
  'hex',
  'interim answers',
  'one socket',
  'socket api',
  'write with length',
  'state after close',
  'finish and close',
  'request never read',
  'write after end',
  'reused buffer',
];
const cases: readonly MatrixCase[] = [
  ...requestCases.filter(({ name }) => /^(query \?a|repeated header|no body|binary$)/.test(name)),
  ...asked.map((name) => ({
    name,
    method: 'POST',
    target: `/raw/${encodeURIComponent(name)}`,
    headers: [['Host', 'api.example.com'] as const],
    body: Buffer.from('posted'),
    chunked: false,
  })),
];

const exchange = readFileSync(join(lambda, 'exchange.ts'), 'utf8');
const repairs = [...exchange.matchAll(/^ +(?:const message = |await )?repairs\.(\w+)\(.*\);\n/gm)];

describe('a repair', function () {
  this.timeout(30_000);
  const temporary = mkdtempSync(join(tmpdir(), 'repairs-'));
  before(() => symlinkSync(join(root, 'node_modules'), join(temporary, 'node_modules')));
  after(() => rmSync(temporary, { recursive: true }));

  it('is each function of repairs.ts', () => {
    const source = readFileSync(join(lambda, 'repairs.ts'), 'utf8');
    const exported = [...source.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name]) => name);
    assert.deepEqual(new Set(repairs.map(([, name]) => name)), new Set(exported));
  });

  it('is missed by nobody as long as all are there', async () => {
    assert.deepEqual(await findDifferences(join(temporary, 'whole'), exchange), []);
  });

  for (const [line, name = ''] of repairs)
    it(`shows in the matrix when ${name} is taken out`, async () => {
      const found = await findDifferences(join(temporary, name), takeOut(line, name));
      assert.notDeepEqual(found, []);
    });
});

/** The request of serverless-http stands in for the one that createMessage would make. */
function takeOut(line: string, name: string): string {
  if (name !== 'createMessage') return exchange.replace(line, '');
  const replaced = line.replace(
    'repairs.createMessage(connection)',
    'Object.assign(envelope, { socket: connection, headers: undefined, complete: false })',
  );
  return exchange
    .replace(line, replaced)
    .replace(
      'start(listener, envelope.apiGateway.event, response)',
      'start(listener, envelope.apiGateway.event, response, envelope)',
    )
    .replace('response: ServerResponse): void {', 'response: ServerResponse, envelope: any): void {');
}

async function findDifferences(folder: string, source: string): Promise<readonly string[]> {
  cpSync(lambda, folder, { recursive: true });
  writeFileSync(join(folder, 'exchange.ts'), source);
  const module = (await import(pathToFileURL(join(folder, 'handler.ts')).href)) as { createHandler: typeof createHandler };
  const listener = listenPlainly(scenarios);
  const door = await openLocalDoor(listener);
  const { error } = console;
  console.error = () => {};
  try {
    return (await runMatrix(cases, { handler: module.createHandler(listener), sendLocally: door.send })).avoidable;
  } catch (reason) {
    return [String(reason)];
  } finally {
    console.error = error;
    door.close();
  }
}
