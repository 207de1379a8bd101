import { STATUS_CODES } from 'node:http';

import type { FrontEnd } from './event.ts';
import { formatResult, type LambdaResult } from './result.ts';

/** The listener gave no answer that can be sent; the client gets this status instead. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** @returns an answer in the words that API Gateway itself uses */
export function formatFailure(frontEnd: FrontEnd, { status }: Failure): LambdaResult {
  const body = Buffer.from(JSON.stringify({ message: STATUS_CODES[status] }));
  const headers = { 'content-type': 'application/json' };
  return formatResult(frontEnd, { statusCode: status, headers, multiValueHeaders: {}, body });
}
