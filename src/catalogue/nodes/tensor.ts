/** A tensor of given numbers. */
import { z } from 'zod';
import { keyFrom } from '../../base/random.ts';
import { text } from '../../base/text.ts';
import { numbersOf } from '../../ir/fill.ts';
import { asNumber, product } from '../../tensor/size.ts';
import { defineNode } from '../define.ts';
import { inferGiven, shapeOf } from '../given.ts';
import * as params from '../params.ts';
import { pythonFloat, tensorCode } from '../torch.ts';
import { continuous } from '../value-kinds.ts';

const fills = ['values', 'zeros', 'ones', 'identity', 'range', 'normal', 'uniform'] as const;
/** Fills that are drawn from a continuous scale. */
const drawn: readonly (typeof fills)[number][] = ['normal', 'uniform'];

export const tensor = defineNode({
  type: 'tensor',
  category: 'tensor',
  title: text('Tensor', '张量'),
  doc: text(
    'Numbers that do not change: given one by one, or filled by a rule. Rank 0 is a scalar, 1 a vector, 2 a matrix.',
    '不变的数：逐个给出，或按规则填充。0 阶是标量，1 阶是向量，2 阶是矩阵。',
  ),
  glyph: '▦',
  labels: 'A',
  params: z.object({
    axes: params.axes.default([]),
    fill: z
      .enum(fills)
      .default('zeros')
      .meta({
        label: text('Fill', '填充'),
        options: {
          values: text('Values below', '下列数值'),
          zeros: text('Zeros', '全 0'),
          ones: text('Ones', '全 1'),
          identity: text('Identity', '单位'),
          range: text('0, 1, 2, …', '0, 1, 2, …'),
          normal: text('Random, normal', '随机（正态）'),
          uniform: text('Random, −1 … 1', '随机（−1 … 1）'),
        },
      }),
    values: params.values.optional(),
    seed: params.seed.optional().meta({
      label: text('Seed', '随机种子'),
      doc: text(
        'Of random numbers. Empty: numbers of its own, which follow the seed of the run',
        '随机数的种子。留空则各节点各有其数，并随运行的种子而变',
      ),
    }),
  }),
  inputs: [],
  outputs: [{ name: 'out' }],
  summary: ({ axes }) => axes.map((a) => a.name).join(' '),
  infer(context) {
    const { fill, values = [] } = context.params;
    const { out } = inferGiven(context, fill === 'values' ? values : undefined);
    if (!out || fill === 'values') return { out };
    if (drawn.includes(fill)) return { out: { ...out, valueKind: continuous } };
    return { out: { ...out, written: filled(fill, asNumber(product(out.axes.map((axis) => axis.size)))) } };
  },
  lower({ params, outputTypes, ir, drawn: draw }) {
    const shape = shapeOf(outputTypes.out);
    switch (params.fill) {
      case 'values':
        return { out: ir.constant(shape, params.values ?? []) };
      case 'zeros':
        return { out: ir.full(shape, 0) };
      case 'ones':
        return { out: ir.full(shape, 1) };
      case 'identity':
      case 'range':
        return { out: ir.constant(shape, { fill: params.fill }) };
      case 'normal':
      case 'uniform':
        return {
          out:
            params.seed === undefined
              ? draw(params.fill, shape)
              : ir.constant(shape, { fill: params.fill, key: keyFrom(params.seed, 'tensor') }),
        };
    }
  },
  torch({ params: { fill, values = [], seed }, outputTypes, outputLength, constant, drawn: draw }) {
    const shape = shapeOf(outputTypes.out);
    const lengths = shape.map((_, d) => outputLength('out', d));
    const dims = shape.length === 0 ? '()' : lengths.join(', ');
    // Of a size that depends on the batch.
    const isOpen = lengths.some((length) => !/^\d+$/.test(length));
    if (isOpen && (fill === 'zeros' || fill === 'ones')) return { out: `torch.${fill}(${dims})` };
    switch (fill) {
      case 'values':
        return { out: constant('', tensorCode(values, shape)) };
      case 'zeros':
      case 'ones':
        return { out: constant('', `torch.${fill}(${dims})`) };
      case 'range': {
        const range = `torch.arange(${pythonFloat(shape.reduce((n, m) => n * m, 1))})`;
        return { out: constant('', shape.length === 1 ? range : `${range}.reshape(${dims})`) };
      }
      case 'identity':
        if (shape.length === 2) return { out: constant('', `torch.eye(${dims})`) };
        return { out: constant('', tensorCode(numbersOf({ fill }, shape), shape)) };
      default:
        if (seed === undefined) return { out: draw(fill, shape) };
        return {
          out: constant('', tensorCode(numbersOf({ fill, key: keyFrom(seed, 'tensor') }, shape), shape)),
        };
    }
  },
  examples: [
    { params: { axes: [], fill: 'values', values: [3] }, expect: { out: { axes: '', values: [3] } } },
    {
      params: { axes: [{ name: 'i', size: 3 }], fill: 'range' },
      expect: { out: { axes: 'i 3', values: [0, 1, 2] } },
    },
    {
      params: {
        axes: [
          { name: 'i', size: 2 },
          { name: 'j', size: 3 },
        ],
        fill: 'identity',
      },
      expect: { out: { axes: 'i 2, j 3', values: [1, 0, 0, 0, 1, 0] } },
    },
    { params: { axes: [{ name: 'i', size: 5 }], fill: 'normal', seed: 7 }, expect: { out: { axes: 'i 5' } } },
  ],
});

/** The numbers that a rule gives, each once; undefined where they depend on a size that is open. */
function filled(fill: (typeof fills)[number], count: number | undefined): readonly number[] | undefined {
  if (fill === 'zeros') return [0];
  if (fill === 'ones') return [1];
  if (fill === 'identity') return [0, 1];
  // The last is the largest, and says as much as all of them.
  return fill === 'range' && count !== undefined ? [count - 1] : undefined;
}
