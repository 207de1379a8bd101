import type { Line } from '../line.ts';

export const queues: readonly Line[] = [
  {
    name: 'bullmq adds a job',
    packages: ['bullmq', 'ioredis'],
    code: `
      import { Queue } from 'bullmq';
      export async function answer() {
        const queue = new Queue('mail', { connection: { host: '127.0.0.1', port: 1, maxRetriesPerRequest: 0, retryStrategy: () => null } });
        queue.on('error', () => undefined);
        const { name, message } = await queue.add('welcome', { to: 'Ada' }).catch((error) => error);
        return { name, message, key: queue.toKey('1') };
      }`,
    answer: { name: 'Error', message: 'connect ECONNREFUSED 127.0.0.1:1', key: 'bull:mail:1' },
  },
  {
    name: 'bullmq runs a processor of its own file',
    packages: ['bullmq', 'ioredis'],
    files: { 'src/processor.ts': `export default async ({ data }) => data.n * 2;` },
    code: `
      import { Worker } from 'bullmq';
      export async function answer() {
        const worker = new Worker('mail', new URL('../processor.ts', import.meta.url), { autorun: false, connection: { host: '127.0.0.1', port: 1 } });
        worker.on('error', () => undefined);
        return { name: worker.name, child: typeof worker.childPool };
      }`,
    answer: { name: 'mail', child: 'object' },
  },
  {
    name: 'amqplib connects',
    packages: ['amqplib'],
    code: `
      import amqp from 'amqplib';
      export async function answer() {
        const { code } = await amqp.connect('amqp://127.0.0.1:1').catch((error) => error);
        return { code, illegal: new amqp.IllegalOperationError('no').name };
      }`,
    answer: { code: 'ECONNREFUSED', illegal: 'IllegalOperationError' },
  },
  {
    name: 'kafkajs connects',
    packages: ['kafkajs'],
    code: `
      import { Kafka, logLevel, Partitioners } from 'kafkajs';
      export async function answer() {
        const kafka = new Kafka({ brokers: ['127.0.0.1:1'], retry: { retries: 0 }, logLevel: logLevel.NOTHING });
        const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
        const { name, message } = await producer.connect().catch((error) => error);
        return { name, refused: /ECONNREFUSED/.test(message) };
      }`,
    answer: { name: 'KafkaJSNumberOfRetriesExceeded', refused: true },
  },
];
