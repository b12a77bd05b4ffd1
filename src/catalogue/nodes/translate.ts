/** All points moved by one vector. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e, number } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { shapeOf } from '../given.ts';
import { meetAxes } from '../meeting.ts';
import { pythonNumber } from '../torch.ts';
import { continuous } from '../value-kinds.ts';

export const translate = defineNode({
  type: 'translate',
  category: 'math',
  title: text('Translate', '平移'),
  doc: text(
    'out[…, d] = x[…, d] + scale · t[d]: every point of x by the same vector t, which is drawn at random (normal) where none is wired.',
    'out[…, d] = x[…, d] + scale · t[d]：x 的每个点移动同一个向量 t；未连线时随机抽取（正态）。',
  ),
  glyph: '⇢',
  params: z.object({
    scale: z
      .number()
      .default(1)
      .meta({ label: text('Scale', '尺度') }),
  }),
  inputs: [{ name: 'x' }, { name: 'by', title: text('by t', '位移 t'), optional: true }],
  outputs: [{ name: 'out' }],
  summary: () => 'x + t',
  infer(context) {
    const { inputs, report } = context;
    const axes = inputs.x?.axes ?? [];
    const last = axes.at(-1);
    if (!last) {
      report('rank-mismatch', { port: 'x' }, { what: 'x', actual: 0, axes: '–', expected: 1 });
      return {};
    }
    const { by } = inputs;
    const [only] = by?.axes ?? [];
    if (by && (!only || by.axes.length !== 1)) {
      const names = by.axes.map((a) => a.name).join(', ') || '–';
      report(
        'rank-mismatch',
        { port: 'by' },
        { what: 'by', actual: by.axes.length, axes: names, expected: 1 },
      );
      return {};
    }
    const met = only ? meetAxes(context, { axis: last, axes }, { axis: only, axes: [only] }, 'by') : last;
    return { out: { axes: [...axes.slice(0, -1), met], valueKind: continuous } };
  },
  lower({ params: { scale }, inputs, ir, drawn }) {
    const x = inputs.x as ValueId;
    const shape = ir.shape(x);
    const by = inputs.by ?? drawn('normal', shape.slice(-1));
    const all = shape.map((_, d) => d);
    const moved = e.add(arg(0), e.mul(number(scale), arg(1)));
    return { out: ir.map([x, by], moved, [all, all.slice(-1)], shape) };
  },
  torch({ params: { scale }, inputs, inputTypes, drawn }) {
    const by = inputs.by ?? drawn('normal', shapeOf(inputTypes.x).slice(-1));
    return { out: `${inputs.x} + ${scale === 1 ? '' : `${pythonNumber(scale)} * `}${by}` };
  },
  examples: [
    {
      params: { scale: -2 },
      inputs: { x: { axes: 'i 2, d 2', values: [1, 2, 3, 4] }, by: { axes: 'd 2', values: [0.5, -1] } },
      expect: { out: { axes: 'i 2, d 2', values: [0, 4, 2, 6] } },
    },
    { inputs: { x: { axes: 'i 2, d 3' } }, expect: { out: { axes: 'i 2, d 3' } } },
  ],
});
