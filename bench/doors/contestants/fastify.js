import awsLambdaFastify from '@fastify/aws-lambda';
import fastify from 'fastify';

const app = fastify();
app.get('/hello/:name', async ({ params }) => ({ message: `Hello, ${params.name}!` }));

export const handler = awsLambdaFastify(app);
