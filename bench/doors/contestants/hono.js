import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';

const app = new Hono();
app.get('/hello/:name', (context) => context.json({ message: `Hello, ${context.req.param('name')}!` }));

export const handler = handle(app);
