'use strict';
// Loads the bundle named and answers once (`cold`), or as often as its parent says, with the time it took (`warm`).
const { readFileSync } = require('node:fs');

const [, , mode, file] = process.argv;
const { handler } = require(file);
const payload = readFileSync(`${__dirname}/../../test/doors/fixtures/http.json`, 'utf8');
const event = () => {
  const parsed = JSON.parse(payload);
  parsed.rawPath = '/hello/Ada';
  parsed.requestContext.http.method = 'GET';
  delete parsed.body;
  parsed.headers['content-length'] = '0';
  return parsed;
};
const context = { awsRequestId: 'bench', getRemainingTimeInMillis: () => 29_000 };

async function invoke(times) {
  let result;
  for (let at = 0; at < times; at += 1) result = await handler(event(), context);
  return result;
}

async function measure(times) {
  const before = process.cpuUsage();
  await invoke(times);
  const { user, system } = process.cpuUsage(before);
  process.send((user + system) / times);
}

async function main() {
  if (mode === 'cold') {
    const { statusCode } = await invoke(1);
    process.stdout.write(String(statusCode), () => process.exit());
    return;
  }
  await invoke(50_000);
  process.on('message', (times) => void measure(times));
  process.send('ready');
}

void main();
