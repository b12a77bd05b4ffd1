/**
 * Shapes of the operations that look at a tensor through another shape – slice, pad, window, fold,
 * concat – and the faults they can have. The builder and the verifier share them.
 */
import type { ConcatOp, FoldOp, PadOp, Shape, SliceOp, WindowOp } from './program.ts';

/** How windows lie along an axis: `stride` from one to the next, `dilation` between the elements of one. */
export interface Windowing {
  readonly stride: number;
  readonly dilation: number;
}

/** How many windows of `size` elements fit into `length`. */
export const positionsIn = (length: number, size: number, { stride, dilation }: Windowing): number =>
  Math.floor((length - dilation * (size - 1) - 1) / stride) + 1;

/** The first and the last element of every axis that start + step · i reaches for i in `count`. */
function reaches(starts: readonly number[], steps: readonly number[], count: Shape, within: Shape): boolean {
  return within.every((size, d) => {
    const first = starts[d] as number;
    const last = first + (steps[d] as number) * ((count[d] as number) - 1);
    return (
      Number.isInteger(last) && steps[d] !== 0 && Math.min(first, last) >= 0 && Math.max(first, last) < size
    );
  });
}

const hasRank = (rank: number, ...lists: readonly (readonly number[])[]): boolean =>
  lists.every((list) => list.length === rank);

/** What is wrong with a slice of `arg`, or undefined. */
export function sliceFault(
  { starts, steps, shape }: Omit<SliceOp, 'kind' | 'arg'>,
  arg: Shape,
): string | undefined {
  if (!hasRank(arg.length, starts, steps, shape)) return 'the ranks disagree';
  return reaches(starts, steps, shape, arg) ? undefined : 'it reads outside its operand';
}

/** What is wrong with padding `arg`, or undefined. */
export function padFault(
  { starts, steps, shape }: Omit<PadOp, 'kind' | 'arg'>,
  arg: Shape,
): string | undefined {
  if (!hasRank(arg.length, starts, steps, shape)) return 'the ranks disagree';
  return reaches(starts, steps, arg, shape) ? undefined : 'its operand does not fit in';
}

/** What is wrong between an axis and its windows, or undefined: `split` has axes (position, offset) where `whole` has one. */
export function windowFault(
  { axis, stride, dilation }: Pick<WindowOp | FoldOp, 'axis' | 'stride' | 'dilation'>,
  whole: Shape,
  split: Shape,
): string | undefined {
  const [positions = 0, size = 0] = split.slice(axis, axis + 2);
  const others = [...split.slice(0, axis), whole[axis] ?? 0, ...split.slice(axis + 2)];
  if (!Number.isInteger(axis) || axis < 0 || split.length !== whole.length + 1) return 'the ranks disagree';
  if (others.some((n, d) => n !== whole[d])) return 'another axis changes its size';
  if (!(stride >= 1) || !(dilation >= 1)) return 'stride and dilation must be at least 1';
  const reach = (positions - 1) * stride + (size - 1) * dilation;
  return reach < (whole[axis] as number) ? undefined : 'its windows reach outside';
}

/** What is wrong with a concatenation, or undefined. */
export function concatFault(
  { axis, shape }: Omit<ConcatOp, 'kind' | 'args'>,
  args: readonly Shape[],
): string | undefined {
  const total = args.reduce((n, arg) => n + (arg[axis] ?? 0), 0);
  const agrees = (arg: Shape) =>
    arg.length === shape.length && arg.every((n, d) => d === axis || n === shape[d]);
  return args.length > 0 && args.every(agrees) && total === shape[axis] ? undefined : 'the shapes disagree';
}
