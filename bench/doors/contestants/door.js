import { createHandler } from '../dist/project/src/lambda/handler.ts';
import { createApp } from './koa-app.js';

const listener = createApp().callback();

/** The emitted Lambda entry point around the app of the base. */
export const handler = createHandler((request, response) => void listener(request, response), console);
