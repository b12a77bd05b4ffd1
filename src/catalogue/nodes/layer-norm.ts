/** Each row brought to mean 0 and variance 1, then scaled and shifted by what it learns. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { expectNoBatch, expectSeveral, roles } from '../axis-roles.ts';
import { type Axis, defineNode } from '../define.ts';
import { shapeOf } from '../given.ts';
import { axisNames, findAxes, placesOf } from '../named-axes.ts';
import { averagedOver, epsilon, learned, learnedAffine, standardise } from '../normalisation.ts';
import { pythonNumber, tuple } from '../torch.ts';
import { expectQuantities } from '../value-kinds.ts';

export const layerNorm = defineNode({
  type: 'layer-norm',
  category: 'layer',
  title: text('Layer norm', '层归一化'),
  // Ba, Kiros and Hinton, "Layer normalization", arXiv 1607.06450, eq. 3 and 4.
  doc: text(
    'y = g (x − mean) / √(variance + ε) + b, mean and variance over the last axis or the named ones.',
    'y = g (x − 均值) / √(方差 + ε) + b，均值与方差取自最后一个轴或所列的轴。',
  ),
  glyph: '≋',
  params: z.object({
    axes: axisNames,
    epsilon,
    learned,
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ axes }) => `(x − μ) / σ${axes.length > 0 ? ` over ${axes.join(' ')}` : ''}`,
  infer(context) {
    expectQuantities(context, 'x');
    const { x } = context.inputs;
    const over = x && findAxes(context, context.params.axes)?.map((d) => x.axes[d] as Axis);
    if (!over) return {};
    for (const axis of over) expectNoBatch(context, 'x', axis, roles.normalised);
    expectSeveral(context, 'x', over, text('it is brought to 0', '它被归一化为 0'));
    return { y: x };
  },
  lower(context) {
    const { params: given, inputs, inputTypes, ir } = context;
    const shape = shapeOf(inputTypes.x);
    const over = placesOf(inputTypes.x?.axes ?? [], given.axes);
    const rowShape = over.map((d) => shape[d] as number);
    const affine = given.learned ? learnedAffine(context, rowShape, over) : undefined;
    const averaged = averagedOver(shape.length, over);
    return { y: standardise(ir, inputs.x as ValueId, averaged, given.epsilon, { affine }).y };
  },
  torch({ params: { axes, epsilon, learned }, inputs, inputTypes, module }) {
    const shape = shapeOf(inputTypes.x);
    const over = placesOf(inputTypes.x?.axes ?? [], axes);
    const rowShape = over.map((d) => shape[d] as number);
    const options = `${epsilon === 1e-5 ? '' : `, eps=${pythonNumber(epsilon)}`}${learned ? '' : ', elementwise_affine=False'}`;
    const norm = module(
      `nn.LayerNorm(${rowShape.length === 1 ? rowShape[0] : tuple(rowShape)}${options})`,
      learned ? { weight: { of: 'weight' }, bias: { of: 'bias' } } : {},
    );
    // PyTorch normalises the last axes.
    const order = [...shape.keys()].filter((d) => !over.includes(d)).concat(over);
    if (order.every((d, i) => d === i)) return { y: `${norm}(${inputs.x})` };
    const back = order.map((_, d) => order.indexOf(d));
    return { y: `${norm}(${inputs.x}.permute(${order.join(', ')})).permute(${back.join(', ')})` };
  },
  learns: ({ learned }) => learned,
  learnedAxes({ axes }, { x }) {
    const all = x?.axes ?? [];
    return placesOf(all, axes).map((d) => all[d] as (typeof all)[number]);
  },
  examples: [
    {
      // torch.nn.functional.layer_norm(x, (3,), g, b, 1e-5)
      inputs: { x: { axes: 'b 2, i 3', values: [1, 2, 4, -1, 0.5, 3] } },
      state: { weight: [0.5, 2, -1], bias: [0.1, -0.2, 0.3] },
      expect: {
        y: {
          axes: 'b 2, i 3',
          values: [
            -0.434520765725149, -0.7345207657251491, -1.0363019143128718, -0.4555828790463038,
            -0.6040602756700391, -1.013195895927627,
          ],
        },
      },
    },
    {
      params: { epsilon: 1e-12 },
      inputs: { x: { axes: 'b 2, i 2', values: [1, 3, 10, 0] } },
      expect: { y: { axes: 'b 2, i 2', values: [-1, 1, 1, -1] } },
    },
    { inputs: { x: { axes: 'b 2, t 2, d 4' } }, expect: { y: { axes: 'b 2, t 2, d 4' } } },
    {
      params: { axes: ['h', 'c'], learned: false },
      inputs: { x: { axes: 'c 2, b 2, h 3' } },
      expect: { y: { axes: 'c 2, b 2, h 3' } },
    },
  ],
});
