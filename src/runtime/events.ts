/**
 * Everything a run says, as plain data and free of clocks: the worker posts each event, the command
 * line prints it, tests compare the two. The schemas are the wire format between page and worker.
 */

import { z } from 'zod';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { DataSource } from '../datasets/index.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { RestoreReport } from './restore.ts';

/** zod's own number refuses NaN and Infinity, which a probe may well have to show. */
const real = z.custom<number>((value) => typeof value === 'number');
const diagnostics = z
  .array(z.custom<Diagnostic>((value) => typeof value === 'object' && value !== null))
  .readonly();
const metrics = z.record(z.string(), z.number());

export const tensorValueSchema = z.object({
  shape: z.array(z.int()),
  axes: z.array(z.string()),
  /** Row-major; at most the first 4096 elements are sent, more where asked for, the statistics are always of all of them. */
  data: z.array(real),
  /** Set where `data` is not all of them. */
  cut: z.literal(true).optional(),
  count: z.int(),
  min: real,
  max: real,
  mean: real,
  deviation: real,
});

/** What a check has measured; met where the residual is at most the tolerance, and never where one of them is NaN. */
const checkVerdictSchema = z.object({
  /** The path of the check node, or of the optimizer that it is read off. */
  node: z.string(),
  value: real,
  /** What the value should be, where there is such a number. */
  theory: real.optional(),
  /** What the theory follows from, where that is worth showing. */
  basis: real.optional(),
  residual: real,
  tolerance: real,
  met: z.boolean(),
});

export const shownSchema = z.object({
  /** Of ports, by `node.port`. */
  values: z.record(z.string(), tensorValueSchema),
  /** Of the program that shows values, for this state and these rows. */
  metrics: z.record(z.string(), real),
  /** State by name, and the gradient of the loss by it where something trains it. */
  tensors: z.record(
    z.string(),
    z.object({ value: tensorValueSchema, gradient: tensorValueSchema.optional() }),
  ),
  /** What is checked in the document; left out where that was not asked for. */
  checks: z.array(checkVerdictSchema).readonly().optional(),
  /** What is read off its optimizers, where that is cheap, asked for with the checks. */
  readings: z.array(checkVerdictSchema).readonly().optional(),
});

/** What is told of an event: all but the state, which has a file of its own (checkpoint-file.ts). */
export const toldEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('started'),
    engine: z.string(),
    seed: z.number(),
    /** Steps done before, where the run goes on from a checkpoint. */
    from: z.int(),
    steps: z.int(),
    parameters: z.int(),
    bytes: z.number(),
  }),
  /** What became of the checkpoint that the run goes on from, before its first step. */
  z.object({
    type: z.literal('restored'),
    step: z.int(),
    report: z.custom<RestoreReport>((value) => typeof value === 'object' && value !== null),
    diagnostics,
  }),
  /**
   * Training metrics of every step since the last event, first to last: metrics.loss[i] belongs to step
   * `from + i`, counted from 0, so it is the loss after `from + i` updates.
   */
  z.object({
    type: z.literal('progress'),
    from: z.int(),
    metrics: z.record(z.string(), z.array(z.number())),
  }),
  /** Metrics on the validation data after `step` training steps: testLoss, testAccuracy. */
  z.object({ type: z.literal('evaluated'), step: z.int(), metrics }),
  /** What the host asked to see, after `step` steps and on the rows of the last of them. */
  z.object({ type: z.literal('values'), step: z.int(), ...shownSchema.shape }),
  /** What is checked, after the last step: before `finished`, where the document has checks. */
  z.object({
    type: z.literal('checked'),
    step: z.int(),
    checks: z.array(checkVerdictSchema).readonly(),
    /** Why they could not be computed. */
    diagnostics,
  }),
  /** The state after so many steps, because the host has asked for it. */
  z.object({ type: z.literal('checkpoint'), step: z.int() }),
  /** The run ends here: `step` is how many steps were done before the one that failed. */
  z.object({ type: z.literal('failed'), step: z.int(), diagnostics }),
  z.object({
    type: z.literal('finished'),
    step: z.int(),
    /** Last training metrics and last evaluation together: loss, accuracy, testLoss, testAccuracy. */
    metrics,
    stopped: z.boolean(),
  }),
]);

export type ToldEvent = z.output<typeof toldEventSchema>;
type WithState<E> = E extends { readonly type: 'checkpoint' | 'finished' }
  ? /** Another run can go on from here, as if this one had never stopped. */
    E & { readonly checkpoint: Checkpoint }
  : E;
export type RunEvent = WithState<ToldEvent>;

export function traced(event: RunEvent): ToldEvent {
  const { checkpoint: _, ...told } = { checkpoint: undefined, ...event };
  return told;
}

export type TensorValue = z.output<typeof tensorValueSchema>;
/** All of one state and one batch. */
export type Shown = z.output<typeof shownSchema>;
export type CheckVerdict = z.output<typeof checkVerdictSchema>;
export type ShownTensor = Shown['tensors'][string];

export interface RunOptions {
  /** Steps in all, those before `from` included. */
  readonly steps?: number;
  readonly seed?: number;
  /** Go on from here: with its seed, unless another is given. */
  readonly from?: Checkpoint;
  /** Asked after each stride: whether to send a `checkpoint` event now, after `step` steps. */
  readonly checkpointNow?: (step: number) => boolean;
  readonly memoryLimit?: number;
  /** Where the numbers of data sets come from; left out, the sets of the product. */
  readonly data?: DataSource;
  /** End after so many evaluations in a row without a better one. Default: what the document says, or never. */
  readonly patience?: number | undefined;
  /** The metric by which an evaluation is better. Default: what the document says, or `testLoss`. */
  readonly watch?: string | undefined;
  /** An AbortSignal, or anything that says the same. */
  readonly signal?: { readonly aborted: boolean };
  /** Ports whose values to send with each event, `node.port`. `isLast`: after the last step. */
  readonly probes?: (isLast: boolean) => readonly string[];
  /** Those of them of which more numbers are sent. */
  readonly closely?: () => readonly string[];
  /** Names of state whose numbers and gradients to send with each event. */
  readonly tensors?: (isLast: boolean) => readonly string[];
  /** Whether to measure what is checked with each event but the last. Default: no. */
  readonly checks?: () => boolean;
  /**
   * How many steps may be taken until the host is asked again: `signal`, `isPaused`, `yieldNow`. Left out, as
   * many as there are until the next report. It does not change what is computed or reported.
   */
  readonly stride?: () => number;
  /**
   * Called after each stride. The host may return a promise to let its event loop turn, or to keep the
   * run waiting while it is paused. It must not change what is computed.
   */
  readonly yieldNow?: (step: number) => Promise<void> | undefined;
  /** True when `yieldNow` is about to keep the run waiting: it then sends what it has recorded first. */
  readonly isPaused?: () => boolean;
}
