/** Each row divided by the root of its mean square, then scaled by what it learns. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { expectNoBatch, roles } from '../axis-roles.ts';
import { type Axis, defineNode } from '../define.ts';
import { shapeOf } from '../given.ts';
import { axisNames, findAxes, placesOf } from '../named-axes.ts';
import { averagedOver, epsilon, standardise } from '../normalisation.ts';
import { pythonNumber, tuple } from '../torch.ts';
import { expectQuantities } from '../value-kinds.ts';

export const rmsNorm = defineNode({
  type: 'rms-norm',
  category: 'layer',
  title: text('RMS norm', '均方根归一化'),
  // Zhang and Sennrich, "Root mean square layer normalization", arXiv 1910.07467, eq. 4.
  doc: text(
    'y = g x / √(mean of x² + ε) over the last axis or the named ones: a layer norm that takes no mean off and adds no shift.',
    'y = g x / √(x² 的均值 + ε)，取自最后一个轴或所列的轴：不减均值、也不平移的层归一化。',
  ),
  glyph: '≃',
  params: z.object({
    axes: axisNames,
    epsilon,
    learned: z
      .boolean()
      .default(true)
      .meta({ label: text('Scale', '缩放') }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ axes }) => `x / √⟨x²⟩${axes.length > 0 ? ` over ${axes.join(' ')}` : ''}`,
  infer(context) {
    expectQuantities(context, 'x');
    const { x } = context.inputs;
    const over = x && findAxes(context, context.params.axes)?.map((d) => x.axes[d] as Axis);
    if (!over) return {};
    for (const axis of over) expectNoBatch(context, 'x', axis, roles.normalised);
    return { y: x };
  },
  lower({ params, inputs, inputTypes, ir, parameter }) {
    const shape = shapeOf(inputTypes.x);
    const over = placesOf(inputTypes.x?.axes ?? [], params.axes);
    const rowShape = over.map((d) => shape[d] as number);
    const gain = params.learned ? parameter('weight', rowShape, { kind: 'ones' }) : undefined;
    const affine = gain === undefined ? undefined : { gain, axes: over };
    const averaged = averagedOver(shape.length, over);
    return {
      y: standardise(ir, inputs.x as ValueId, averaged, params.epsilon, { affine, isCentred: false }).y,
    };
  },
  torch({ params, inputs, inputTypes, parameter, helper }) {
    const shape = shapeOf(inputTypes.x);
    const over = placesOf(inputTypes.x?.axes ?? [], params.axes);
    const norm = helper(
      'def rms_norm(x, dim, eps):\n    return x * torch.rsqrt(x.square().mean(dim, keepdim=True) + eps)',
    );
    const dims = over.length === 1 ? String((over[0] as number) - shape.length) : tuple(over);
    const y = `${norm}(${inputs.x}, ${dims}, ${pythonNumber(params.epsilon)})`;
    if (!params.learned) return { y };
    const weight = parameter(
      'weight',
      over.map((d) => shape[d] as number),
      { kind: 'ones' },
    );
    const isLast = over.every((d, i) => d === shape.length - over.length + i);
    const first = over[0] as number;
    const spread = shape.slice(first).map((n, i) => (over.includes(first + i) ? n : 1));
    return { y: `${y} * ${isLast ? weight : `${weight}.view${tuple(spread)}`}` };
  },
  learns: ({ learned }) => learned,
  learnedAxes({ axes }, { x }) {
    const all = x?.axes ?? [];
    return placesOf(all, axes).map((d) => all[d] as (typeof all)[number]);
  },
  examples: [
    {
      // x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-5) * g
      params: {},
      inputs: { x: { axes: 'b 2, i 3', values: [1.375, 1.125, 1.125, 2.125, -1.375, 0.125] } },
      state: { weight: [1.25, 1.5, 1.75] },
      expect: {
        y: {
          axes: 'b 2, i 3',
          values: [
            1.4156915327123816, 1.3899516866630655, 1.6216103011069098, 1.8155057820556222,
            -1.4096868425373068, 0.1495122408751689,
          ],
        },
      },
    },
    {
      // x * torch.rsqrt(x.square().mean((0, 2), keepdim=True) + 0.01) * g.view(2, 1, 3)
      params: { axes: ['h', 'c'], epsilon: 0.01 },
      inputs: {
        x: {
          axes: 'c 2, b 2, h 3',
          values: [0.125, 1.375, 0.875, -0.875, 1.625, -1.125, 1.375, -1.125, -0.625, -0.875, 2.125, -1.125],
        },
      },
      state: { weight: [-0.5, -1.25, 0.5, 0, -0.75, 1.5] },
      expect: {
        y: {
          axes: 'c 2, b 2, h 3',
          values: [
            -0.06109688197167969, -1.6801642542211914, 0.4276781738017578, 0.3190973498740848,
            -1.4815234101296795, -0.4102680212666805, 0, 0.8248079066176759, -0.9164532295751953, 0,
            -1.1624260602555947, -1.2308040638000415,
          ],
        },
      },
    },
    { params: { learned: false }, inputs: { x: { axes: 'i 4' } }, expect: { y: { axes: 'i 4' } } },
  ],
});
