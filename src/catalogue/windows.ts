/** What convolution and pooling share: windows of some elements that slide along axes, and the sizes that come out. */
import { text } from '../base/text.ts';
import type { Builder } from '../ir/builder.ts';
import type { ValueId } from '../ir/program.ts';
import { add, constant, floorDivide, type Size } from '../tensor/size.ts';
import type { Proposal, SeenAxis } from './adapt.ts';
import type { Misplaced } from './define.ts';
import { along, type PerAxis, perAxis, perAxisOr, type Rank } from './per-axis.ts';

const widget = { widget: 'per-axis' };

/** The settings of windows along `rank` axes, as parameters. */
export const windowParams = (rank: Rank) => ({
  kernel: perAxis(rank, 1).meta({
    label: text('Kernel', '核大小'),
    doc:
      rank === 1
        ? text('Elements of a window', '窗口的元素数')
        : text(
            'Elements along each side of a window: 3, or 3 × 5 for height 3 and width 5',
            '窗口每边的元素数：写 3，或写 3 × 5 表示高 3、宽 5',
          ),
    ...widget,
  }),
  stride: perAxis(rank, 1).meta({
    label: text('Stride', '步幅'),
    doc: text('From one window to the next', '相邻窗口的间隔'),
    ...widget,
  }),
  dilation: perAxis(rank, 1).meta({
    label: text('Dilation', '膨胀'),
    doc: text('Between the elements of a window', '窗口内元素的间隔'),
    ...widget,
  }),
  padding: perAxis(rank, 0).meta({
    label: text('Padding', '填充'),
    doc: text('Put at each end of an axis', '轴两端各补的个数'),
    ...widget,
  }),
  paddingOrWord: perAxisOr(rank, 0, ['same', 'valid']).meta({
    label: text('Padding', '填充'),
    doc: text(
      'Zeros put at each end; “valid” is none, “same” gives a window for each stride',
      '两端补零的个数；valid 为不补，same 使每个步幅有一个窗口',
    ),
    ...widget,
  }),
});

/** How windows slide along one axis. */
export interface Sliding {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: number | 'same' | 'valid';
  /** A last window may begin inside the axis and end beyond its padding. */
  readonly ceil?: boolean;
}

/** The same for several axes at once, as parameters say it. */
export interface SlidingParams {
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  readonly dilation: PerAxis;
  readonly padding: PerAxis | 'same' | 'valid';
  readonly ceil?: boolean | undefined;
}

/** The settings of each of `count` axes. */
export const slidings = (params: SlidingParams, count: number): Sliding[] =>
  Array.from({ length: count }, (_, i) => ({
    kernel: along(params.kernel, i),
    stride: along(params.stride, i),
    dilation: along(params.dilation, i),
    padding: typeof params.padding === 'string' ? params.padding : along(params.padding, i),
    ceil: params.ceil === true,
  }));

/** Elements from the first to the last of a window. */
export const extentOf = ({ kernel, dilation }: Pick<Sliding, 'kernel' | 'dilation'>): number =>
  dilation * (kernel - 1) + 1;

/**
 * What is put before and after an axis of `size` elements. “same” puts the odd one after, as PyTorch does; with a
 * stride it pads for ⌈n / stride⌉ windows, as TensorFlow does. A last window in ceil mode ends beyond the padding.
 */
export function margins(sliding: Sliding, size: number): [before: number, after: number] {
  const { stride, padding, ceil } = sliding;
  const extent = extentOf(sliding);
  if (padding === 'same') {
    const missing = Math.max(0, (Math.ceil(size / stride) - 1) * stride + extent - size);
    return [Math.floor(missing / 2), Math.ceil(missing / 2)];
  }
  const pad = padding === 'valid' ? 0 : padding;
  if (!ceil) return [pad, pad];
  return [pad, Math.max(pad, (countOf(sliding, size) - 1) * stride + extent - size - pad)];
}

/** So many windows stand on an axis of `size` elements. */
const countOf = (sliding: Sliding, size: number): number =>
  Math.floor((size + roomOf(sliding)) / sliding.stride) + 1;

/**
 * With n elements there are ⌊(n + room) / stride⌋ + 1 windows: n + 2 · padding − extent for those that fit. In ceil
 * mode up to stride − 1 elements may be missing, but each window begins before the padding at the end.
 */
function roomOf(sliding: Sliding): number {
  const { stride, padding, ceil } = sliding;
  if (padding === 'same') return -1;
  const pad = padding === 'valid' ? 0 : padding;
  const room = 2 * pad - extentOf(sliding);
  return ceil ? Math.min(room + stride - 1, pad - 1) : room;
}

export const windowCount = (size: Size, sliding: Sliding): Size =>
  add(floorDivide(add(size, constant(roomOf(sliding))), constant(sliding.stride)), constant(1));

