import { STATUS_CODES } from 'node:http';
import { inspect } from 'node:util';

export interface HttpErrorOptions extends ErrorOptions {
  /** Headers that belong to the status, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What exactly is wrong, for the client to read. */
  readonly details?: readonly unknown[];
}

/** A failure that the client may read about: throw it anywhere in a route or a middleware. */
export class HttpError extends Error {
  override readonly name: string = 'HttpError';
  readonly status: number;
  readonly expose: boolean = true;
  readonly headers: HttpErrorOptions['headers'];
  readonly details: HttpErrorOptions['details'];

  constructor(status: number, message = STATUS_CODES[status], options: HttpErrorOptions = {}) {
    super(message, options);
    this.status = status;
    this.headers = options.headers;
    this.details = options.details;
  }
}

/** @returns the status that an error of ours or of http-errors asks for, else 500: an upstream's status is not ours */
export function statusOf(error: Error): number {
  const { status = 500, expose }: Partial<HttpError> = error;
  return expose !== undefined && Number.isInteger(status) && status >= 400 && status <= 599 ? status : 500;
}

/** JavaScript lets a caller throw anything; from here on it is an Error. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(`Not an Error was thrown: ${inspect(thrown)}`);
}
