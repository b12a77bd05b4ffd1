/**
 * How every property test runs. The cases are the same each time, so that a result can be had again;
 * PROPERTY_SEED=<number> tries others. Shrinking a counterexample ends before the test's own time does,
 * so that a failure is reported, not lost in a timeout.
 */
import * as fc from 'fast-check';

fc.configureGlobal({
  seed: Number(process.env.PROPERTY_SEED ?? 1),
  interruptAfterTimeLimit: 90_000,
  // Fewer cases than were asked for are no pass.
  markInterruptAsFailure: true,
});
