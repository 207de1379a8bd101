import assert from 'node:assert/strict';

import { createListener } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { type Answer, send } from '../send.ts';

const sendTo = (origins: string[], init: RequestInit): Promise<Answer> =>
  send(createListener(loadConfig({ LOG_LEVEL: 'silent', CORS_ORIGINS: origins.join() })), '/healthz', init);

const allowed = ({ headers }: Answer) => headers.get('access-control-allow-origin');
const from = (origin: string): RequestInit => ({ headers: { origin } });

describe('cors', () => {
  it('is off when no origin is listed', async () => {
    const answer = await sendTo([], from('https://a.example'));
    assert.deepEqual([allowed(answer), answer.headers.get('vary')], [null, null]);
  });

  it('allows a listed origin and no other', async () => {
    const origins = ['https://a.example', 'https://b.example'];
    assert.equal(allowed(await sendTo(origins, from('https://b.example'))), 'https://b.example');
    assert.equal(allowed(await sendTo(origins, from('https://c.example'))), null);
  });

  it('allows any origin with a star', async () => {
    assert.equal(allowed(await sendTo(['*'], from('https://c.example'))), 'https://c.example');
  });

  it('tells caches that the answer depends on the origin, whoever asks', async () => {
    for (const init of [{}, from('https://a.example'), from('https://c.example')])
      assert.equal((await sendTo(['https://a.example'], init)).headers.get('vary'), 'Origin');
  });

  it('answers a preflight', async () => {
    const headers = {
      origin: 'https://a.example',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'content-type',
    };
    const answer = await sendTo(['https://a.example'], { method: 'OPTIONS', headers });
    assert.deepEqual([answer.status, allowed(answer)], [200, 'https://a.example']);
    assert.match(answer.headers.get('access-control-allow-methods') ?? '', /\bPUT\b/);
    assert.equal(answer.headers.get('access-control-allow-headers'), 'content-type');
  });
});
