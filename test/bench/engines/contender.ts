/** What every JavaScript engine is made to look like, so that all are checked and timed by the same code. */
import type { Case } from './case.ts';

export type Names = 'tensorloom' | 'jax-js' | 'tfjs-wasm' | 'onnxruntime-web';

type MaybePromise<T> = T | Promise<T>;

export interface Contender {
  /** Back to the first weights and to empty moments. */
  restart(): MaybePromise<void>;
  /** One training step, or one evaluation; when it is done the result is in reach of JavaScript. */
  step(): MaybePromise<void>;
  /** So many, for an engine that takes them in one call and notes the loss of each. */
  steps?: (count: number) => Promise<unknown>;
  /** Of the last step; 0 where there is none. */
  loss(): MaybePromise<number>;
  /** After the first step since a restart: the gradients by the names of parameters, or `out`. */
  results(): MaybePromise<Readonly<Record<string, ArrayLike<number>>>>;
}

/** Rejects with a sentence where the engine cannot do the workload. */
export type Open = (given: Case) => Promise<Contender>;

/** The constants of Adam (arXiv 1412.6980) that all engines are given; PyTorch's defaults. */
export const adam = { rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** 1 / (1 − βᵗ): what takes the bias towards zero out of the running means at step t = 1, 2, … */
export const corrections = (t: number): [number, number] => [
  1 / (1 - adam.beta1 ** t),
  1 / (1 - adam.beta2 ** t),
];

/** The mean after the first step is (1 − β₁) times the gradient: how gradients are read off any training program. */
export const gradientFromMean = (mean: ArrayLike<number>): Float64Array =>
  Float64Array.from(mean, (m) => m / (1 - adam.beta1));
