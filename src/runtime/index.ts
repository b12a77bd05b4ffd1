/** The runtime's whole interface: train a compiled document, evaluate it once, hold a run. */
export { type EvaluateOptions, evaluateOnce } from './evaluate-once.ts';
export type { RunEvent, RunOptions, TensorValue } from './events.ts';
export { dtypeOf } from './precision.ts';
export { run } from './run.ts';
export { createThrottle, type Throttle } from './throttle.ts';