/** Axes on which windows have no place, and how they would slide there. */
const tooSmall = (axes: readonly SeenAxis[], params: SlidingParams) =>
  slidings(params, axes.length).flatMap((sliding, i) => {
    const { name, size } = axes[i] as SeenAxis;
    return size !== undefined && size >= 1 && countOf(sliding, size) < 1 ? [{ name, size, sliding }] : [];
  });

/** What there is to tell of windows that do not fit into one of the axes they slide along; undefined where all fit. */
export function windowMisfit(
  axes: readonly SeenAxis[],
  params: SlidingParams,
  canPad: boolean,
): Misplaced | undefined {
  const misfits = tooSmall(axes, params);
  const [first] = misfits;
  if (!first) return undefined;
  const { sliding } = first;
  const extent = extentOf(sliding);
  const least = Math.min(...misfits.map(({ size }) => size));
  const pad = Math.ceil((extent - least) / 2);
  const padded = typeof sliding.padding === 'number' ? 2 * sliding.padding : 0;
  return {
    axis: first.name,
    values: {
      kernel: sliding.kernel,
      spread: sliding.dilation > 1 ? text(` (${extent} with its dilation)`, `（含膨胀为 ${extent}）`) : '',
      axes: misfits.map(({ name, size }) => `${name} = ${size}`).join(', '),
      padded: padded > 0 ? text(` with ${padded} of padding`, `（含填充 ${padded}）`) : '',
      most: largestKernel(least, sliding),
      pad: canPad ? text(`, or pad by ${pad} at each end`, `，或在两端各填充 ${pad}`) : '',
    },
  };
}

const largestKernel = (size: number, { padding, dilation }: Sliding): number => {
  const pad = typeof padding === 'number' ? padding : 0;
  return Math.max(1, Math.floor((size + 2 * pad - 1) / dilation) + 1);
};

/** Parameters with which windows fit: a smaller kernel, more padding where there is any, no dilation. */
export function fittingWindows(
  axes: readonly SeenAxis[],
  params: SlidingParams,
  canPad: boolean,
): Proposal[] {
  const misfits = tooSmall(axes, params);
  if (misfits.length === 0) return [];
  const kernel = Math.min(...misfits.map(({ size, sliding }) => largestKernel(size, sliding)));
  const padding = Math.max(...misfits.map(({ size, sliding }) => Math.ceil((extentOf(sliding) - size) / 2)));
  return [
    { params: { kernel }, does: text(`Set the kernel to ${kernel}`, `把核大小设为 ${kernel}`) },
    ...(canPad ? [{ params: { padding }, does: text(`Pad by ${padding}`, `填充 ${padding}`) }] : []),
    ...(misfits.some(({ sliding }) => sliding.dilation > 1)
      ? [{ params: { dilation: 1 }, does: text('Set the dilation to 1', '把膨胀设为 1') }]
      : []),
  ];
}

/**
 * Axis d of x, padded with zeros (or with `filler`) and split in two, position and offset, in place:
 * […, h, …] becomes […, p, k, …].
 */
export function slideAlong(ir: Builder, x: ValueId, d: number, sliding: Sliding, filler = 0): ValueId {
  const size = ir.shape(x)[d] as number;
  const [before, after] = margins(sliding, size);
  const padded = padAxis(ir, x, d, [before, after], filler);
  return ir.window(padded, d, sliding.kernel, sliding);
}

/** So many elements of one number before and after an axis. */
function padAxis(
  ir: Builder,
  x: ValueId,
  d: number,
  [before, after]: readonly [number, number],
  filler: number,
): ValueId {
  const shape = ir.shape(x);
  const length = (shape[d] as number) + before + after;
  if (filler === 0)
    return ir.pad(
      x,
      shape.map((_, axis) => (axis === d ? before : 0)),
      shape.map(() => 1),
      shape.with(d, length),
    );
  const filled = (count: number) => (count > 0 ? [ir.full(shape.with(d, count), filler)] : []);
  return ir.concat([...filled(before), x, ...filled(after)], d);
}

/** The last axes of x, one for each of `sliding`, padded with zeros and split: […, h, w] becomes […, p, k, q, l]. */
export function slide(ir: Builder, x: ValueId, sliding: readonly Sliding[]): ValueId {
  const shape = ir.shape(x);
  const first = shape.length - sliding.length;
  const ends = sliding.map((each, i) => margins(each, shape[first + i] as number));
  const here = (d: number) => ends[d - first] ?? [0, 0];
  let y = ir.pad(
    x,
    shape.map((_, d) => here(d)[0]),
    shape.map(() => 1),
    shape.map((n, d) => n + here(d)[0] + here(d)[1]),
  );
  // From the last axis to the first, so that those yet to be split keep their places.
  for (const [i, each] of [...sliding.entries()].reverse()) y = ir.window(y, first + i, each.kernel, each);
  return y;
}
