/** Each channel of each example brought to mean 0 and variance 1 over its places. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { expectNoBatch, expectSeveral, roles } from '../axis-roles.ts';
import { type Axis, defineNode } from '../define.ts';
import { shapeOf } from '../given.ts';
import {
  averagedOver,
  channel,
  channelPlace,
  epsilon,
  findChannel,
  learned,
  learnedAffine,
  standardise,
} from '../normalisation.ts';
import { pythonNumber } from '../torch.ts';
import { keywords, withOneBatch } from '../torch-images.ts';
import { continuous, expectQuantities } from '../value-kinds.ts';

export const instanceNorm = defineNode({
  type: 'instance-norm',
  category: 'layer',
  title: text('Instance norm', '实例归一化'),
  // Ulyanov, Vedaldi and Lempitsky, "Instance normalization", arXiv 1607.08022, eq. 4.
  doc: text(
    'y = (x − mean) / √(variance + ε), mean and variance over the places after the channel axis, for each channel of each example by itself: contrast is taken off, as in style transfer.',
    'y = (x − 均值) / √(方差 + ε)，均值与方差取自通道轴之后的所有位置，逐样本逐通道计算：去除对比度，常用于风格迁移。',
  ),
  glyph: '≏',
  params: z.object({ channel, epsilon, learned: learned.default(false) }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: () => '(x − μ) / σ',
  infer(context) {
    const place = findChannel(context, 1);
    const { x } = context.inputs;
    if (place === undefined || !x) return {};
    expectQuantities(context, 'x');
    expectNoBatch(context, 'x', x.axes[place], roles.channels);
    const over = x.axes.slice(place + 1);
    for (const axis of over) expectNoBatch(context, 'x', axis, roles.normalised);
    expectSeveral(context, 'x', over, text('it is brought to 0', '它被归一化为 0'));
    return { y: { axes: x.axes, valueKind: continuous } };
  },
  lower(context) {
    const { params, inputs, inputTypes, ir } = context;
    const shape = shapeOf(inputTypes.x);
    const place = channelPlace(inputTypes.x?.axes ?? [], params.channel);
    const over = shape.flatMap((_, d) => (d > place ? [d] : []));
    const affine = params.learned ? learnedAffine(context, [shape[place] as number], [place]) : undefined;
    const averaged = averagedOver(shape.length, over);
    return { y: standardise(ir, inputs.x as ValueId, averaged, params.epsilon, { affine }).y };
  },
  torch({ params, inputs, inputTypes, module }) {
    const axes = inputTypes.x?.axes ?? [];
    const place = channelPlace(axes, params.channel);
    const places = axes.length - place - 1;
    const options = keywords({
      eps: [pythonNumber(params.epsilon), '0.00001'],
      affine: [params.learned ? 'True' : 'False', 'False'],
    });
    const norm = module(
      `nn.InstanceNorm${places > 3 ? 1 : places}d(${axes[place]?.size}${options})`,
      params.learned ? { weight: { of: 'weight' }, bias: { of: 'bias' } } : {},
    );
    const apply = (x: string) =>
      places > 3 ? `${norm}(${x}.flatten(2)).reshape(${x}.shape)` : `${norm}(${x})`;
    return { y: withOneBatch(inputs.x as string, axes.length, places + 1, apply, 1) };
  },
  learns: ({ learned: learns }) => learns,
  learnedAxes({ channel: name }, { x }) {
    const axes: readonly Axis[] = x?.axes ?? [];
    return axes.slice(channelPlace(axes, name)).slice(0, 1);
  },
  examples: [
    {
      // torch.nn.functional.instance_norm(x, weight=g, bias=b)
      params: { learned: true },
      inputs: {
        x: {
          axes: 'b 2, c 2, t 3',
          values: [-0.25, -0.375, 2, 0.125, 1.5, 1.625, -1.25, 1.625, 1, 0.875, 0.25, 2.875],
        },
      },
      state: { weight: [0.25, -0.25], bias: [1.25, 1.5] },
      expect: {
        y: {
          axes: 'b 2, c 2, t 3',
          values: [
            1.0877349272097723, 1.0590999143644382, 1.6031651584257893, 1.8525513031277032,
            1.3467168247270855, 1.3007318721452112, 0.9040803898077995, 1.4862377825702835,
            1.3596818276219174, 1.6023439942990005, 1.7419039865249106, 1.1557520191760884,
          ],
        },
      },
    },
    {
      // torch.nn.functional.instance_norm(x, eps=0.01)
      params: { epsilon: 0.01 },
      inputs: {
        x: {
          axes: 'b 1, c 2, h 2, w 3',
          values: [-0.25, -0.375, 2, 0.125, 1.5, 1.625, -1.25, 1.625, 1, 0.875, 0.25, 2.875],
        },
      },
      expect: {
        y: {
          axes: 'b 1, c 2, h 2, w 3',
          values: [
            -1.0562601867212351, -1.1855981687687331, 1.2718234901337317, -0.6682462405787406,
            0.7544715619437392, 0.8838095439912373, -1.7015986079951972, 0.578213119221669,
            0.08260187417452414, -0.01652037483490483, -0.5121316198820497, 1.5694356093159587,
          ],
        },
      },
    },
  ],
});
