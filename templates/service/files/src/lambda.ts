import { createListener } from './app.ts';
import { loadConfig } from './config.ts';
import { createHandler } from './lambda/handler.ts';
import { createLogger } from './log.ts';

const config = loadConfig(process.env);
const log = createLogger(config.logLevel);

export const handler = createHandler(createListener(config, log), log);
