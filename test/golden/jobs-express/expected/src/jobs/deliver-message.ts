import * as v from 'valibot';

import { defineJob } from './job.ts';

/** The example: puts a text into a channel of Slack, Mattermost or the like, again and again until that has taken it. */
export const deliverMessage = defineJob({
  input: v.object({ text: v.pipe(v.string(), v.nonEmpty(), v.maxLength(1000)) }),
  async run({ text }, { config: { webhookUrl }, log, signal }) {
    if (webhookUrl === undefined) return log.warn('WEBHOOK_URL is not set, so a message ends here', { text });
    const response = await fetch(webhookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`${new URL(webhookUrl).host} answered with status ${response.status}.`);
  },
});
