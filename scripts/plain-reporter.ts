import Mocha, { type MochaOptions, type Runner } from 'mocha';

/** Mocha's usual report, closed by one plain line that any program can read: `N passed, N failed, N skipped`. */
export default class PlainReporter extends Mocha.reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = runner.stats!;
      // After Spec's own epilogue, which listens to the same event.
      setImmediate(() =>
        process.stdout.write(`${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ''}\n`),
      );
    });
  }
}
