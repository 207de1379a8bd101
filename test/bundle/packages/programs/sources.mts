// Asks the server and the handler of the project in the working directory, both from its sources.
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';

import type { Request } from '../line.ts';
import { type Answer, askHandler, nameAndValue } from './ask.mts';

const [requestFile = '', answerFile = ''] = process.argv.slice(2);
const request = JSON.parse(readFileSync(requestFile, 'utf8')) as Request;

async function askServer(listener: RequestListener): Promise<Answer> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { method = 'GET', path = '/trial', headers = {}, body } = request;
  const send = (cookies: Readonly<Record<string, string>>): Promise<Response> =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
      method,
      headers: { ...headers, ...cookies },
      ...(body !== undefined && { body: Buffer.from(body, 'latin1') }),
    });
  const first = await send({});
  const cookie = first.headers.getSetCookie().map(nameAndValue).join('; ');
  const response = request.again === undefined ? first : await send({ cookie });
  return { status: response.status, body: Buffer.from(await response.arrayBuffer()).toString('latin1') };
}

const { createListener } = await import(pathToFileURL('src/app.ts').href);
const server = await askServer(createListener());
const { handler } = await import(pathToFileURL('src/lambda.ts').href);
writeFileSync(answerFile, JSON.stringify({ server, handler: await askHandler(handler, request) }));
// What a route has left open must not keep the test waiting.
process.exit();
