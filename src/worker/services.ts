/** What a host gives to what the worker does: a clock, turns of its event loop, engines. */
import type { DataSource } from '../datasets/index.ts';
import type { Engine, EngineName } from '../numeric/engine.ts';
import type { Measured } from '../numeric/threads/threaded-engine.ts';

export interface HostServices {
  /** Milliseconds from any fixed moment. */
  readonly now: () => number;
  /** Lets the event loop handle what is waiting. */
  readonly yieldToEventLoop: () => Promise<void>;
  /** Where the numbers of data sets come from; left out, the sets of the product. */
  readonly data?: DataSource;
  /** `threads`: as many as this, whether it pays or not. Left out, as many as prove best: `decided` is told. */
  readonly engine: (name: EngineName, threads?: number, decided?: Measured['decided']) => Promise<Engine>;
}
