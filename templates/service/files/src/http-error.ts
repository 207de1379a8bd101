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
  override readonly name = 'HttpError';
  readonly status: number;
  readonly expose = true;
  readonly headers: Readonly<Record<string, string>>;
  readonly details: readonly unknown[] | undefined;

  constructor(status: number, message = reasonOf(status), options: HttpErrorOptions = {}) {
    super(message, options);
    this.status = status;
    this.headers = options.headers ?? {};
    this.details = options.details;
  }
}

/** What errors of this service and of its libraries have in common. */
interface ErrorLike extends Error {
  readonly status?: unknown;
  readonly expose?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly details?: readonly unknown[] | undefined;
}

export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly error: Readonly<Record<string, unknown>> };
}

/**
 * Turns whatever was thrown into what the client sees. Errors of libraries count by their `status` and `expose`, as
 * the http-errors package sets them; anything else is a 500 that says nothing of its cause.
 */
export function toErrorAnswer(error: Error, stacks: 'shown' | 'hidden'): ErrorAnswer {
  const { expose, headers, details }: ErrorLike = error;
  const status = statusOf(error);
  const shown = stacks === 'shown' && status >= 500;
  return {
    status,
    headers: headers ?? {},
    body: {
      error: {
        status,
        message: shown || (expose ?? status < 500) ? error.message : reasonOf(status),
        ...(details === undefined ? {} : { details }),
        ...(shown ? { stack: error.stack } : {}),
      },
    },
  };
}

/** @returns the status that an error asks for, 500 when it asks for none or for one that is no failure */
export function statusOf(error: Error): number {
  const { status }: ErrorLike = error;
  return typeof status === 'number' && Number.isInteger(status) && status >= 400 && status <= 599
    ? status
    : 500;
}

/** JavaScript lets a caller throw anything; from here on it is an Error. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(`Not an Error was thrown: ${inspect(thrown)}`);
}

/** @returns the standard words for a status */
export function reasonOf(status: number): string {
  return STATUS_CODES[status] ?? 'Error';
}
