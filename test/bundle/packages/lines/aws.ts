import type { Line } from '../line.ts';

/** Starts what answers in place of an AWS service. */
const fakeService = `
  import { createServer } from 'node:http';
  async function fake(type, body, ask) {
    const server = createServer((_req, res) => res.writeHead(200, { 'content-type': type }).end(body));
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };
    try {
      return await ask({ endpoint: 'http://127.0.0.1:' + server.address().port, region: 'eu-west-1', credentials });
    } finally {
      server.close();
    }
  }`;

export const aws: readonly Line[] = [
  {
    name: '@aws-sdk/client-s3 lists and signs',
    packages: ['@aws-sdk/client-s3', '@aws-sdk/s3-request-presigner'],
    code: `${fakeService}
      import { GetObjectCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
      import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
      const xml = '<ListAllMyBucketsResult><Buckets><Bucket><Name>photos</Name></Bucket></Buckets></ListAllMyBucketsResult>';
      export const answer = () => fake('application/xml', xml, async (options) => {
        const { Buckets } = await new S3Client(options).send(new ListBucketsCommand({}));
        const client = new S3Client({ ...options, endpoint: undefined });
        const url = new URL(await getSignedUrl(client, new GetObjectCommand({ Bucket: 'photos', Key: 'a b' }), { expiresIn: 60 }));
        return { names: Buckets.map(({ Name }) => Name), host: url.host, path: url.pathname, signed: url.searchParams.get('X-Amz-Signature').length };
      });`,
    answer: { names: ['photos'], host: 'photos.s3.eu-west-1.amazonaws.com', path: '/a%20b', signed: 64 },
    runtime: 'asked',
  },
  {
    name: '@aws-sdk/client-dynamodb and lib-dynamodb get an item',
    packages: ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb'],
    code: `${fakeService}
      import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
      import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
      export const answer = () => fake('application/x-amz-json-1.0', '{"Item":{"id":{"S":"1"},"tags":{"SS":["a"]}}}', async (options) => {
        const client = DynamoDBDocumentClient.from(new DynamoDBClient(options));
        const { Item } = await client.send(new GetCommand({ TableName: 'users', Key: { id: '1' } }));
        return { id: Item.id, tags: [...Item.tags] };
      });`,
    answer: { id: '1', tags: ['a'] },
  },
  {
    name: '@aws-sdk/client-sqs checks what it sent',
    packages: ['@aws-sdk/client-sqs'],
    code: `${fakeService}
      import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
      export const answer = () => fake('application/x-amz-json-1.0', '{"MessageId":"1","MD5OfMessageBody":"5d41402abc4b2a76b9719d911017c592"}', async (options) => {
        const send = (MessageBody) => new SQSClient(options).send(new SendMessageCommand({ QueueUrl: options.endpoint + '/1/q', MessageBody }));
        const { MessageId } = await send('hello');
        const { name } = await send('other').catch((error) => error);
        return { MessageId, name };
      });`,
    answer: { MessageId: '1', name: 'Error' },
  },
  {
    name: '@aws-sdk credentials come from the environment',
    packages: ['@aws-sdk/client-sqs'],
    code: `
      import { SQSClient } from '@aws-sdk/client-sqs';
      export async function answer() {
        process.env.AWS_ACCESS_KEY_ID = 'id';
        process.env.AWS_SECRET_ACCESS_KEY = 'secret';
        const { accessKeyId } = await new SQSClient({ region: 'eu-west-1' }).config.credentials();
        return { accessKeyId };
      }`,
    answer: { accessKeyId: 'id' },
  },
  {
    name: '@aws-lambda-powertools logs and counts',
    packages: ['@aws-lambda-powertools/logger', '@aws-lambda-powertools/metrics'],
    code: `
      import { Logger } from '@aws-lambda-powertools/logger';
      import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
      export function answer() {
        const logger = new Logger({ serviceName: 'shop', persistentKeys: { team: 'a' } });
        logger.info('said');
        const metrics = new Metrics({ namespace: 'shop', serviceName: 'shop' });
        metrics.addMetric('orders', MetricUnit.Count, 3);
        const { orders, _aws } = metrics.serializeMetrics();
        return { level: logger.getLevelName(), keys: logger.getPersistentLogAttributes(), orders, namespace: _aws.CloudWatchMetrics[0].Namespace };
      }`,
    answer: { level: 'INFO', keys: { team: 'a' }, orders: 3, namespace: 'shop' },
  },
  {
    name: '@aws-lambda-powertools/tracer outside of a trace',
    packages: ['@aws-lambda-powertools/tracer'],
    code: `
      import { Tracer } from '@aws-lambda-powertools/tracer';
      export function answer() {
        const tracer = new Tracer({ serviceName: 'shop', enabled: false });
        return { enabled: tracer.isTracingEnabled(), same: tracer.captureAWSv3Client(answer) === answer };
      }`,
    answer: { enabled: false, same: true },
  },
  {
    name: 'aws-xray-sdk-core formats a segment',
    packages: ['aws-xray-sdk-core'],
    code: `
      import xray from 'aws-xray-sdk-core';
      export function answer() {
        const segment = new xray.Segment('shop');
        segment.addAnnotation('user', 'Ada');
        const child = segment.addNewSubsegment('db');
        child.close();
        const { name, annotations, trace_id } = JSON.parse(segment.toString());
        return { name, annotations, traced: /^1-/.test(trace_id), limit: new xray.Segment('b').notTraced === undefined };
      }`,
    answer: { name: 'shop', annotations: { user: 'Ada' }, traced: true, limit: true },
  },
];
