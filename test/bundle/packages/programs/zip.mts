// Does what Lambda's runtime does with an unpacked zip.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

import type { Request } from '../line.ts';
import { askHandler } from './ask.mts';

const [requestFile = '', answerFile = ''] = process.argv.slice(2);
const request = JSON.parse(readFileSync(requestFile, 'utf8')) as Request;
const task = process.env['LAMBDA_TASK_ROOT'] ?? '';
const require = createRequire(import.meta.url);
// Lambda looks, too: what is no module is required.
const isModule = existsSync(`${task}/package.json`) && require(`${task}/package.json`).type === 'module';
const { handler } = isModule ? await import(pathToFileURL(`${task}/lambda.js`).href) : require(`${task}/lambda.js`);
writeFileSync(answerFile, JSON.stringify({ zip: await askHandler(handler, request) }));
// What a route has left open must not keep the test waiting.
process.exit();
