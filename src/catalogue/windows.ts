/** What convolution and pooling share: windows of some elements that slide along axes, and the sizes that come out. */
import { z } from 'zod';
import { text } from '../base/text.ts';
import type { Builder } from '../ir/builder.ts';
import type { ValueId } from '../ir/program.ts';
import { add, constant, floorDivide, type Size } from '../tensor/size.ts';
import type { Proposal, SeenAxis } from './adapt.ts';
import type { Misplaced } from './define.ts';

const most = 1000;

export const kernel = z
  .int()
  .min(1)
  .max(most)
  .meta({
    label: text('Kernel', '核大小'),
    doc: text('Elements along each side of a window', '窗口每边的元素数'),
  });

export const stride = z
  .int()
  .min(1)
  .max(most)
  .meta({ label: text('Stride', '步幅'), doc: text('From one window to the next', '相邻窗口的间隔') });

export const dilation = z
  .int()
  .min(1)
  .max(most)
  .meta({
    label: text('Dilation', '膨胀'),
    doc: text('Between the elements of a window', '窗口内元素的间隔'),
  });

export const padding = z.union([z.int().min(0).max(most), z.enum(['same', 'valid'])]).meta({
  label: text('Padding', '填充'),
  doc: text(
    'Zeros put at each end; “valid” is none, “same” keeps the size',
    '两端补零的个数；valid 为不补，same 保持大小不变',
  ),
});

export interface Sliding {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: number | 'same' | 'valid';
}

/** Zeros before and after an axis. “same” puts the odd one after, as PyTorch does. */
export function margins({ kernel, dilation, padding }: Sliding): [before: number, after: number] {
  if (typeof padding === 'number') return [padding, padding];
  const missing = padding === 'same' ? dilation * (kernel - 1) : 0;
  return [Math.floor(missing / 2), Math.ceil(missing / 2)];
}

/** ⌊(n + padding − dilation · (kernel − 1) − 1) / stride⌋ + 1 windows on an axis of size n. */
export function windowCount(size: Size, sliding: Sliding): Size {
  const [before, after] = margins(sliding);
  const room = add(size, constant(before + after - sliding.dilation * (sliding.kernel - 1) - 1));
  return add(floorDivide(room, constant(sliding.stride)), constant(1));
}

/** What there is to tell of windows that do not fit into one of the axes they slide along; undefined where all fit. */
export function windowMisfit(
  axes: readonly SeenAxis[],
  options: Sliding,
  canPad: boolean,
): Misplaced | undefined {
  const [before, after] = margins(options);
  const extent = options.dilation * (options.kernel - 1) + 1;
  const tooSmall = axes.filter(
    ({ size }) => size !== undefined && size >= 1 && size + before + after < extent,
  );
  const [first] = tooSmall;
  if (!first) return undefined;
  const least = Math.min(...tooSmall.map(({ size = 1 }) => size));
  const pad = Math.ceil((extent - least) / 2);
  const isPadded = before + after > 0;
  return {
    axis: first.name,
    values: {
      kernel: options.kernel,
      spread: options.dilation > 1 ? text(` (${extent} with its dilation)`, `（含膨胀为 ${extent}）`) : '',
      axes: tooSmall.map(({ name, size }) => `${name} = ${size}`).join(', '),
      padded: isPadded ? text(` with ${before + after} of padding`, `（含填充 ${before + after}）`) : '',
      most: largestKernel(least, options),
      pad: canPad ? text(`, or pad by ${pad} at each end`, `，或在两端各填充 ${pad}`) : '',
    },
  };
}

const largestKernel = (size: number, options: Sliding): number => {
  const [before, after] = margins(options);
  return Math.max(1, Math.floor((size + before + after - 1) / options.dilation) + 1);
};

/** Parameters with which windows fit: a smaller kernel, more padding where there is any, no dilation. */
export function fittingWindows(axes: readonly SeenAxis[], options: Sliding, canPad: boolean): Proposal[] {
  if (!windowMisfit(axes, options, canPad)) return [];
  const least = Math.min(...axes.map(({ size = Number.POSITIVE_INFINITY }) => size));
  const kernel = largestKernel(least, options);
  const padding = Math.ceil((options.dilation * (options.kernel - 1) + 1 - least) / 2);
  return [
    { params: { kernel }, does: text(`Set the kernel to ${kernel}`, `把核大小设为 ${kernel}`) },
    ...(canPad ? [{ params: { padding }, does: text(`Pad by ${padding}`, `填充 ${padding}`) }] : []),
    ...(options.dilation > 1
      ? [{ params: { dilation: 1 }, does: text('Set the dilation to 1', '把膨胀设为 1') }]
      : []),
  ];
}

/**
 * The last axes of x, `count` of them, padded with zeros and each split in two, (position, offset), in
 * place: […, h, w] becomes […, p, k, q, l].
 */
export function slide(ir: Builder, x: ValueId, count: number, sliding: Sliding): ValueId {
  const shape = ir.shape(x);
  const first = shape.length - count;
  const [before, after] = margins(sliding);
  const slides = (d: number) => d >= first;
  let y = ir.pad(
    x,
    shape.map((_, d) => (slides(d) ? before : 0)),
    shape.map(() => 1),
    shape.map((n, d) => (slides(d) ? n + before + after : n)),
  );
  // From the last axis to the first, so that those yet to be split keep their places.
  for (let d = shape.length - 1; d >= first; d--) y = ir.window(y, d, sliding.kernel, sliding);
  return y;
}
