/** Checks that a quantity does not change along a trajectory. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode, type LowerContext } from '../define.ts';
import { expectCount } from '../expectations.ts';
import * as params from '../params.ts';
import { shouldParams, tellDifference, tellTorchDifference } from '../should.ts';
import { pythonNumber } from '../torch.ts';

interface Options {
  readonly time: string;
  readonly total?: string | undefined;
  readonly tolerance: number;
  readonly should: 'hold' | 'break';
  readonly least: number;
}

export const checkConserved = defineNode({
  type: 'check-conserved',
  category: 'check',
  title: text('Check: conserved', '检验：守恒'),
  doc: text(
    'The largest |Q(t) − Q(0)| along the time index of a quantity Q, of all its elements, or of its total over an index such as the bodies. It holds up to tolerance · max(1, scale): of a total, the scale is all that its parts have exchanged, Σ |q(t + 1) − q(t)|, with which rounding grows; else what is wired to “scale”.',
    '量 Q 沿时间指标的最大 |Q(t) − Q(0)|：对其所有元素，或对某个指标（如物体）求和后的总量。不超过 容差 · max(1, 尺度) 即成立：对总量，尺度为各部分交换的总和 Σ |q(t + 1) − q(t)|，舍入误差随之增长；否则为接到“尺度”的值。',
  ),
  glyph: '✓',
  params: z.object({
    time: params.indexName.default('t').meta({ label: text('Time index', '时间指标名') }),
    total: params.indexName.optional().meta({
      label: text('Total over', '求和指标'),
      doc: text('Empty: each element by itself', '留空则各元素分别检验'),
    }),
    tolerance: z
      .number()
      .min(0)
      .default(1e-12)
      .meta({ label: text('Tolerance', '容差') }),
    ...shouldParams,
  }),
  inputs: [
    { name: 'quantity', title: text('quantity Q', '量 Q') },
    { name: 'scale', title: text('scale', '尺度'), optional: true },
  ],
  outputs: [],
  summary: ({ total }) => (total === undefined ? 'Q(t) = Q(0)' : 'Σ q(t) = Σ q(0)'),
  infer(context) {
    const { params, inputs, report } = context;
    const { time, total } = params;
    const axes = inputs.quantity?.axes ?? [];
    const names = axes.map(({ name }) => name).join(', ') || '–';
    for (const [param, name] of Object.entries({ time, total })) {
      if (name === undefined || axes.some((axis) => axis.name === name)) continue;
      const detail = text(`“${name}” is not among ${names}`, `“${name}” 不在 ${names} 之中`);
      report('bad-param', { param }, { param, detail });
    }
    if (time === total) {
      const detail = text('a total over time does not change', '对时间求和的总量不会变化');
      report('bad-param', { param: 'total' }, { param: 'total', detail });
    }
    const along = axes.findIndex((axis) => axis.name === time);
    const reason = text('a single time says nothing of what lasts', '只有一个时刻说明不了守恒');
    if (along >= 0) expectCount(context, 'quantity', along, 2, reason);
    const scale = inputs.scale?.axes ?? [];
    if (scale.length > 0)
      report('not-scalar', { port: 'scale' }, { what: 'scale', axes: scale.map((a) => a.name).join(', ') });
    return {};
  },
  lower(context) {
    const { params, inputs, ir } = context;
    const [time, total] = [placeOf(context, params.time), placeOf(context, params.total)];
    const parts = inputs.quantity as ValueId;
    const quantity = total < 0 ? parts : ir.sum(parts, [total]);
    const axis = total >= 0 && total < time ? time - 1 : time;
    const shape = ir.shape(quantity);
    const all = shape.map((_, d) => d);
    const first = ir.reshape(ir.part(quantity, axis, 0, 1), shape.toSpliced(axis, 1));
    const change = unary('abs', e.sub(arg(0), arg(1)));
    const drift = ir.map([quantity, first], change, [all, all.toSpliced(axis, 1)], shape);
    const exchanged = total < 0 ? ir.full([], 1) : variation(context, parts, time);
    const tolerance = e.mul(number(params.tolerance), binary('max', number(1), arg(0)));
    // Of a single time nothing is known, whatever its size turns out to be.
    const largest = shape[axis] === 1 ? ir.full([], Number.NaN) : ir.reduce('max', drift, all);
    tellDifference(context, largest, ir.map([inputs.scale ?? exchanged], tolerance));
    return {};
  },
  torch(context) {
    const { params, inputs, inputTypes, let: assign } = context;
    const axes = inputTypes.quantity?.axes ?? [];
    const [time, total] = [params.time, params.total].map((name) => axes.findIndex((a) => a.name === name));
    const [t, k] = [time as number, total as number];
    const parts = inputs.quantity as string;
    const quantity = k < 0 ? parts : assign('total', `${parts}.sum(${k})`);
    const along = k >= 0 && k < t ? t - 1 : t;
    const drift = `(${quantity} - ${quantity}.narrow(${along}, 0, 1)).abs().max()`;
    const exchanged = k < 0 ? '1.0' : `${parts}.diff(dim=${t}).abs().sum()`;
    const scale = inputs.scale ?? exchanged;
    const tolerance = `${pythonNumber(params.tolerance)} * max(1.0, ${scale})`;
    const isOne = axes[t]?.size === 1;
    tellTorchDifference(context, assign('drift', isOne ? 'torch.tensor(math.nan)' : drift), tolerance);
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
    {
      // Totals 3, 3.5, 3: off by 0.5, of 1 + 2.5 + 0.5 + 3 = 7 that were exchanged.
      params: { tolerance: 0.0625, total: 'i' },
      inputs: { quantity: { axes: 'i 2, t 3', values: [1, 2, 4.5, 2, 1.5, -1.5] } },
      expect: {},
      check: { value: 0.5, theory: 0, residual: 0.5, met: false },
    },
    {
      params: { should: 'break', least: 0.5, total: 'i' },
      inputs: { quantity: { axes: 't 2, i 2', values: [1, 2, 4, -1.75] } },
      expect: {},
      check: { value: 0.75, residual: 0, met: true },
    },
  ],
});

/** The place of an axis of the quantity; −1 where none is named. */
const placeOf = ({ inputTypes }: LowerContext<Options>, name: string | undefined): number =>
  inputTypes.quantity?.axes.findIndex((axis) => axis.name === name) ?? -1;

/** Σ |x(t + 1) − x(t)| over all steps and elements; 0 for a single time. */
function variation({ ir }: LowerContext<Options>, x: ValueId, time: number): ValueId {
  const shape = ir.shape(x);
  const steps = (shape[time] as number) - 1;
  if (steps === 0) return ir.full([], 0);
  const [before, after] = [ir.part(x, time, 0, steps), ir.part(x, time, 1, steps)];
  return ir.sum(ir.map([before, after], unary('abs', e.sub(arg(0), arg(1)))));
}
