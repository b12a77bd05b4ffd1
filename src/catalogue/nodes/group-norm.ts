/** The channels of each example in groups, each group brought to mean 0 and variance 1. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { divisorsNear } from '../../tensor/divisors.ts';
import { asNumber, constant, divideExactly, multiply } from '../../tensor/size.ts';
import { expectNoBatch, roles } from '../axis-roles.ts';
import { type Axis, defineNode, type InferContext } from '../define.ts';
import { multipleOf } from '../divisibility.ts';
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

const groupsUnit = text(' groups', ' 组');

/** Whether the channels are a multiple of the groups: told where they are not. */
function parts(
  { params: { groups }, unify, fresh, report }: InferContext<{ groups: number }>,
  axis: Axis,
): boolean {
  if (divideExactly(axis.size, constant(groups))) return true;
  const size = asNumber(axis.size);
  if (size !== undefined) {
    report('not-a-multiple', { port: 'x', axis: axis.name }, multipleOf(axis.name, size, groups, groupsUnit));
    return false;
  }
  unify(axis, { name: axis.name, size: multiply(constant(groups), fresh()) }, { port: 'x', axis: axis.name });
  return true;
}

export const groupNorm = defineNode({
  type: 'group-norm',
  category: 'layer',
  title: text('Group norm', '组归一化'),
  // Wu and He, "Group normalization", arXiv 1803.08494, eq. 7.
  doc: text(
    'y = g (x − mean) / √(variance + ε) + b, mean and variance over the channels of a group and all places, for each example by itself: it needs no batch. g and b are one number for each channel.',
    'y = g (x − 均值) / √(方差 + ε) + b，均值与方差取自一组通道与所有位置，逐样本计算，不依赖批。g 与 b 每个通道一个数。',
  ),
  glyph: '≍',
  params: z.object({
    groups: z
      .int()
      .min(1)
      .max(65_536)
      .default(4)
      .meta({
        label: text('Groups', '分组'),
        doc: text('They share the channels equally', '各组平分通道'),
      }),
    channel,
    epsilon,
    learned,
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ groups }) => `(x − μ) / σ, g = ${groups}`,
  infer(context) {
    const place = findChannel(context, 0);
    const axis = place === undefined ? undefined : context.inputs.x?.axes[place];
    if (!context.inputs.x || !axis) return {};
    expectQuantities(context, 'x');
    expectNoBatch(context, 'x', axis, roles.channels);
    if (!parts(context, axis)) return {};
    return { y: { axes: context.inputs.x.axes, valueKind: continuous } };
  },
  repair({ groups, channel: name }, { x = [] }) {
    const size = x[channelPlace(x, name)]?.size;
    if (size === undefined || size % groups === 0) return [];
    return divisorsNear(size, groups).map((n) => ({
      params: { groups: n },
      does: text(
        `Set groups to ${n} (${size} = ${n} × ${size / n})`,
        `把分组设为 ${n}（${size} = ${n} × ${size / n}）`,
      ),
    }));
  },
  lower(context) {
    const { params, inputs, inputTypes, ir } = context;
    const shape = shapeOf(inputTypes.x);
    const place = channelPlace(inputTypes.x?.axes ?? [], params.channel);
    const channels = shape[place] as number;
    const parted = shape.toSpliced(place, 1, params.groups, channels / params.groups);
    const x = ir.reshape(inputs.x as ValueId, parted);
    const over = parted.flatMap((_, d) => (d > place ? [d] : []));
    const own = [params.groups, channels / params.groups];
    const affine = params.learned ? learnedAffine(context, [channels], [place, place + 1]) : undefined;
    const { y } = standardise(ir, x, averagedOver(parted.length, over), params.epsilon, {
      affine: affine && {
        gain: ir.reshape(affine.gain as ValueId, own),
        shift: ir.reshape(affine.shift as ValueId, own),
        axes: affine.axes,
      },
    });
    return { y: ir.reshape(y, shape) };
  },
  torch({ params, inputs, inputTypes, module }) {
    const axes = inputTypes.x?.axes ?? [];
    const place = channelPlace(axes, params.channel);
    const options = keywords({
      eps: [pythonNumber(params.epsilon), '0.00001'],
      affine: [params.learned ? 'True' : 'False', 'True'],
    });
    const norm = module(
      `nn.GroupNorm(${params.groups}, ${axes[place]?.size}${options})`,
      params.learned ? { weight: { of: 'weight' }, bias: { of: 'bias' } } : {},
    );
    return {
      y: withOneBatch(inputs.x as string, axes.length, axes.length - place, (x) => `${norm}(${x})`, 1),
    };
  },
  learns: ({ learned: learns }) => learns,
  learnedAxes({ channel: name }, { x }) {
    const axes: readonly Axis[] = x?.axes ?? [];
    return axes.slice(channelPlace(axes, name)).slice(0, 1);
  },
  examples: [
    {
      // torch.nn.functional.group_norm(x, 2, g, b)
      params: { groups: 2 },
      inputs: {
        x: {
          axes: 'b 2, c 4, t 2',
          values: [
            2, -0.875, -0.25, -0.625, 2, -1.125, 2.75, 2.875, 2.25, -0.625, 1, -0.625, 1, 3.125, 1.5, 2.625,
          ],
        },
      },
      state: { weight: [-0.25, 1.25, 0.75, -1.25], bias: [-1.5, 2, 0.25, 1.5] },
      expect: {
        y: {
          axes: 'b 2, c 4, t 2',
          values: [
            -1.9246957514111611, -1.2945020557687932, 1.657503426281322, 1.246507537818908,
            0.42333319437009853, -1.0211100920473892, 0.6333340281495075, 0.5370378090550083,
            -1.8619601442045568, -1.267311335868499, 2.5170859202922244, 0.8365566793424959,
            -0.6873921574517092, 1.187392157451709, 2.327110727163273, 0.6728892728367271,
          ],
        },
      },
    },
    {
      // torch.nn.functional.group_norm(x.flatten(0, 1), 1, eps=0.01)
      params: { groups: 1, channel: 'c', epsilon: 0.01, learned: false },
      inputs: {
        x: { axes: 't 2, b 1, c 2, h 1, w 2', values: [-1, 0.875, -1.75, -1.625, -0.5, 1.375, 1.75, 2.875] },
      },
      expect: {
        y: {
          axes: 't 2, b 1, c 2, h 1, w 2',
          values: [
            -0.11856133193117539, 1.6598586470364556, -0.8299293235182278, -0.7113679915870523,
            -1.53783480385914, 0, 0.307566960771828, 1.230267843087312,
          ],
        },
      },
    },
    { params: { groups: 2 }, inputs: { x: { axes: 'b 2, f 6' } }, expect: { y: { axes: 'b 2, f 6' } } },
  ],
});
