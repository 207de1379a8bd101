import serverlessExpress from '@codegenie/serverless-express';

import { createApp } from './koa-app.js';

const listener = createApp().callback();

export const handler = serverlessExpress({ app: (request, response) => void listener(request, response) });
