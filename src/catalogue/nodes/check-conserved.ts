/** Checks that a quantity does not change along a trajectory. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import * as params from '../params.ts';

export const checkConserved = defineNode({
  type: 'check-conserved',
  category: 'check',
  title: text('Check: conserved', '检验：守恒'),
  doc: text(
    'The largest |Q(t) − Q(0)| along the time index of a quantity Q, of all its elements. It is met up to tolerance · max(1, scale), where “scale” is what rounding grows with: the impulses that were added up, or the energy.',
    '量 Q 沿时间指标的最大 |Q(t) − Q(0)|（对其所有元素取最大）。不超过 容差 · max(1, 尺度) 即为通过，“尺度”是舍入误差所依的量：累加的冲量，或能量。',
  ),
  glyph: '✓',
  params: z.object({
    time: params.indexName.default('t').meta({ label: text('Time index', '时间指标名') }),
    tolerance: z
      .number()
      .min(0)
      .default(1e-12)
      .meta({ label: text('Tolerance', '容差') }),
  }),
  inputs: [
    { name: 'quantity', title: text('quantity Q', '量 Q') },
    { name: 'scale', title: text('scale', '尺度'), optional: true },
  ],
  outputs: [],
  summary: () => 'Q(t) = Q(0)',
  infer({ params: { time }, inputs, report }) {
    const axes = inputs.quantity?.axes ?? [];
    if (!axes.some(({ name }) => name === time)) {
      const names = axes.map(({ name }) => name).join(', ') || '–';
      const detail = text(`“${time}” is not among ${names}`, `“${time}” 不在 ${names} 之中`);
      report('bad-param', { param: 'time' }, { param: 'time', detail });
    }
    const scale = inputs.scale?.axes ?? [];
    if (scale.length > 0)
      report('not-scalar', { port: 'scale' }, { what: 'scale', axes: scale.map((a) => a.name).join(', ') });
    return {};
  },
  lower(context) {
    const { params, inputs, inputTypes, ir } = context;
    const quantity = inputs.quantity as ValueId;
    const axis = inputTypes.quantity?.axes.findIndex(({ name }) => name === params.time) ?? 0;
    const shape = ir.shape(quantity);
    const all = shape.map((_, d) => d);
    const start = ir.part(quantity, axis, 0, 1);
    const first = ir.reshape(start, shape.toSpliced(axis, 1));
    const drift = ir.map(
      [quantity, first],
      unary('abs', e.sub(arg(0), arg(1))),
      [all, all.toSpliced(axis, 1)],
      shape,
    );
    const residual = ir.reduce('max', drift, all);
    const scale = inputs.scale ?? ir.full([], 1);
    context.check({
      value: residual,
      theory: ir.full([], 0),
      residual,
      tolerance: ir.map([scale], e.mul(number(params.tolerance), binary('max', number(1), arg(0)))),
    });
    return {};
  },
  examples: [
    {
      params: { tolerance: 0.25 },
      inputs: { quantity: { axes: 't 3, d 2', values: [1, 4, 1.125, 4, 1, 3.75] } },
      expect: {},
      check: { value: 0.25, theory: 0, residual: 0.25, met: true },
    },
    {
      // 0.25 · 4 is more than the drift of 0.75; time is the last index here.
      params: { tolerance: 0.25, time: 's' },
      inputs: {
        quantity: { axes: 'b 2, s 2', values: [1, 1.5, 2, 1.25] },
        scale: { axes: '', values: [4] },
      },
      expect: {},
      check: { value: 0.75, theory: 0, residual: 0.75, met: true },
    },
    {
      // A scale below 1 counts as 1.
      params: { tolerance: 0.5 },
      inputs: { quantity: { axes: 't 2', values: [1, -1] }, scale: { axes: '', values: [0.125] } },
      expect: {},
      check: { value: 2, theory: 0, residual: 2, met: false },
    },
  ],
});
