import * as v from 'valibot';

import { HttpError } from './http-error.ts';

/**
 * Validates a part of a request, and returns what the schema names, typed.
 * @param place - where the value came from, for the client to know
 * @throws {@link HttpError} 422 whose `details` name every field that does not fit
 */
export function parseInput<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  place: 'path' | 'query' | 'body',
): v.InferOutput<Schema> {
  const { success, output, issues } = v.safeParse(schema, value, { abortPipeEarly: true });
  if (success) return output;
  const details = issues.map((issue) => ({
    in: place,
    name: v.getDotPath(issue),
    message: issue.received === 'undefined' ? 'is missing' : issue.message,
  }));
  throw new HttpError(422, 'The request is not valid.', { details });
}
