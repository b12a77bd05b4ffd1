/** Convolution over any number of axes: windows of the input contracted with a kernel. Its types, its lowering, its form. */
import { z } from 'zod';
import { text } from '../base/text.ts';
import { arg, e } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';
import type { TensorType } from '../tensor/axis.ts';
import { expectChannelsFirst, expectNoBatch, roles } from './axis-roles.ts';
import type { InferContext, LowerContext } from './define.ts';
import { shapeOf } from './given.ts';
import * as params from './params.ts';
import { continuous, expectQuantities } from './value-kinds.ts';
import { dilation, kernel, padding, slide, stride, windowCount } from './windows.ts';

export const convolutionParams = z.object({
  channels: params.size.default(16).meta({
    label: text('Channels', '通道数'),
    doc: text('Size of the output’s channel axis', '输出通道轴的大小'),
  }),
  kernel: kernel.default(3),
  stride: stride.default(1),
  padding: padding.default(0),
  dilation: dilation.default(1),
  bias: z
    .boolean()
    .default(true)
    .meta({ label: text('Bias', '偏置') }),
});
type Params = z.output<typeof convolutionParams>;

export const summarise = (rank: number) => (p: Params) =>
  `${Array.from({ length: rank }, () => p.kernel).join('×')} → ${p.channels}${p.stride === 1 ? '' : `, / ${p.stride}`}`;

/** x […, channel, and `rank` axes that windows slide along]. */
export function inferConvolution(context: InferContext<Params>, rank: number): Record<string, TensorType> {
  const { params: options, inputs, size, report } = context;
  const axes = inputs.x?.axes ?? [];
  if (axes.length < rank + 1) {
    const names = axes.map((a) => a.name).join(', ') || '–';
    report(
      'rank-mismatch',
      { port: 'x' },
      { what: 'x', actual: axes.length, axes: names, expected: rank + 1 },
    );
    return {};
  }
  if (options.padding === 'same' && options.stride !== 1) {
    const detail = text('with a stride above 1 there is no “same” size', '步长大于 1 时没有 “same” 大小');
    report('bad-param', { param: 'padding' }, { param: 'padding', detail });
    return {};
  }
  const channel = axes.at(-rank - 1) as (typeof axes)[number];
  expectNoBatch(context, 'x', channel, roles.channels);
  for (const axis of axes.slice(-rank)) expectNoBatch(context, 'x', axis, roles.window);
  expectChannelsFirst(context, 'x', axes.slice(0, -rank), axes.slice(-rank));
  const slid = axes.slice(-rank).map((axis) => ({ name: axis.name, size: windowCount(axis.size, options) }));
  const channels = { name: channel.name, size: size(options.channels, 'channels') };
  expectQuantities(context, 'x');
  return { y: { axes: [...axes.slice(0, -rank - 1), channels, ...slid], valueKind: continuous } };
}

/** y[…, o, p…] = Σ over c and k… of x[…, c, p · stride + k · dilation − padding …] W[o, c, k…] + b[o]; one contraction. */
export function lowerConvolution(context: LowerContext<Params>, rank: number): Record<string, ValueId> {
  const { params: options, inputs, inputTypes, outputTypes, ir, parameter } = context;
  const [input, output] = [shapeOf(inputTypes.x), shapeOf(outputTypes.y)];
  const [fewer, more] = [input.at(-rank - 1) as number, output.at(-rank - 1) as number];
  const kernelShape = Array.from({ length: rank }, () => options.kernel);
  // PyTorch's default for torch.nn.Conv2d: even in ±1/√(inputs of one output).
  const init = { kind: 'uniform', scale: 1 / Math.sqrt(fewer * options.kernel ** rank) } as const;
  const weight = parameter('weight', [more, fewer, ...kernelShape], init);

  const windows = slide(ir, inputs.x as ValueId, rank, options);
  // Labels: the axes of the windows in order, then the output's channels.
  const labels = ir.shape(windows).map((_, d) => d);
  const channel = input.length - rank - 1;
  const out = labels.length;
  const places = kernelShape.map((_, i) => channel + 1 + 2 * i);
  const offsets = places.map((d) => d + 1);
  const y = ir.contract(
    [windows, weight],
    [labels, [out, channel, ...offsets]],
    [...labels.slice(0, channel), out, ...places],
  );
  if (!options.bias) return { y };
  const all = output.map((_, d) => d);
  return { y: ir.map([y, parameter('bias', [more], init)], e.add(arg(0), arg(1)), [all, [channel]]) };
}
