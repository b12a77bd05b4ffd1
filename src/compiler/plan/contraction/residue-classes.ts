/**
 * The arithmetic of windows added up. With windows `stride` apart whose elements lie `dilation` apart,
 * element y of the result is the sum over all positions p and offsets t with p · stride + t · dilation = y.
 * The offsets that can reach y depend on y modulo the stride alone: elements fall into residue classes, and
 * within a class the positions that are read move on by one from element to element.
 */
import type { FoldOp } from '../../../ir/program.ts';
import type { PlanBuilder } from '../plan-builder.ts';
import { memoryOrder, type StridedView, stridesInOrder } from '../view.ts';
import { type NamedAxisView, strideOf } from './named-axis-view.ts';

/**
 * Elements first, first + stride, … of the result. The q-th is reached by `taps` offsets, the j-th of
 * which is `tap` − j · `tapStep` and reads position q + `shift` + j · `step`.
 */
export interface ResidueClass {
  readonly first: number;
  readonly size: number;
  readonly taps: number;
  readonly tap: number;
  readonly tapStep: number;
  readonly shift: number;
  readonly step: number;
}

/** An axis of the result by its labels: which positions it reads, and how far those go beyond what there is. */
export interface FoldedAxis {
  readonly position: number;
  readonly offset: number;
  readonly fold: FoldOp;
  readonly classes: readonly ResidueClass[];
  readonly before: number;
  readonly after: number;
}

export function foldedAxis(
  { position, offset, fold }: Pick<FoldedAxis, 'position' | 'offset' | 'fold'>,
  size: number,
  sizes: readonly number[],
): FoldedAxis {
  const [positions, offsets] = [sizes[position] as number, sizes[offset] as number];
  const classes = classesOf(fold, size, offsets);
  const lasts = classes.map((c) => c.size - 1 + c.shift + (c.taps - 1) * c.step);
  const before = Math.max(0, ...classes.map(({ taps, shift }) => (taps > 0 ? -shift : 0)));
  const after = Math.max(0, ...lasts.map((last) => last - (positions - 1)));
  return { position, offset, fold, classes, before, after };
}

function classesOf({ stride, dilation }: FoldOp, size: number, offsets: number): ResidueClass[] {
  const common = greatestCommonDivisor(stride, dilation);
  const [tapStep, step] = [stride / common, dilation / common];
  return Array.from({ length: Math.min(stride, size) }, (_, first) => {
    const length = Math.ceil((size - first) / stride);
    const candidates = Array.from({ length: offsets }, (_, t) => t);
    const reaching = candidates.filter((t) => (t * dilation - first) % stride === 0);
    const tap = reaching.at(-1) ?? 0;
    const shift = reaching.length > 0 ? (first - tap * dilation) / stride : 0;
    return { first, size: length, taps: reaching.length, tap, tapStep, shift, step };
  });
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);

/** One of each list, in every way. */
export const combinations = <T>(lists: readonly (readonly T[])[]): T[][] =>
  lists.reduce<T[][]>((chosen, list) => chosen.flatMap((c) => list.map((item) => [...c, item])), [[]]);

/** The tensor with zeros around it along the axes that need some, in the same order in memory; not in a buffer yet. */
export function withMargins(read: NamedAxisView, folds: readonly FoldedAxis[]): NamedAxisView {
  if (folds.every(({ before, after }) => before + after === 0)) return read;
  const margin = new Map(folds.map(({ position, before, after }) => [position, before + after]));
  const shape = read.view.shape.map((size, d) => size + (margin.get(read.labels[d] as number) ?? 0));
  return {
    labels: read.labels,
    view: { buffer: -1, offset: 0, shape, strides: stridesInOrder(shape, memoryOrder(read.view)) },
  };
}

/** Fills a buffer with what `withMargins` described. */
export function copyInside(
  plan: PlanBuilder,
  read: NamedAxisView,
  margined: NamedAxisView,
  folds: readonly FoldedAxis[],
): StridedView {
  const { shape, strides } = margined.view;
  const offset = folds.reduce((at, { position, before }) => at + before * strideOf(margined, position), 0);
  const order = memoryOrder(margined.view);
  const inOrder = <T>(list: readonly T[]) => order.map((d) => list[d] as T);
  const margins = plan.allocate(inOrder(shape));
  plan.clear(margins);
  const { buffer } = margins;
  const { view } = read;
  plan.nest({
    kept: inOrder(view.shape),
    operands: [{ ...view, strides: inOrder(view.strides) }],
    out: { buffer, offset, strides: inOrder(strides) },
  });
  return { ...margined.view, buffer };
}

/** A product's tensors and sizes. */
export interface Part {
  readonly read: NamedAxisView;
  readonly weights: NamedAxisView;
  readonly out: NamedAxisView;
  readonly sizes: readonly number[];
}

/** The part of a product that makes one class of an axis; of what `withMargins` gives. */
export function partOf(
  { read, weights, out, sizes }: Part,
  { position, offset, fold, before }: FoldedAxis,
  { first, size, taps, tap, tapStep, shift, step }: ResidueClass,
): Part {
  return {
    read: split(read, position, before + shift, [
      [position, size, 1],
      [offset, taps, step],
    ]),
    weights: split(weights, offset, tap, [[offset, taps, -tapStep]]),
    out: split(out, position, first, [[position, size, fold.stride]]),
    sizes: sizes.with(position, size).with(offset, taps),
  };
}

/** The tensor from one place along a label on; steps along the labels in its stead, in its elements. */
function split(
  factor: NamedAxisView,
  label: number,
  start: number,
  labels: readonly (readonly [label: number, size: number, step: number])[],
): NamedAxisView {
  const { view } = factor;
  const [at, stride] = [factor.labels.indexOf(label), strideOf(factor, label)];
  return {
    labels: factor.labels.toSpliced(at, 1, ...labels.map(([name]) => name)),
    view: {
      ...view,
      offset: view.offset + start * stride,
      shape: view.shape.toSpliced(at, 1, ...labels.map(([, size]) => size)),
      strides: view.strides.toSpliced(at, 1, ...labels.map(([, , step]) => step * stride)),
    },
  };
}
