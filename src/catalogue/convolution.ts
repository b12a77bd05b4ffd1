/** Convolution over any number of axes: windows of the input contracted with a kernel. Its types, its lowering, its form. */
import { z } from 'zod';
import type { ValueId } from '../ir/program.ts';
import type { TensorType } from '../tensor/axis.ts';
import { constant } from '../tensor/size.ts';
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
import { along, ofAxes, type Rank, showBriefly, showPerAxis } from './per-axis.ts';
import { imageAxes } from './spatial-axes.ts';
import { type TorchContext, tuple } from './torch.ts';
import { keywords, perAxisCode, withOneBatch } from './torch-images.ts';
import { continuous, expectQuantities } from './value-kinds.ts';
import { margins, slide, slidings, windowCount, windowParams } from './windows.ts';

export function convolutionParams(rank: Rank) {
  const { kernel, stride, paddingOrWord, dilation } = windowParams(rank);
  return z.object({
    channels,
    kernel: kernel.default(3),
    stride: stride.default(1),
    padding: paddingOrWord.default(0),
    dilation: dilation.default(1),
    groups,
    bias,
    ports: kernelPort.param,
  });
}
type Params = z.output<ReturnType<typeof convolutionParams>>;

export const summarise = (rank: Rank) => (p: Params) => {
  const stride = ofAxes(p.stride, rank).some((n) => n !== 1) ? `, / ${showBriefly(p.stride, rank)}` : '';
  const parts = p.groups === 1 ? '' : p.groups === 'depthwise' ? ', g = c' : `, g = ${p.groups}`;
  return `${showPerAxis(p.kernel, rank)} → ${p.channels}${stride}${parts}`;
};

/** x […, channel, and `rank` axes that windows slide along]. */
export function inferConvolution(context: InferContext<Params>, rank: Rank): Record<string, TensorType> {
  const { params, size } = context;
  const axes = imageAxes(context, rank);
  if (!axes) return {};
  const { before, channel, space } = axes;
  expectQuantities(context, 'x');
  const made = { name: channel.name, size: size(params.channels, 'channels') };
  const parts = inGroups(context, channel, made);
  if (!parts) return {};
  const places = space.map(({ name }, i) => [name, constant(along(params.kernel, i))] as const);
  if (!expectKernel(context, [['channels', made.size], [channel.name, parts.x], ...places])) return {};
  const sliding = slidings(params, rank);
  const slid = space.map((axis, i) => ({
    name: axis.name,
    size: windowCount(axis.size, sliding[i] as (typeof sliding)[number]),
  }));
  return { y: { axes: [...before, made, ...slid], valueKind: continuous } };
}

/**
 * y[…, o, p…] = Σ over c and k… of x[…, c, p · stride + k · dilation − padding …] W[o, c, k…] + b[o]; one contraction.
 * In groups, c runs over the channels of the group that o is in.
 */
export function lowerConvolution(context: LowerContext<Params>, rank: Rank): Record<string, ValueId> {
  const { params, inputs, inputTypes, outputTypes, ir } = context;
  const [input, output] = [shapeOf(inputTypes.x), shapeOf(outputTypes.y)];
  const channel = input.length - rank - 1;
  const [fewer, more] = [input[channel] as number, output[channel] as number];
  const count = groupCount(params.groups, fewer);
  const kernelShape = ofAxes(params.kernel, rank);
  const perOutput = kernelShape.reduce((n, k) => n * k, fewer / count);
  // PyTorch's default for torch.nn.Conv2d: even in ±1/√(inputs of one output).
  const init = { kind: 'uniform', scale: 1 / Math.sqrt(perOutput) } as const;
  const kernel = kernelOf(context, [more, fewer / count, ...kernelShape], init);

  const x = ir.reshape(inputs.x as ValueId, split(input, channel, count));
  const windows = slide(ir, x, slidings(params, rank));
  const weight = ir.reshape(kernel, split(ir.shape(kernel), 0, count));
  // Labels: the axes of the windows in order, then the output's channels.
  const labels = ir.shape(windows).map((_, d) => d);
  const out = labels.length;
  const group = count === 1 ? [] : [channel];
  const own = channel + group.length;
  const places = kernelShape.map((_, i) => own + 1 + 2 * i);
  const offsets = places.map((d) => d + 1);
  const product = ir.contract(
    [windows, weight],
    [labels, [...group, out, own, ...offsets]],
    [...labels.slice(0, channel), ...group, out, ...places],
  );
  const y = ir.reshape(product, output);
  return { y: params.bias ? addBias(context, y, channel, init) : y };
}

/** nn.Conv1d or nn.Conv2d; F.conv1d or F.conv2d with a kernel from a wire. */
export function torchConvolution(context: TorchContext<Params>, rank: Rank): Record<string, string> {
  const { params, inputs, inputTypes, outputTypes, module, parameter } = context;
  const [fewer, more] = [sizeAt(inputTypes.x, -rank - 1), sizeAt(outputTypes.y, -rank - 1)];
  const count = groupCount(params.groups, fewer);
  const ends = slidings(params, rank).map((each, i) => margins(each, sizeAt(inputTypes.x, i - rank)));
  // PyTorch has “same” for strides of 1 alone.
  const isSame = params.padding === 'same' && ofAxes(params.stride, rank).every((n) => n === 1);
  const isEven = ends.every(([before, after]) => before === after);
  const padding = isSame ? "'same'" : isEven ? perAxisCode(ends.map(([n]) => n)) : '0';
  const options = keywords({
    stride: [perAxisCode(ofAxes(params.stride, rank)), '1'],
    padding: [padding, '0'],
    dilation: [perAxisCode(ofAxes(params.dilation, rank)), '1'],
    groups: [String(count), '1'],
  });
  const padded = (x: string) => (isSame || isEven ? x : `F.pad(${x}, ${tuple(ends.toReversed().flat())})`);
  const rankOfX = shapeOf(inputTypes.x).length;
  const apply = (call: (x: string) => string) => ({
    y: withOneBatch(inputs.x as string, rankOfX, rank + 1, (x) => call(padded(x))),
  });
  if (inputs.weight) {
    const init = { kind: 'zeros' } as const;
    const shift = params.bias ? `, ${parameter('bias', [more], init)}` : '';
    return apply((x) => `F.conv${rank}d(${x}, ${inputs.weight}${shift}${options})`);
  }
  const kernel = perAxisCode(ofAxes(params.kernel, rank));
  const noBias = params.bias ? '' : ', bias=False';
  const layer = module(`nn.Conv${rank}d(${fewer}, ${more}, ${kernel}${options}${noBias})`, {
    weight: { of: 'weight' },
    ...(params.bias && { bias: { of: 'bias' } }),
  });
  return apply((x) => `${layer}(${x})`);
}
