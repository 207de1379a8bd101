import { existsSync } from 'node:fs';

import { createListener } from './app.ts';
import { ConfigError, loadConfig } from './config.ts';
import { createLogger } from './log.ts';
import { startServer, stopServer } from './server.ts';

try {
  if (existsSync('.env')) process.loadEnvFile();
  const config = loadConfig(process.env);
  const log = createLogger(config.logLevel);
  const { server, url } = await startServer(createListener(config, log), config);
  log.info(`listening on ${url}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      // Ctrl+C comes twice, from the terminal and from npm; unheeded, the second one would cut open requests.
      if (!server.listening) return;
      log.info(`stopping on ${signal}`);
      void stopServer(server, config.drainMs);
    });
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
}
