import type { IncomingMessage, ServerResponse } from 'node:http';

/** Headers that a gateway adds or keeps for itself, and the one that names a run. */
const gatewayHeaders = /^(connection|keep-alive|transfer-encoding|x-forwarded-(for|port|proto)|x-run)$/;

/** Answers with all that a listener can see of a request. */
export async function echo(request: IncomingMessage, response: ServerResponse, more: object = {}): Promise<void> {
  const ends: string[] = [];
  request.on('end', () => ends.push('end'));
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  await new Promise((resolve) => setImmediate(resolve));
  const { method, url, headers, headersDistinct, rawHeaders, socket } = request;
  const names = rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
  const seen = {
    method,
    url,
    httpVersion: `${request.httpVersion} ${request.httpVersionMajor === 1 && request.httpVersionMinor === 1}`,
    complete: request.complete,
    ends: ends.length,
    presets: `${'body' in request} ${'ip' in request} ${'apiGateway' in request}`,
    address: `${socket.remoteAddress} ${socket.remoteFamily} ${String('encrypted' in socket && socket.encrypted)}`,
    rawNames: names.filter((name) => !gatewayHeaders.test(name)).toSorted(),
    headers: pick(headers),
    headersDistinct: pick(headersDistinct),
    body: Buffer.concat(chunks).toString('base64'),
    ...more,
  };
  response.setHeader('content-type', 'application/json');
  response.setHeader('x-echo', 'yes');
  response.end(JSON.stringify(seen));
}

function pick(headers: NodeJS.Dict<string | string[]>): object {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !gatewayHeaders.test(name))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
