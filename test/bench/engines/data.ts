/** The numbers that every engine is given: a function of a tensor's name alone, the same on every machine. */
import { keyFrom, normal, uniform } from '../../../src/base/random.ts';

export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export type Tensors = Readonly<Record<string, Tensor>>;

/** How a tensor is filled: normal with a deviation, one-hot rows, or one value. */
export type Fill = { readonly normal: number } | 'one-hot' | { readonly constant: number };

export const size = (shape: readonly number[]): number => shape.reduce((n, s) => n * s, 1);

export function fill(path: string, shape: readonly number[], rule: Fill): Tensor {
  const key = keyFrom(1, 'bench', path);
  const n = size(shape);
  if (rule === 'one-hot') {
    const classes = shape.at(-1) as number;
    const data = new Float32Array(n);
    uniform(key, n / classes).forEach((u, row) => {
      data[row * classes + Math.floor(u * classes)] = 1;
    });
    return { shape, data };
  }
  if ('constant' in rule) return { shape, data: new Float32Array(n).fill(rule.constant) };
  return { shape, data: Float32Array.from(normal(key, n), (z) => z * rule.normal) };
}
