import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

import { type FrontEnd, frontEnds } from './gateway/front-end.ts';
import type { Handler } from './gateway/invocation.ts';
import { createGateway } from './gateway/server.ts';

// Serves dist/lambda.js, as `make bundle` left it, behind a small gateway on this machine:
//   GATEWAY        http, http-1.0 (the same with payload 1.0), rest or url
//   GATEWAY_PORT   3001
//   GATEWAY_STAGE  a named stage, such as dev, which then stands in the path of the event
try {
  const { GATEWAY = 'http', GATEWAY_PORT = '3001', GATEWAY_STAGE = '$default' } = process.env;
  const frontEnd = findFrontEnd(GATEWAY);
  const server = createGateway(loadHandler(), { frontEnd, stage: GATEWAY_STAGE, log: console.log });
  server.listen(Number(GATEWAY_PORT), '127.0.0.1');
  await once(server, 'listening');
  console.log(`${GATEWAY} gateway on http://127.0.0.1:${GATEWAY_PORT}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function findFrontEnd(name: string): FrontEnd {
  const frontEnd = new Map<string, FrontEnd>(Object.entries(frontEnds)).get(name);
  if (frontEnd !== undefined) return frontEnd;
  throw new Error(`GATEWAY is "${name}": it must be one of ${Object.keys(frontEnds).join(', ')}.`);
}

function loadHandler(): Handler {
  const file = fileURLToPath(new URL('../dist/lambda.js', import.meta.url));
  if (!existsSync(file)) throw new Error('There is no dist/lambda.js yet: run `make bundle`.');
  // A function has a name in its environment, by which the app tells Lambda from a laptop.
  process.env['AWS_LAMBDA_FUNCTION_NAME'] ??= 'gateway';
  const { handler } = createRequire(import.meta.url)(file) as { handler: Handler };
  return handler;
}
