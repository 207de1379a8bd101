import type { Line } from '../line.ts';

/** Dates, collections, caches, settings and feature flags. */
export const values: readonly Line[] = [
  {
    name: 'dayjs with a locale and a plug-in',
    packages: ['dayjs'],
    code: `
      import dayjs from 'dayjs';
      import 'dayjs/locale/de.js';
      import utc from 'dayjs/plugin/utc.js';
      dayjs.extend(utc);
      export const answer = () => dayjs.utc('2026-03-01').locale('de').format('dddd, D. MMMM');`,
    answer: 'Sonntag, 1. März',
  },
  {
    name: 'luxon with a time zone',
    packages: ['luxon'],
    code: `
      import { DateTime } from 'luxon';
      export const answer = () => DateTime.fromISO('2026-07-01T00:00', { zone: 'Europe/Zurich' }).toUTC().toISO();`,
    answer: '2026-06-30T22:00:00.000Z',
  },
  {
    name: 'date-fns with a locale',
    packages: ['date-fns'],
    code: `
      import { formatDistance } from 'date-fns';
      import { de } from 'date-fns/locale';
      export const answer = () => formatDistance(new Date(0), new Date(7_200_000), { locale: de });`,
    answer: 'etwa 2 Stunden',
  },
  {
    name: 'moment loads a locale by name',
    packages: ['moment'],
    code: `
      import moment from 'moment';
      export const answer = () => moment.utc('2026-03-01').locale('de').format('LL');`,
    answer: '1. März 2026',
  },
  {
    name: 'moment-timezone brings its table',
    packages: ['moment-timezone'],
    code: `
      import moment from 'moment-timezone';
      export const answer = () => moment.tz('2026-07-01T00:00', 'Europe/Zurich').toISOString();`,
    answer: '2026-06-30T22:00:00.000Z',
  },
  {
    name: 'lodash groups',
    packages: ['lodash'],
    code: `
      import _ from 'lodash';
      import debounce from 'lodash/debounce.js';
      export const answer = () => ({ ..._.groupBy(['ab', 'c', 'de'], 'length'), part: debounce.name });`,
    answer: { 1: ['c'], 2: ['ab', 'de'], part: 'debounce' },
  },
  {
    name: 'rxjs maps',
    packages: ['rxjs'],
    code: `
      import { from, lastValueFrom, map, toArray } from 'rxjs';
      export const answer = async () => ({ values: await lastValueFrom(from([1, 2]).pipe(map((value) => value * 2), toArray())) });`,
    answer: { values: [2, 4] },
  },
  {
    name: 'p-limit, modules only, queues',
    packages: ['p-limit'],
    code: `
      import pLimit from 'p-limit';
      export async function answer() {
        const limit = pLimit(1);
        return { values: await Promise.all([1, 2].map((value) => limit(async () => value))) };
      }`,
    answer: { values: [1, 2] },
  },
  {
    name: 'chalk, modules only, colours',
    packages: ['chalk'],
    code: `
      import { Chalk } from 'chalk';
      export const answer = () => new Chalk({ level: 1 }).red('no');`,
    answer: '\u001B[31mno\u001B[39m',
  },
  {
    name: 'lru-cache forgets',
    packages: ['lru-cache'],
    code: `
      import { LRUCache } from 'lru-cache';
      export function answer() {
        const cache = new LRUCache({ max: 1 });
        cache.set('a', 1).set('b', 2);
        return { keys: [...cache.keys()] };
      }`,
    answer: { keys: ['b'] },
  },
  {
    name: 'keyv keeps',
    packages: ['keyv'],
    code: `
      import Keyv from 'keyv';
      export async function answer() {
        const cache = new Keyv({ namespace: 'users' });
        await cache.set('a', { name: 'Ada' });
        return cache.get('a');
      }`,
    answer: { name: 'Ada' },
  },
  {
    name: 'node-cron validates',
    packages: ['node-cron'],
    code: `
      import cron from 'node-cron';
      export const answer = () => ({ good: cron.validate('*/5 * * * *'), bad: cron.validate('every day') });`,
    answer: { good: true, bad: false },
  },
  {
    name: 'unleash-client answers from its bootstrap',
    packages: ['unleash-client'],
    code: `
      import { InMemStorageProvider, Unleash } from 'unleash-client';
      export async function answer() {
        const feature = { name: 'new', enabled: true, strategies: [{ name: 'userWithId', parameters: { userIds: 'Ada' } }] };
        const unleash = new Unleash({ url: 'http://127.0.0.1:2/', appName: 'shop', disableMetrics: true, refreshInterval: 0, bootstrap: { data: [feature] }, storageProvider: new InMemStorageProvider() });
        unleash.on('error', () => undefined);
        unleash.on('warn', () => undefined);
        await new Promise((resolve) => unleash.once('ready', resolve));
        const result = { ada: unleash.isEnabled('new', { userId: 'Ada' }), bob: unleash.isEnabled('new', { userId: 'Bob' }) };
        unleash.destroy();
        return result;
      }`,
    answer: { ada: true, bob: false },
  },
  {
    name: 'launchdarkly-node-server-sdk answers offline',
    packages: ['launchdarkly-node-server-sdk'],
    code: `
      import LaunchDarkly from 'launchdarkly-node-server-sdk';
      import integrations from 'launchdarkly-node-server-sdk/integrations.js';
      export async function answer() {
        const flags = integrations.TestData();
        await flags.update(flags.flag('new').booleanFlag().variationForAll(true));
        const client = LaunchDarkly.init('key', { updateProcessor: flags, sendEvents: false });
        await client.waitForInitialization();
        const value = await client.variation('new', { key: 'Ada' }, false);
        client.close();
        return { value };
      }`,
    answer: { value: true },
  },
  {
    name: 'config reads the folder of the working directory',
    packages: ['config'],
    files: { 'config/default.json': '{"shop":{"name":"Corner"}}' },
    manifest: { lambda: { files: ['config/**'] } },
    code: `
      import config from 'config';
      export const answer = () => config.get('shop.name');`,
    answer: 'Corner',
  },
  {
    name: 'iconv-lite decodes what Node cannot',
    packages: ['iconv-lite'],
    code: `
      import iconv from 'iconv-lite';
      export const answer = () => ({ there: iconv.encodingExists('utf-7'), back: iconv.decode(iconv.encode('Grüße €', 'cp858'), 'cp858'), seven: iconv.encode('ü', 'utf-7').toString() });`,
    answer: { there: true, back: 'Grüße €', seven: '+APw-' },
  },
  {
    name: 'mime-types knows application/zlib',
    packages: ['mime-types'],
    code: `
      import mime from 'mime-types';
      export const answer = () => ({ zlib: 'application/zlib' in mime.extensions, types: mime.contentType('a.md'), all: Object.keys(mime.types).length > 1000 });`,
    answer: { zlib: false, types: 'text/markdown; charset=utf-8', all: true },
  },
  {
    name: 'mime-db has all of its entries',
    packages: ['mime-db'],
    code: `
      import db from 'mime-db';
      export const answer = () => ({ zlib: db['application/zlib'], many: Object.keys(db).length > 2400 });`,
    answer: { zlib: { source: 'iana' }, many: true },
  },
  {
    name: 'supports-hyperlinks asks supports-color',
    packages: ['supports-hyperlinks'],
    code: `
      import supportsHyperlinks, { createSupportsHyperlinks } from 'supports-hyperlinks';
      export const answer = () => ({ stdout: supportsHyperlinks.stdout, terminal: createSupportsHyperlinks({ isTTY: false }) });`,
    answer: { stdout: false, terminal: false },
  },
];
