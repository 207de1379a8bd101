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

/** The user pressed Ctrl-C before anything was written. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
