import { createListener } from './app.ts';
import { loadConfig } from './config.ts';
import { createHandler } from './lambda/handler.ts';

const config = loadConfig(process.env);

export const handler = createHandler(createListener(config), { basePath: config.basePath });
