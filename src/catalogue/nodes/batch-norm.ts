/** Each channel brought to mean 0 and variance 1 over the batch; when it is evaluated, by what training has seen. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e, number, unary } from '../../ir/expr.ts';
import { elements, type ValueId } from '../../ir/program.ts';
import { expectNoBatch, roles } from '../axis-roles.ts';
import { type Axis, defineNode, type LowerContext } from '../define.ts';
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
import { keywords } from '../torch-images.ts';
import { continuous, expectQuantities } from '../value-kinds.ts';

const params = z.object({
  channel,
  epsilon,
  momentum: z
    .number()
    .min(0)
    .max(1)
    .default(0.1)
    .meta({
      label: text('Momentum', '动量'),
      doc: text(
        'The share of this batch in the running mean and variance, after each step',
        '每步之后，本批在滑动均值与方差中所占的比例',
      ),
    }),
  learned,
});

/** The channels' place, and all others. */
const placesIn = (rank: number, place: number) =>
  averagedOver(
    rank,
    Array.from({ length: rank }, (_, d) => d).filter((d) => d !== place),
  );

/** One number for each channel, of what training has seen: m · batch + (1 − m) · what it was. */
function follow({ ir, update }: LowerContext<unknown>, state: ValueId, batch: ValueId, m: number): void {
  const next = e.add(e.mul(number(m), arg(0)), e.mul(number(1 - m), arg(1)));
  update(state, ir.map([batch, state], next));
}

