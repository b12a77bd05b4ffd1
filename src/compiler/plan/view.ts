/** A tensor as a window on a buffer. Transposing, broadcasting, taking a diagonal make new views, no copies. */
import type { Shape } from '../../ir/program.ts';

export interface View {
  readonly buffer: number;
  readonly offset: number;
  readonly shape: Shape;
  /** In elements; 0 along an axis the view repeats. */
  readonly strides: readonly number[];
}

/** Row-major strides. */
export function denseStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    strides[d] = stride;
    stride *= shape[d] as number;
  }
  return strides;
}

/** Whether the elements lie in row-major order without gaps. Axes of size 1 may have any stride. */
export function isDense({ shape, strides }: View): boolean {
  const dense = denseStrides(shape);
  return shape.every((size, d) => size === 1 || strides[d] === dense[d]);
}
