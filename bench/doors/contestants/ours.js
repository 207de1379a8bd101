import { createHandler } from '../../../templates/service/files/src/lambda/handler.ts';
import { createApp } from './koa-app.js';

export const handler = createHandler(createApp().callback());
