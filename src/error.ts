/** What went wrong with one thing the user gave, and what to type instead. */
export interface Fault {
  /** Stable name for programs and tests, such as `REGION_INVALID`. */
  readonly code: string;
  /** One or more sentences that contain the value as it was given. */
  readonly problem: string;
  /** What to type or to change. */
  readonly fix: string;
}

/**
 * The only error that this package throws on purpose: everything a user can put right.
 * Its message is complete; the command line prints it without a stack.
 */
export class TsflaskError extends Error {
  readonly code: string;
  readonly faults: readonly Fault[];

  constructor(faults: Fault | readonly [Fault, ...Fault[]], options?: ErrorOptions) {
    const list = 'code' in faults ? ([faults] as const) : faults;
    super(list.map(({ problem, fix }) => `${problem} ${fix}`).join('\n'), options);
    this.name = 'TsflaskError';
    this.code = list[0].code;
    this.faults = list;
  }
}

/** Throws one {@link TsflaskError} that lists every fault; returns when there is none. */
export function throwFaults(faults: readonly Fault[]): void {
  const [first, ...rest] = faults;
  if (first) throw new TsflaskError([first, ...rest]);
}

/** The user left, or said no, before anything was written. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(message = 'Interrupted; nothing was written.', options?: ErrorOptions) {
    super(message, options);
  }
}

// The system's words name a call and a path again; these are the ones that a person meets.
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file',
  EACCES: 'you have no permission',
  EPERM: 'you have no permission',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk cannot be written to',
};

/** What node throws where the system refuses. */
export interface SystemError extends Error {
  readonly code: string;
  readonly syscall: string;
  readonly path?: string;
}

/** Why the system refused, in a person's words; its own where there are none. */
export function reasonOf(error: unknown): string {
  const { code = '', message } = error as Partial<SystemError> & Error;
  return Object.hasOwn(reasons, code) ? `${reasons[code]} (${code})` : message;
}

/** Whether the system refused something: a disk, a permission, a stream; no fault of this program. */
export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}
