/** What every engine offers. Pure: an engine executes a plan and knows nothing of graphs, files or clocks. */
import type { Plan } from '../ir/plan.ts';

export type EngineName = 'wasm' | 'reference';

export interface Engine {
  readonly name: EngineName;
  /** Which kernels compute. Two engines of one name and variant give the same bits for the same plan. */
  readonly variant: 'relaxed' | 'simd' | 'scalar';
  /** Allocates the arena, writes the constants, prepares the code. Rejects with an EngineError. */
  load(plan: Plan): Promise<Executable>;
}

/**
 * What a run of steps reads, by the name of an input: row-major, the elements of the first step, then those
 * of the second, and so on. An input without a feed keeps what was written last.
 */
export type Feeds = Readonly<Record<string, ArrayLike<number>>>;

/** The plan's metrics by name: `loss[i]` is the loss of the i-th step of the run of steps. */
export type MetricsLog = Readonly<Record<string, Float32Array | Float64Array>>;

/**
 * A plan on an engine. One call at a time: the next begins when the promise of the last has settled.
 * `internal:` is thrown for a wrong name or length, and after `dispose`.
 */
export interface Executable {
  readonly plan: Plan;
  /** Writes an input (state, feed or data), row-major: what the next `advance` or `read` will find. */
  write(name: string, data: ArrayLike<number>): void;
  /** A copy of an input or output, row-major, or of its elements from `from` to before `to`. Rejects with an EngineError. */
  read(name: string, from?: number, to?: number): Promise<Float32Array | Float64Array>;
  /**
   * Executes all steps of the plan so many times. `steps` calls for one step each compute the same bits as
   * one call. Rejects with an EngineError, whose log tells of the steps that were finished.
   */
  advance(steps: number, feeds?: Feeds): Promise<MetricsLog>;
  /** Executes the i-th step of the plan alone, so many times: for measuring. */
  repeatStep(i: number, times: number): Promise<void>;
  /**
   * Executes the plan once, step by step, and says where the first NaN or Infinity came from that reached an output
   * or a new state; undefined where these are finite, whatever was not on the way. `outputs`: only these are looked
   * at. For diagnosis: slow.
   */
  advanceChecked(outputs?: readonly string[]): Promise<BadSource | undefined>;
  dispose(): void;
}

/** What was the first to be NaN or infinite: an input as it was given, or the result of a step. */
export type BadSource =
  | { readonly input: string; readonly value: number }
  | {
      /** Its position among the plan's steps; in loops, the outermost loop's, and then those in the loops' bodies. */
      readonly path: readonly number[];
      /** The iteration that each of these loops was in, outermost first. */
      readonly iterations: readonly number[];
      /** The first such number that it wrote. */
      readonly value: number;
    };

/**
 * - `out-of-memory`: the host or the device does not give the memory that the plan needs.
 * - `thread-lost`: a thread of the computation has ended or does not answer.
 * - `device-lost`: the accelerator is gone: unplugged, reset, or taken by the system.
 */
export type EngineErrorCode = 'out-of-memory' | 'thread-lost' | 'device-lost';

/** A fault of the host or the device, never of the plan. What the plan's buffers hold is then of no use. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;
  /** In the host's words. */
  readonly reason: string;
  /** Of the steps that `advance` had finished. */
  readonly log: MetricsLog;
  constructor(code: EngineErrorCode, reason: string, log: MetricsLog = {}) {
    super(`${code}: ${reason}`);
    this.code = code;
    this.reason = reason;
    this.log = log;
  }
}

/** Calls what allocates. Hosts refuse what they cannot give with a RangeError. */
export function allocating<T>(bytes: number, allocate: () => T): T {
  try {
    return allocate();
  } catch (error) {
    throw refusal(error, bytes);
  }
}

/** The EngineError for a host's RangeError; any other error is itself. */
export const refusal = (error: unknown, bytes: number): unknown =>
  error instanceof RangeError ? outOfMemory(bytes) : error;

export const outOfMemory = (bytes: number): EngineError =>
  new EngineError('out-of-memory', `${bytes} bytes cannot be had`);
