/** The runtime's whole interface: train a compiled document, evaluate it once, hold a run. */

export {
  type Checkpoint,
  type EngineKind,
  foreignCheckpoint,
  type Position,
  roleOf,
  type SavedTensor,
  type TensorRole,
} from './checkpoint.ts';
export { readCheckpoint, readWeights, writeCheckpoint } from './checkpoint-file.ts';
export { diagnosticOf, tooLarge } from './engine-faults.ts';
export { type EvaluateOptions, evaluateOnce } from './evaluate-once.ts';
export {
  type CheckVerdict,
  type RunEvent,
  type RunOptions,
  type Shown,
  type ShownTensor,
  type TensorValue,
  type ToldEvent,
  traced,
} from './events.ts';
export type { Inspection, StateEntry } from './inspect.ts';
export { type Model, type OpenOptions, openModel } from './model.ts';
export type { NamedShape } from './moved-state.ts';
export { chooseDtype, dtypeOf } from './precision.ts';
export { type FreshTensor, type Restored, type RestoreReport, restore } from './restore.ts';
export { run } from './run.ts';
export { createThrottle, type Throttle } from './throttle.ts';
