/** What the two poolings share: windows over the last two axes, and one number out of each. */
import { z } from 'zod';
import { text } from '../base/text.ts';
import type { TensorType } from '../tensor/axis.ts';
import { expectChannelsFirst, expectNoBatch, roles } from './axis-roles.ts';
import type { InferContext } from './define.ts';
import { kernel, type Sliding, stride, windowCount } from './windows.ts';

export const poolingParams = z.object({
  kernel: kernel.default(2),
  stride: stride.optional().meta({
    label: text('Stride', '步幅'),
    doc: text('Empty: windows lie side by side', '留空则窗口首尾相接'),
  }),
});
type Params = z.output<typeof poolingParams>;

export const sliding = (params: Params): Sliding => ({
  kernel: params.kernel,
  stride: params.stride ?? params.kernel,
  dilation: 1,
  padding: 0,
});

export const summarise = (params: Params) =>
  `${params.kernel}×${params.kernel}${params.stride === undefined ? '' : `, / ${params.stride}`}`;

export function inferPooling(context: InferContext<Params>): Record<string, TensorType> {
  const { params, inputs, report } = context;
  const axes = inputs.x?.axes ?? [];
  if (axes.length < 2) {
    const names = axes.map((a) => a.name).join(', ') || '–';
    report('rank-mismatch', { port: 'x' }, { what: 'x', actual: axes.length, axes: names, expected: 2 });
    return {};
  }
  for (const axis of axes.slice(-2)) expectNoBatch(context, 'x', axis, roles.window);
  expectChannelsFirst(context, 'x', axes.slice(0, -2), axes.slice(-2));
  const slid = axes.slice(-2).map(({ name, size }) => ({ name, size: windowCount(size, sliding(params)) }));
  return { y: { axes: [...axes.slice(0, -2), ...slid] } };
}
