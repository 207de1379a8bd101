import assert from 'node:assert/strict';

import { createListener } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { captureLog } from '../logs.ts';
import { json, send } from '../send.ts';

describe('POST /messages', () => {
  it('takes a message, which a job delivers', async () => {
    const { log, lines } = captureLog();
    const { status } = await send(createListener(loadConfig({}), log), '/messages', json({ text: 'Ahoy' }));
    assert.equal(status, 202);
    assert.partialDeepStrictEqual(
      lines.find(({ job }) => job !== undefined),
      { job: 'deliver-message', text: 'Ahoy' },
    );
  });

  it('refuses one that is empty', async () => {
    const { status } = await send(createListener(loadConfig({ LOG_LEVEL: 'silent' })), '/messages', json({ text: '' }));
    assert.equal(status, 422);
  });
});
