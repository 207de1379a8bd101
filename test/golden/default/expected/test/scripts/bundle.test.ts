import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { unzipSync } from 'fflate';

import { bundle } from '../../scripts/bundle/bundle.ts';
import { zip } from '../../scripts/bundle/zip.ts';
import { createEvent } from '../../scripts/gateway/event.ts';
import { frontEnds } from '../../scripts/gateway/front-end.ts';
import { type Handler, invoke } from '../../scripts/gateway/invocation.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'bundle-'));

describe('the bundle', function () {
  this.timeout(30_000);
  after(() => rmSync(temporary, { recursive: true }));

  it('is the same in every folder, and answers when it is unzipped', async () => {
    const archive = zip(await bundle(root));
    const elsewhere = join(temporary, 'elsewhere');
    rmSync(elsewhere, { force: true });
    symlinkSync(root, elsewhere);
    assert.deepEqual(zip(await bundle(`${elsewhere}/`)), archive);

    const files = unzipSync(archive);
    assert.deepEqual(Object.keys(files), ['lambda.js', 'lambda.js.map']);
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(temporary, name), bytes);
    process.env['LOG_LEVEL'] = 'silent';
    const { handler } = createRequire(import.meta.url)(join(temporary, 'lambda.js')) as { handler: Handler };
    for (const [line, status] of [
      ['GET /healthz', 200],
      ['POST /hello/Ada', 415],
    ] as const) {
      const [method = '', target = ''] = line.split(' ');
      const body = Buffer.from(method === 'POST' ? 'x' : '');
      const request = { method, target, headers: [], body, address: '203.0.113.7' };
      const event = createEvent('http-2.0', request, { ...frontEnds.http, stage: '$default' });
      const { statusCode } = (await invoke(handler, event, 5000)) as { statusCode: number };
      assert.equal(statusCode, status, line);
    }
  });
});
