import { createListener } from './app.ts';
import { loadConfig } from './config.ts';
import { createHandler } from './lambda/handler.ts';
import { createServiceLogger } from './log.ts';

const config = loadConfig(process.env);
const log = createServiceLogger(config);

export const handler = createHandler(createListener(config, log), log);
