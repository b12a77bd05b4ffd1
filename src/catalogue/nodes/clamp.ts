/** Numbers held between two others. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, type Expr, number, select } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { pythonNumber } from '../torch.ts';

export const clamp = defineNode({
  type: 'clamp',
  category: 'math',
  title: text('Clamp', '截断'),
  doc: text(
    'min(max(x, low), high). What is held at an end gets no gradient; an end that is left empty holds nothing.',
    'min(max(x, 下限), 上限)。被截断者没有梯度；留空的一端不起作用。',
  ),
  glyph: '⊓',
  params: z.object({
    low: z
      .number()
      .optional()
      .meta({ label: text('Low', '下限') }),
    high: z
      .number()
      .optional()
      .meta({ label: text('High', '上限') }),
  }),
  // Of its own: what a new node begins with.
  preset: { low: 0, high: 1 },
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ low, high }) =>
    `${low === undefined ? '' : `${low} ≤ `}x${high === undefined ? '' : ` ≤ ${high}`}`,
  infer({ params: { low, high }, inputs, report }) {
    if (low !== undefined && high !== undefined && low > high) {
      const detail = text(`${low} is above ${high}`, `${low} 大于 ${high}`);
      report('bad-param', { param: 'low' }, { param: 'low', detail });
    }
    return inputs.x ? { y: { axes: inputs.x.axes } } : {};
  },
  lower({ params: { low, high }, inputs, ir }) {
    let held: Expr = arg(0);
    if (high !== undefined) held = select(binary('lt', number(high), arg(0)), number(high), held);
    if (low !== undefined) held = select(binary('lt', arg(0), number(low)), number(low), held);
    return { y: ir.map([inputs.x as ValueId], held) };
  },
  torch({ params: { low, high }, inputs }) {
    const ends = [
      low === undefined ? '' : `, min=${pythonNumber(low)}`,
      high === undefined ? '' : `, max=${pythonNumber(high)}`,
    ].join('');
    return { y: ends ? `${inputs.x}.clamp(${ends.slice(2)})` : (inputs.x ?? '') };
  },
  examples: [
    {
      // torch.clamp(x, -1, 2)
      params: { low: -1, high: 2 },
      inputs: { x: { axes: 'i 4', values: [-3, -0.5, 1.5, 7] } },
      expect: { y: { axes: 'i 4', values: [-1, -0.5, 1.5, 2] } },
    },
    {
      params: { low: 0.25 },
      inputs: { x: { axes: 'i 3', values: [-3, 0.5, 7] } },
      expect: { y: { axes: 'i 3', values: [0.25, 0.5, 7] } },
    },
  ],
});
