/** What a runner says of one test. */
export interface Outcome {
  readonly title: string;
  readonly passed: boolean;
  /** Empty if it passed. */
  readonly message: string;
}
