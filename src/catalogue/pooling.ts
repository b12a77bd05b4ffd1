/** What the two poolings share: windows over the last axes, and one number out of each. */
import { z } from 'zod';
import { type Text, text } from '../base/text.ts';
import type { TensorType } from '../tensor/axis.ts';
import type { SeenAxis } from './adapt.ts';
import type { InferContext } from './define.ts';
import { isPair, ofAxes, type Rank, showBriefly, showPerAxis } from './per-axis.ts';
import { slidAxes } from './spatial-axes.ts';
import { extentOf, type SlidingParams, slidings, windowCount, windowParams } from './windows.ts';

const { kernel, stride, padding } = windowParams(2);

/** How many of the last axes something slides along. */
export const rank = z
  .union([z.literal(1), z.literal(2)])
  .default(2)
  .meta({
    label: text('Axes', '轴数'),
    doc: text('How many of the last axes it works on: 1 or 2', '作用于最后几个轴：1 或 2'),
    widget: 'per-axis',
  });

export const poolingParams = z.object({
  kernel: kernel.default(2),
  stride: stride.optional().meta({
    label: text('Stride', '步幅'),
    doc: text('Empty: windows lie side by side', '留空则窗口首尾相接'),
    widget: 'per-axis',
  }),
  padding: padding.default(0),
  ceil: z
    .boolean()
    .default(false)
    .meta({
      label: text('Ceil', '向上取整'),
      doc: text('A last window may end beyond the axis', '最后一个窗口可以超出轴的末端'),
    }),
  rank,
});
type Params = z.output<typeof poolingParams>;

/** Pooling slides without dilation, unless its type has one. */
export const poolingWindows = (
  params: Params & { readonly dilation?: SlidingParams['dilation'] },
): SlidingParams => ({
  kernel: params.kernel,
  stride: params.stride ?? params.kernel,
  dilation: params.dilation ?? 1,
  padding: params.padding,
  ceil: params.ceil,
});

export const summarise = ({ kernel, stride, rank }: Params) =>
  `${showPerAxis(kernel, rank)}${stride === undefined ? '' : `, / ${showBriefly(stride, rank)}`}`;

/** The last axes, those that windows slide along. */
export const slidBy = ({ rank }: { readonly rank: Rank }, x: readonly SeenAxis[] | undefined) =>
  x?.slice(-rank) ?? [];

/** A pair for one axis is told. */
export function expectOneEach(
  { params, report }: InferContext<{ readonly rank: Rank } & Readonly<Record<string, unknown>>>,
  ...names: readonly string[]
): boolean {
  const wrong = params.rank === 1 ? names.find((name) => isPair(params[name])) : undefined;
  if (wrong === undefined) return true;
  const detail = text('two numbers for one axis', '一个轴却有两个数');
  report('bad-param', { param: wrong }, { param: wrong, detail });
  return false;
}

export function inferPooling(
  context: InferContext<Params & { readonly dilation?: SlidingParams['dilation'] }>,
): Record<string, TensorType> {
  const { params, report } = context;
  const axes = slidAxes(context, params.rank);
  if (!axes || !expectOneEach(context, 'kernel', 'stride', 'padding', 'dilation')) return {};
  const sliding = slidings(poolingWindows(params), params.rank);
  // A window of nothing but padding has no largest element.
  const most = sliding.map((each) => Math.floor(extentOf(each) / 2));
  if (ofAxes(params.padding, params.rank).some((n, i) => n > (most[i] as number))) {
    report('bad-param', { param: 'padding' }, { param: 'padding', detail: tooMuch(Math.min(...most)) });
    return {};
  }
  const slid = axes.space.map(({ name, size }, i) => ({
    name,
    size: windowCount(size, sliding[i] as (typeof sliding)[number]),
  }));
  return { y: { axes: [...axes.before, ...slid] } };
}

const tooMuch = (most: number): Text =>
  text(`at most half of a window: ${most}`, `至多为窗口的一半：${most}`);
