/** What every engine offers. Pure: an engine executes a plan and knows nothing of graphs, files or clocks. */
import type { Plan } from '../ir/plan.ts';

export type EngineName = 'wasm' | 'reference';

export interface Engine {
  readonly name: EngineName;
  /** Which kernels compute. Two engines of one name and variant give the same bits for the same plan. */
  readonly variant: 'relaxed' | 'simd' | 'scalar';
  /** Allocates the arena, writes the constants, prepares the code. Rejects when memory cannot be had. */
  load(plan: Plan): Promise<Executable>;
}

export interface Executable {
  readonly plan: Plan;
  /** Writes an input (state, feed or data), row-major. Throws `internal:` on a wrong name or length. */
  write(name: string, data: ArrayLike<number>): void;
  /** A copy of an input or output, row-major. */
  read(name: string): Float32Array | Float64Array;
  /** The first element of an input or output, without allocating: for losses and metrics. */
  readScalar(name: string): number;
  /** Executes every step once. */
  step(): void;
  /** Executes the i-th step alone: for measuring. */
  stepAlone(i: number): void;
  /** Executes step by step; the index of the first step that wrote NaN or Infinity, or −1. For diagnosis: slow. */
  stepChecked(): number;
  dispose(): void;
}

/**
 * Thrown by a step that cannot be finished because a thread of the engine has ended. What the plan's
 * buffers hold is then of no use.
 */
export class ThreadLost extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(`a thread of the computation is lost: ${reason}`);
    this.reason = reason;
  }
}
