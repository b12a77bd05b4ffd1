/** Transposed convolution over any number of axes: each element of the input writes a kernel, and kernels that overlap add up. */
import { z } from 'zod';
import { type Text, text } from '../base/text.ts';
import type { ValueId } from '../ir/program.ts';
import type { TensorType } from '../tensor/axis.ts';
import { add, constant, multiply, type Size } from '../tensor/size.ts';
import type { InferContext, LowerContext } from './define.ts';
import { shapeOf } from './given.ts';
import {
  addBias,
  bias,
  channels,
  expectKernel,
  groupCount,
  groups,
  inGroups,
  kernelOf,
  kernelPort,
  sizeAt,
  split,
} from './grouped-channels.ts';
import { along, ofAxes, perAxis, type Rank, showBriefly, showPerAxis } from './per-axis.ts';
import { imageAxes } from './spatial-axes.ts';
import type { TorchContext } from './torch.ts';
import { keywords, perAxisCode, withOneBatch } from './torch-images.ts';
import { continuous, expectQuantities } from './value-kinds.ts';
import { extentOf, windowParams } from './windows.ts';

export function transposedParams(rank: Rank) {
  const { kernel, stride, dilation } = windowParams(rank);
  return z.object({
    channels,
    kernel: kernel.default(2),
    stride: stride.default(2),
    padding: perAxis(rank, 0)
      .meta({
        label: text('Padding', '填充'),
        doc: text('Elements cut off at each end of the result', '结果两端各裁去的元素数'),
        widget: 'per-axis',
      })
      .default(0),
    outputPadding: perAxis(rank, 0)
      .meta({
        label: text('Output padding', '输出填充'),
        doc: text(
          'Elements put at the end of the result, where the stride leaves its size open',
          '在结果末端补上的元素数，用于步幅使大小不定时',
        ),
        widget: 'per-axis',
      })
      .default(0),
    dilation: dilation.default(1),
    groups,
    bias,
    ports: kernelPort.param,
  });
}
type Params = z.output<ReturnType<typeof transposedParams>>;

export const summariseTransposed = (rank: Rank) => (p: Params) =>
  `${showPerAxis(p.kernel, rank)} → ${p.channels}, × ${showBriefly(p.stride, rank)}`;

/** The settings along one axis. */
const settingsOf = (params: Params, i: number) => ({
  kernel: along(params.kernel, i),
  stride: along(params.stride, i),
  dilation: along(params.dilation, i),
  padding: along(params.padding, i),
  outputPadding: along(params.outputPadding, i),
});
type Settings = ReturnType<typeof settingsOf>;

/** (n − 1) · stride + dilation · (kernel − 1) + 1 + output padding − 2 · padding. */
const lengthOf = (n: Size, settings: Settings): Size =>
  add(
    multiply(n, constant(settings.stride)),
    constant(extentOf(settings) - settings.stride + settings.outputPadding - 2 * settings.padding),
  );

/** x […, channel, and `rank` axes], each of which grows by its stride. */
export function inferTransposed(context: InferContext<Params>, rank: Rank): Record<string, TensorType> {
  const { params, size, report } = context;
  const axes = imageAxes(context, rank);
  if (!axes) return {};
  const { before, channel, space } = axes;
  expectQuantities(context, 'x');
  for (const i of space.keys()) {
    const { stride, dilation, outputPadding } = settingsOf(params, i);
    if (outputPadding < Math.max(stride, dilation)) continue;
    const detail = atMost(Math.max(stride, dilation) - 1);
    report('bad-param', { param: 'outputPadding' }, { param: 'outputPadding', detail });
    return {};
  }
  const made = { name: channel.name, size: size(params.channels, 'channels') };
  const parts = inGroups(context, channel, made);
  if (!parts) return {};
  const places = space.map(({ name }, i) => [name, constant(along(params.kernel, i))] as const);
  if (!expectKernel(context, [[channel.name, channel.size], ['channels', parts.y], ...places])) return {};
  const grown = space.map((axis, i) => ({
    name: axis.name,
    size: lengthOf(axis.size, settingsOf(params, i)),
  }));
  return { y: { axes: [...before, made, ...grown], valueKind: continuous } };
}

const atMost = (most: number): Text =>
  text(
    `at most ${most}: one below the stride, or the dilation where that is larger`,
    `至多 ${most}：须小于步幅或膨胀中较大者`,
  );

