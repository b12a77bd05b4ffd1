/** How many of some numbers lie in each of equal bins. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e, number } from '../../ir/expr.ts';
import { elements, type ValueId } from '../../ir/program.ts';
import { scalar } from '../../tensor/axis.ts';
import { constant } from '../../tensor/size.ts';
import { defineNode } from '../define.ts';
import { binsOf, cellEdges, cellWidth, rangeParams, refuseEmptyRange, torchBins } from '../ranges.ts';
import { pythonNumber } from '../torch.ts';

export const histogram = defineNode({
  type: 'histogram',
  category: 'math',
  title: text('Histogram', '直方图'),
  doc: text(
    'How many of all numbers of x lie in each of equal bins between the ends, as NumPy’s histogram: a bin holds its lower end, the last one both. As a density counts are divided by n·width, n being all numbers, so that the area is the share that lies inside. Outside is how many lie in no bin, NaN among them.',
    '统计 x 的全部数落入两端之间各等宽区间的个数，同 NumPy 的 histogram：区间含下端，末一个含两端。作为密度时，个数除以 n·宽，n 为全部数的个数，因此面积是落在范围内的比例。“范围外”是不在任何区间的个数，NaN 也计入。',
  ),
  glyph: '▥',
  params: z.object({
    ...rangeParams(-2, 2, 50, text('bins', '区间数')),
    scale: z
      .enum(['density', 'counts'])
      .default('density')
      .meta({
        label: text('Bars', '柱高'),
        options: { density: text('density', '密度'), counts: text('counts', '个数') },
      }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [
    { name: 'bars', title: text('bars', '柱') },
    { name: 'edges', title: text('edges', '区间边界') },
    { name: 'outside', title: text('outside', '范围外') },
  ],
  summary: ({ from, to, count }) => `${count} · [${from}, ${to}]`,
  infer(context) {
    refuseEmptyRange(context);
    const { count } = context.params;
    return {
      bars: { axes: [{ name: 'bin', size: constant(count) }] },
      edges: { axes: [{ name: 'edge', size: constant(count + 1) }] },
      outside: scalar,
    };
  },
  lower({ params, inputs, ir }) {
    const x = inputs.x as ValueId;
    const n = elements(ir.shape(x));
    const counts = binsOf(ir, x, ir.full([], params.from), ir.full([], cellWidth(params)), params.count);
    const share = 1 / (n * cellWidth(params));
    return {
      bars: params.scale === 'counts' ? counts : ir.scale(counts, share),
      edges: cellEdges(ir, params),
      outside: ir.map([ir.sum(counts)], e.sub(number(n), arg(0))),
    };
  },
  detached: ['x'],
  torch({ params, inputs: { x }, let: assign, helper }) {
    const { from, count, scale } = params;
    const [start, width] = [pythonNumber(from), pythonNumber(cellWidth(params))];
    const counts = assign('counts', `${helper(torchBins)}(${x}, ${start}, ${width}, ${count})`);
    return {
      bars: scale === 'counts' ? counts : `${counts} / (${x}.numel() * ${width})`,
      edges: `${start} + ${width} * torch.arange(${count + 1})`,
      outside: `${x}.numel() - ${counts}.sum()`,
    };
  },
  examples: [
    {
      // numpy.histogram([-1, 0, 0.25, 0.5, 1, 1, 2], 4, (0, 1))
      params: { from: 0, to: 1, count: 4, scale: 'counts' },
      inputs: { x: { axes: 'chain 7', values: [-1, 0, 0.25, 0.5, 1, 1, 2] } },
      expect: {
        bars: { axes: 'bin 4', values: [1, 1, 1, 2] },
        edges: { axes: 'edge 5', values: [0, 0.25, 0.5, 0.75, 1] },
        outside: { axes: '', values: [2] },
      },
      notDifferentiable: ['x'],
    },
    {
      // The same counts over 8 · 0.5.
      params: { from: -1, to: 1, count: 4 },
      inputs: { x: { axes: 'chain 2, step 4', values: [-0.9, -0.6, 0.1, 0.2, 0.3, 0.7, 5, -5] } },
      expect: {
        bars: { axes: 'bin 4', values: [0.5, 0, 0.75, 0.25] },
        edges: { axes: 'edge 5', values: [-1, -0.5, 0, 0.5, 1] },
        outside: { axes: '', values: [2] },
      },
      notDifferentiable: ['x'],
    },
  ],
});
