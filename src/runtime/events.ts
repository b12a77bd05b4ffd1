/**
 * Everything a run says, as plain data and free of clocks: the worker posts each event, the command
 * line prints it, tests compare the two. The schemas are the wire format between page and worker.
 */
import { z } from 'zod';

/** zod's own number refuses NaN and Infinity, which a probe may well have to show. */
const real = z.custom<number>((value) => typeof value === 'number');
const metrics = z.record(z.string(), z.number());

export const tensorValueSchema = z.object({
  shape: z.array(z.int()),
  axes: z.array(z.string()),
  /** Row-major; at most the first 4096 elements are sent, the statistics are always of all of them. */
  data: z.array(real),
  count: z.int(),
  min: real,
  max: real,
  mean: real,
  deviation: real,
});

export const runEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('started'),
    engine: z.string(),
    seed: z.number(),
    steps: z.int(),
    parameters: z.int(),
    bytes: z.number(),
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
  /** Metrics on the held-back data after `step` training steps: testLoss, testAccuracy. */
  z.object({ type: z.literal('evaluated'), step: z.int(), metrics }),
  /** Values of ports (`node.port`) after `step` steps. */
  z.object({ type: z.literal('values'), step: z.int(), values: z.record(z.string(), tensorValueSchema) }),
  /** The run ends here: `step` is how many steps were done before the one that failed. */
  z.object({ type: z.literal('failed'), step: z.int(), diagnostics: z.array(z.any()) }),
  z.object({
    type: z.literal('finished'),
    step: z.int(),
    /** Last training metrics and last evaluation together: loss, accuracy, testLoss, testAccuracy. */
    metrics,
    stopped: z.boolean(),
  }),
]);

export type RunEvent = z.output<typeof runEventSchema>;
export type TensorValue = z.output<typeof tensorValueSchema>;

export interface RunOptions {
  readonly steps?: number;
  readonly seed?: number;
  readonly memoryLimit?: number;
  /** An AbortSignal, or anything that says the same. */
  readonly signal?: { readonly aborted: boolean };
  /** Ports whose values to send with each event, `node.port`. */
  readonly probes?: () => readonly string[];
  /**
   * Called after every step. The host may return a promise to let its event loop turn, or to hold the
   * run while it is paused. It must not change what is computed.
   */
  readonly breathe?: (step: number) => Promise<void> | undefined;
  /** True when `breathe` is about to hold the run: it then sends what it has recorded first. */
  readonly holding?: () => boolean;
}
