/** A tensor as a window on a buffer. Transposing, broadcasting, taking a diagonal make new views, no copies. */
import type { Shape } from '../../ir/program.ts';

export interface StridedView {
  readonly buffer: number;
  readonly offset: number;
  readonly shape: Shape;
  /** In elements; 0 along an axis the view repeats. */
  readonly strides: readonly number[];
}

/** Row-major strides. */
export const denseStrides = (shape: Shape): number[] =>
  stridesInOrder(
    shape,
    shape.map((_, d) => d),
  );

/** Strides without gaps where the axes follow each other in memory in this order, outermost first. */
export function stridesInOrder(shape: Shape, order: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (const d of order.toReversed()) {
    strides[d] = stride;
    stride *= shape[d] as number;
  }
  return strides;
}

/** A view's axes from the outermost in memory to the innermost. */
export const memoryOrder = ({ strides }: Pick<StridedView, 'strides'>): number[] =>
  strides.map((_, d) => d).sort((x, y) => Math.abs(strides[y] as number) - Math.abs(strides[x] as number));

/** Whether the elements lie in row-major order without gaps. Axes of size 1 may have any stride. */
export function isDense({ shape, strides }: StridedView): boolean {
  const dense = denseStrides(shape);
  return shape.every((size, d) => size === 1 || strides[d] === dense[d]);
}
