/**
 * Numbers by a rule: element i is a function of the rule, the shape and i, so that a program and a plan hold the rule,
 * and the numbers are made where they are used, once, in the engine's memory.
 */
import { fillNormal, fillUniform, type Key } from '../base/random.ts';

type Shape = readonly number[];
const count = (shape: Shape): number => shape.reduce((n, size) => n * size, 1);

export type Fill =
  /** 0, 1, 2, … in row-major order. */
  | { readonly fill: 'range' }
  /** 1 where all indices are equal, else 0. */
  | { readonly fill: 'identity' }
  /** Evenly spread over (−1, 1), or of the normal distribution of mean 0 and deviation 1 (base/random.ts). */
  | { readonly fill: 'uniform' | 'normal'; readonly key: Key };

/** Row-major numbers, or the rule of them. */
export type Literal = readonly number[] | Fill;

/** Writes the elements of a tensor of this shape. `out` has as many. */
export function writeFill(rule: Fill, shape: Shape, out: Float32Array | Float64Array): void {
  switch (rule.fill) {
    case 'range':
      for (let i = 0; i < out.length; i++) out[i] = i;
      return;
    case 'identity':
      return writeIdentity(shape, out);
    case 'normal':
      fillNormal(rule.key, out);
      return;
    case 'uniform':
      fillUniform(rule.key, out, -1, 1);
      return;
  }
}

/** Of more numbers than these the rule is kept. */
const mostWritten = 4096;

/** Few numbers are written out, so that they can be read and computed with. */
export const writeOutFew = (literal: Literal, shape: Shape): Literal =>
  'length' in literal || count(shape) > mostWritten ? literal : Array.from(numbersOf(literal, shape));

/** The numbers themselves, in double precision. */
export function numbersOf(literal: Literal, shape: Shape): ArrayLike<number> {
  if ('length' in literal) return literal;
  const numbers = new Float64Array(count(shape));
  writeFill(literal, shape, numbers);
  return numbers;
}

function writeIdentity(shape: Shape, out: Float32Array | Float64Array): void {
  out.fill(0);
  const diagonal = shape.length === 0 ? 1 : Math.min(...shape);
  // One step along the diagonal is one step along every axis.
  const stride = shape.reduceRight(({ sum, one }, size) => ({ sum: sum + one, one: one * size }), {
    sum: 0,
    one: 1,
  }).sum;
  for (let i = 0; i < diagonal; i++) out[i * stride] = 1;
}
