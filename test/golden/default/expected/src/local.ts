import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

import { createListener } from './app.ts';
import { ConfigError, loadConfig } from './config.ts';
import { createServiceLogger } from './log.ts';
import { createStopper, startServer } from './server.ts';

try {
  loadEnvFile('.env');
  const config = loadConfig(process.env);
  const log = createServiceLogger(config);
  // Node then ends the process by itself, also for a rejection that nobody handled.
  process.on('uncaughtExceptionMonitor', (error, origin) => log.error(String(error), { error, origin }));
  const { server, url } = await startServer(createListener(config, log), config);
  const stop = createStopper(server, config.drainMs, log);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  // From `node --watch`: it was killed, and could not pass the signal on.
  process.on('disconnect', () => stop('disconnect'));
  log.info(`listening, try ${url}/hello/Ada`);
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}

/** Adds what the environment lacks. Node's own `loadEnvFile` loses the first variable after a byte order mark. */
function loadEnvFile(path: string): void {
  if (!existsSync(path)) return;
  const variables = parseEnv(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  for (const [name, value] of Object.entries(variables)) process.env[name] ??= value;
}