export const batchNorm = defineNode({
  type: 'batch-norm',
  category: 'layer',
  title: text('Batch norm', '批归一化'),
  // Ioffe and Szegedy, "Batch normalization", arXiv 1502.03167, algorithms 1 and 2; running variance as PyTorch.
  doc: text(
    'y = g (x − mean) / √(variance + ε) + b for each channel. In training mean and variance are those of the batch, over all other axes, and running ones follow them; everywhere else the running ones are taken, so that an example does not depend on its neighbours.',
    'y = g (x − 均值) / √(方差 + ε) + b，逐通道计算。训练时均值与方差取自当前批（其余各轴），滑动值随之更新；其他时候使用滑动值，样本之间互不影响。',
  ),
  glyph: '≎',
  params,
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ channel: name }) => `(x − μ) / σ, ${name ?? 'c'}`,
  infer(context) {
    const place = findChannel(context, 0);
    const { x } = context.inputs;
    if (place === undefined || !x) return {};
    expectQuantities(context, 'x');
    expectNoBatch(context, 'x', x.axes[place], roles.channels);
    return { y: { axes: x.axes, valueKind: continuous } };
  },
  averages: ({ channel: name }, { x }) => x?.axes.filter((_, d) => d !== channelPlace(x.axes, name)) ?? [],
  lower(context) {
    const { params, inputs, inputTypes, ir, state, training } = context;
    const x = inputs.x as ValueId;
    const shape = shapeOf(inputTypes.x);
    const place = channelPlace(inputTypes.x?.axes ?? [], params.channel);
    const channels = [shape[place] as number];
    const averaged = placesIn(shape.length, place);
    const affine = params.learned ? learnedAffine(context, channels, [place]) : undefined;
    const mean = state('mean', channels, { kind: 'zeros' });
    const variance = state('variance', channels, { kind: 'ones' });
    if (training) {
      const batch = standardise(ir, x, averaged, params.epsilon, { affine });
      const count = elements(averaged.over.map((d) => shape[d] as number));
      follow(context, mean, batch.mean as ValueId, params.momentum);
      follow(context, variance, ir.scale(batch.variance, count / (count - 1)), params.momentum);
      return { y: batch.y };
    }
    const all = shape.map((_, d) => d);
    const sharpness = ir.map(
      [variance],
      unary('recip', unary('sqrt', e.add(arg(0), number(params.epsilon)))),
    );
    const normal = e.mul(e.sub(arg(0), arg(1)), arg(2));
    const { gain, shift } = affine ?? {};
    if (gain === undefined || shift === undefined)
      return { y: ir.map([x, mean, sharpness], normal, [all, [place], [place]], shape) };
    const scaled = e.add(e.mul(normal, arg(3)), arg(4));
    const alongChannels = Array.from({ length: 4 }, () => [place]);
    return { y: ir.map([x, mean, sharpness, gain, shift], scaled, [all, ...alongChannels], shape) };
  },
  torch({ params, inputs, inputTypes, module }) {
    const axes = inputTypes.x?.axes ?? [];
    const place = channelPlace(axes, params.channel);
    const rank = axes.length;
    const isUsual = place === 1 && rank <= 5;
    const options = keywords({
      eps: [pythonNumber(params.epsilon), '0.00001'],
      momentum: [pythonNumber(params.momentum), '0.1'],
      affine: [params.learned ? 'True' : 'False', 'True'],
    });
    const kind = isUsual && rank > 3 ? rank - 2 : 1;
    const norm = module(`nn.BatchNorm${kind}d(${axes[place]?.size}${options})`, {
      ...(params.learned && { weight: { of: 'weight' }, bias: { of: 'bias' } }),
      running_mean: { of: 'mean' },
      running_var: { of: 'variance' },
    });
    if (isUsual) return { y: `${norm}(${inputs.x})` };
    const last = place === rank - 1 ? inputs.x : `${inputs.x}.movedim(${place}, -1)`;
    const y = `${norm}(${last}.flatten(0, -2)).reshape(${last}.shape)`;
    return { y: place === rank - 1 ? y : `${y}.movedim(-1, ${place})` };
  },
  learns: ({ learned: learns }) => learns,
  keepsState: true,
  learnedAxes({ channel: name }, { x }) {
    const axes: readonly Axis[] = x?.axes ?? [];
    return axes.slice(channelPlace(axes, name)).slice(0, 1);
  },
  examples: [
    {
      // torch.nn.functional.batch_norm(x, mean, variance, g, b, eps=0.001): what no training step computes is evaluated
      params: { epsilon: 0.001 },
      inputs: {
        x: {
          axes: 'b 2, c 3, t 2',
          values: [-0.25, 1.25, 0.5, -0.75, 1.25, 1.5, 0.25, 0.75, -1, -2, -1, -1],
        },
      },
      state: {
        weight: [-1.25, -1, 0.5],
        bias: [0.5, -1, -1.25],
        mean: [1.25, 0.25, -2],
        variance: [0.5, 1.25, 2],
      },
      expect: {
        y: {
          axes: 'b 2, c 3, t 2',
          values: [
            3.149002749878202, 0.5000000000000001, -1.2235174086607583, -0.1059303653569664,
            -0.10123863502328372, -0.012872376178920925, 2.2660018332521346, 1.3830009166260675,
            0.117587043303792, 1.0116566779468257, -0.8965349646225489, -0.8965349646225489,
          ],
        },
      },
    },
    {
      // torch.nn.functional.batch_norm(x.movedim(-1, 1), mean, variance).movedim(1, -1)
      params: { channel: 'f', learned: false },
      inputs: {
        x: {
          axes: 'b 2, t 2, f 3',
          values: [2, -0.25, 0.25, -0.5, -0.5, 0, -1.5, -0.75, 0.5, -1.25, 0.5, 1],
        },
      },
      state: { mean: [1.25, 0.25, -2], variance: [0.5, 1.25, 2] },
      expect: {
        y: {
          axes: 'b 2, t 2, f 3',
          values: [
            1.0606495653372, -0.447211806656309, 1.5909862802090033, -2.4748489857868, -0.6708177099844634,
            1.4142100268524473, -3.8890484062364, -0.894423613312618, 1.7677625335655591, -3.5354985511240002,
            0.2236059033281545, 2.121315040278671,
          ],
        },
      },
    },
    { inputs: { x: { axes: 'b 2, f 3' } }, expect: { y: { axes: 'b 2, f 3' } } },
    {
      params: { momentum: 0.3 },
      inputs: { x: { axes: 'b 2, c 2, h 2, w 3' } },
      expect: { y: { axes: 'b 2, c 2, h 2, w 3' } },
    },
  ],
});
