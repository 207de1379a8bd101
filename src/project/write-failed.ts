import { reasonOf, TsflaskError } from '../error.ts';

/** A full disk, a missing permission, a name too long: what the user can put right. */
export function writeFailed(cause: unknown, folder: string): TsflaskError {
  return new TsflaskError(
    {
      code: 'WRITE_FAILED',
      problem: `${folder} cannot be written: ${reasonOf(cause)}.`,
      fix: 'Nothing was changed. Put that right, or give another folder.',
    },
    { cause },
  );
}
