/** How far a method ends from the exact flow, step by smaller step. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { constant } from '../../tensor/size.ts';
import { defineNode } from '../define.ts';
import { follow, torchFlow } from '../integrators.ts';
import { meetInOrder } from '../meeting.ts';
import { pythonNumber, tensorCode, tuple } from '../torch.ts';
import { continuous } from '../value-kinds.ts';

/** Each has half the step of the one before. */
const steps = ({ steps, levels }: { steps: number; levels: number }): readonly number[] =>
  Array.from({ length: levels }, (_, k) => steps * 2 ** k);

export const convergence = defineNode({
  type: 'convergence',
  category: 'math',
  title: text('Convergence', '收敛性'),
  doc: text(
    'Follows dx/dt = field(x) to the time T several times, each time with half the step h, and gives how far each ends from the exact state: ‖x_n − exact‖. An error that falls as hᵖ has order p: the slope of log error against log h.',
    '把 dx/dt = 场(x) 积分到时刻 T，每次步长 h 减半，给出每次终点与精确状态的距离 ‖x_n − 精确值‖。误差按 hᵖ 下降，则阶数为 p：即 log 误差对 log h 的斜率。',
  ),
  glyph: '≈',
  params: z.object({
    method: z
      .enum(['euler', 'rk4'])
      .default('euler')
      .meta({
        label: text('Method', '方法'),
        options: { euler: text('Euler', '欧拉法'), rk4: text('RK4', 'RK4') },
      }),
    time: z
      .number()
      .positive()
      .default(1)
      .meta({ label: text('Time T', '时刻 T') }),
    steps: z
      .int()
      .min(1)
      .max(100_000)
      .default(16)
      .meta({ label: text('Steps at first', '最初的步数') }),
    levels: z
      .int()
      .min(2)
      .max(12)
      .default(5)
      .meta({ label: text('Levels', '层数'), doc: text('Each with twice the steps', '每层步数加倍') }),
  }),
  inputs: [
    { name: 'field', title: text('field', '场') },
    { name: 'state', title: text('state', '初态') },
    { name: 'exact', title: text('exact', '精确值') },
  ],
  outputs: [
    { name: 'h', title: text('h', '步长') },
    { name: 'error', title: text('error', '误差') },
  ],
  summary: ({ method, time, steps, levels }) =>
    `${method === 'euler' ? 'Euler' : 'RK4'}, h = ${time}/${steps} … ${time}/${steps * 2 ** (levels - 1)}`,
  evaluates: { of: 'field', by: ['state'], times: 4 },
  infer(context) {
    const { params, inputs, report } = context;
    const state = inputs.state?.axes ?? [];
    for (const port of ['field', 'exact']) {
      const other = inputs[port]?.axes ?? [];
      if (other.length === state.length) meetInOrder(context, state, other, port);
      else {
        const axes = other.map(({ name }) => name).join(', ') || '–';
        report('rank-mismatch', { port }, { what: port, actual: other.length, axes, expected: state.length });
      }
    }
    const type = { axes: [{ name: 'level', size: constant(params.levels) }], valueKind: continuous };
    return { h: type, error: type };
  },
  lower({ params, inputs, ir, function: functionOf }) {
    const field = functionOf('field', ['state']);
    const sizes = steps(params).map((count) => params.time / count);
    const errors = steps(params).map((count, k) => {
      const h = ir.full([], sizes[k] as number);
      const flow = { method: params.method, axis: 0, steps: count, h };
      const { last } = follow(ir, field, inputs.state as ValueId, flow, false);
      const off = ir.map([last, inputs.exact as ValueId], e.sub(arg(0), arg(1)));
      return ir.reshape(ir.apply('sqrt', ir.sum(ir.mul(off, off))), [1]);
    });
    return { h: ir.constant([sizes.length], sizes), error: ir.concat(errors, 0) };
  },
  torch({ params, inputs, let: assign, helper, function: functionOf }) {
    const flow = helper(torchFlow(params.method, 0));
    const field = functionOf('field', ['state']);
    const counts = steps(params);
    const last = `${flow}(${field}, ${inputs.state}, ${pythonNumber(params.time)} / n, n)[-1]`;
    const errors = assign(
      'errors',
      `[torch.linalg.norm(${last} - ${inputs.exact}) for n in ${tuple(counts)}]`,
    );
    const sizes = counts.map((count) => params.time / count);
    return { h: tensorCode(sizes, [sizes.length]), error: `torch.stack(${errors})` };
  },
  examples: [
    {
      // numpy: dx/dt = −x from 1, against e⁻¹: |(1 − 1/n)ⁿ − e⁻¹| for n = 2, 4
      params: { steps: 2, levels: 2 },
      inputs: {
        state: { axes: 'i 1', values: [1] },
        exact: { axes: 'i 1', values: [0.36787944117144233] },
      },
      drawn: {
        nodes: { decay: { type: 'scale', params: { factor: -1 } } },
        wires: ['in-state.out > decay.x', 'decay.out > node.field'],
      },
      expect: {
        error: { axes: 'level 2', values: [0.11787944117144233, 0.05147319117144233] },
        h: { axes: 'level 2', values: [0.5, 0.25] },
      },
    },
    {
      // The same by RK4: |(1 − h + h²/2 − h³/6 + h⁴/24)ⁿ − e⁻¹|
      params: { method: 'rk4', steps: 1, levels: 2 },
      inputs: {
        state: { axes: 'i 1', values: [1] },
        exact: { axes: 'i 1', values: [0.36787944117144233] },
      },
      drawn: {
        nodes: { decay: { type: 'scale', params: { factor: -1 } } },
        wires: ['in-state.out > decay.x', 'decay.out > node.field'],
      },
      expect: { error: { axes: 'level 2', values: [0.0071205588285577215, 0.00029140301258534507] } },
    },
  ],
});
