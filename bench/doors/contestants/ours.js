import { createHandler } from '../dist/project/src/lambda/handler.ts';
import { createApp } from './koa-app.js';

export const handler = createHandler(createApp().callback(), console);
