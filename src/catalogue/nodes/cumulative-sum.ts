/** Sums of all that has come so far. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { scan } from '../../ir/scan.ts';
import { alongAxis, axisPlace, findAxis } from '../along-axis.ts';
import { defineNode } from '../define.ts';
import * as params from '../params.ts';

export const cumulativeSum = defineNode({
  type: 'cumulative-sum',
  category: 'math',
  title: text('Cumulative sum', '累积和'),
  doc: text(
    'y_t = x_0 + … + x_t along an axis; from the end: y_t = x_t + … + x_last.',
    '沿一个轴 y_t = x_0 + … + x_t；从末尾起则 y_t = x_t + … + x_末。',
  ),
  glyph: '∑',
  params: z.object({
    ...alongAxis,
    reverse: params.flag.meta({ label: text('From the end', '从末尾起') }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ reverse }) => (reverse ? 'Σ_{s ≥ t} x' : 'Σ_{s ≤ t} x'),
  infer(context) {
    const { x } = context.inputs;
    return findAxis(context) === undefined || !x ? {} : { y: { axes: x.axes } };
  },
  lower({ params: given, inputs, inputTypes, ir }) {
    const x = inputs.x as ValueId;
    const at = axisPlace(inputTypes.x?.axes ?? [], given);
    const all = ir.shape(x).map((_, d) => d);
    const rows = ir.transpose(x, [at, ...all.filter((d) => d !== at)]);
    const [length = 1, ...rest] = ir.shape(rows);
    const { outs } = scan(ir, {
      length,
      carries: [ir.full(rest, 0)],
      rows: [rows],
      reverse: given.reverse,
      body(inner, [sum = 0], [term = 0]) {
        const next = inner.add(sum, term);
        return { carries: [next], outs: [next] };
      },
    });
    // The axis that came first goes back to its place.
    const back = all.map((d) => (d === at ? 0 : d < at ? d + 1 : d));
    return { y: ir.transpose(outs[0] as ValueId, back) };
  },
  torch({ params: given, inputs, inputTypes }) {
    const at = axisPlace(inputTypes.x?.axes ?? [], given);
    const { x } = inputs;
    return { y: given.reverse ? `${x}.flip(${at}).cumsum(${at}).flip(${at})` : `${x}.cumsum(${at})` };
  },
  examples: [
    {
      // torch.cumsum(x, 0)
      params: { axis: 't' },
      inputs: { x: { axes: 't 3, i 2', values: [1, 2, 3, 4, -5, 6] } },
      expect: { y: { axes: 't 3, i 2', values: [1, 2, 4, 6, -1, 12] } },
    },
    {
      // x.flip(1).cumsum(1).flip(1)
      params: { reverse: true },
      inputs: { x: { axes: 'b 2, i 3', values: [1, 2, 3, 4, -5, 6] } },
      expect: { y: { axes: 'b 2, i 3', values: [6, 5, 3, 5, 1, 6] } },
    },
  ],
});
