import serverless from 'serverless-http';

import { createApp } from './koa-app.js';

export const handler = serverless(createApp());