/** y[…, o, p · stride + k · dilation − padding …] adds up x[…, c, p…] W[c, o, k…] over c, p and k; and b[o]. */
export function lowerTransposed(context: LowerContext<Params>, rank: Rank): Record<string, ValueId> {
  const { params, inputs, inputTypes, outputTypes, ir } = context;
  const [input, output] = [shapeOf(inputTypes.x), shapeOf(outputTypes.y)];
  const channel = input.length - rank - 1;
  const [fewer, more] = [input[channel] as number, output[channel] as number];
  const count = groupCount(params.groups, fewer);
  const kernelShape = ofAxes(params.kernel, rank);
  const init = kernelInit(more / count, kernelShape);
  const kernel = kernelOf(context, [fewer, more / count, ...kernelShape], init);

  const x = ir.reshape(inputs.x as ValueId, split(input, channel, count));
  const weight = ir.reshape(kernel, split(ir.shape(kernel), 0, count));
  const labels = ir.shape(x).map((_, d) => d);
  const group = count === 1 ? [] : [channel];
  const own = channel + group.length;
  const places = kernelShape.map((_, i) => own + 1 + i);
  const [out, ...offsets] = [labels.length, ...kernelShape.map((_, i) => labels.length + 1 + i)] as [
    number,
    ...number[],
  ];
  const pairs = places.flatMap((place, i) => [place, offsets[i] as number]);
  let y = ir.contract(
    [x, weight],
    [labels, [...group, own, out, ...offsets]],
    [...labels.slice(0, channel), ...group, out, ...pairs],
  );
  for (const i of kernelShape.keys()) {
    const settings = settingsOf(params, i);
    const n = input[channel + 1 + i] as number;
    const length = (n - 1) * settings.stride + extentOf(settings) + settings.outputPadding;
    y = ir.fold(y, own + 1 + i, length, settings);
  }
  for (const i of kernelShape.keys()) {
    const { padding } = settingsOf(params, i);
    y = ir.part(y, own + 1 + i, padding, output[channel + 1 + i] as number);
  }
  y = ir.reshape(y, output);
  return { y: params.bias ? addBias(context, y, channel, init) : y };
}

/** PyTorch's default for torch.nn.ConvTranspose2d: even in ±1/√(output channels of a group · elements of the kernel). */
const kernelInit = (channelsOfGroup: number, kernelShape: readonly number[]) =>
  ({ kind: 'uniform', scale: 1 / Math.sqrt(kernelShape.reduce((n, k) => n * k, channelsOfGroup)) }) as const;

/** nn.ConvTranspose1d or 2d; F.conv_transpose with a kernel from a wire. */
export function torchTransposed(context: TorchContext<Params>, rank: Rank): Record<string, string> {
  const { params, inputs, inputTypes, outputTypes, module, parameter } = context;
  const [fewer, more] = [sizeAt(inputTypes.x, -rank - 1), sizeAt(outputTypes.y, -rank - 1)];
  const count = groupCount(params.groups, fewer);
  const kernelShape = ofAxes(params.kernel, rank);
  const options = keywords({
    stride: [perAxisCode(ofAxes(params.stride, rank)), '1'],
    padding: [perAxisCode(ofAxes(params.padding, rank)), '0'],
    output_padding: [perAxisCode(ofAxes(params.outputPadding, rank)), '0'],
    groups: [String(count), '1'],
    dilation: [perAxisCode(ofAxes(params.dilation, rank)), '1'],
  });
  const apply = (call: (x: string) => string) => ({
    y: withOneBatch(inputs.x as string, shapeOf(inputTypes.x).length, rank + 1, call),
  });
  if (inputs.weight) {
    const init = kernelInit(more / count, kernelShape);
    const shift = params.bias ? `, ${parameter('bias', [more], init)}` : '';
    return apply((x) => `F.conv_transpose${rank}d(${x}, ${inputs.weight}${shift}${options})`);
  }
  const noBias = params.bias ? '' : ', bias=False';
  const layer = module(
    `nn.ConvTranspose${rank}d(${fewer}, ${more}, ${perAxisCode(kernelShape)}${options}${noBias})`,
    { weight: { of: 'weight' }, ...(params.bias && { bias: { of: 'bias' } }) },
  );
  return apply((x) => `${layer}(${x})`);
}
