/** A flow: solves dx/dt = field(x) step by step from where x starts. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { add, constant } from '../../tensor/size.ts';
import { defineNode } from '../define.ts';
import { axisOfHalves, expectHalves, halvesOf } from '../halves.ts';
import { follow, integratorNames, integratorTitles, torchFlow } from '../integrators.ts';
import { meetInOrder } from '../meeting.ts';
import * as params from '../params.ts';
import { pythonNumber } from '../torch.ts';
import { continuous } from '../value-kinds.ts';

/** For examples: J = [[0, 1], [−1, 0]]. */
const turn = { axes: 's 2, r 2', values: [0, 1, -1, 0] };

/** A field J x, contracted as the expression says. */
const turned = (x: string, expression: string) => ({
  nodes: { turned: { type: 'contract', params: { expression } } },
  wires: ['in-J.out > turned.a', `${x} > turned.b`, 'turned.out > node.field'],
});

/** A field J sin x. */
function bent(expression: string) {
  const { nodes, wires } = turned('sine.y', expression);
  return {
    nodes: { ...nodes, sine: { type: 'activation', params: { function: 'sin' } } },
    wires: ['in-state.out > sine.x', ...wires],
  };
}

export const integrate = defineNode({
  type: 'integrate',
  category: 'math',
  title: text('Integrate', '数值积分'),
  doc: text(
    'Follows dx/dt = field(x) from x = state, step by step: draw the field from the wire that goes into “state”. Euler: x ← x + h f(x). RK4: four fields a step. Leapfrog: for x = (q, p), half a kick p, a drift q, half a kick p; it keeps energy near its value for ever where forces depend on q alone.',
    '从 x = 初态出发，逐步求解 dx/dt = 场(x)：场要从接到“初态”的那条连线画出。Euler：x ← x + h f(x)。RK4：每步计算四次场。蛙跳法：x = (q, p)，先半步冲量 p，再漂移 q，再半步冲量 p；当力只依赖 q 时，能量长期保持在原值附近。',
  ),
  glyph: '∫',
  params: z.object({
    method: z
      .enum(integratorNames)
      .default('rk4')
      .meta({ label: text('Method', '方法'), options: integratorTitles }),
    h: z
      .number()
      .default(0.1)
      .meta({ label: text('Step h', '步长 h') }),
    steps: params.size.default(50).meta({ label: text('Steps', '步数') }),
    name: params.indexName.default('t').meta({ label: text('Time index', '时间指标名') }),
    halves: halvesOf,
  }),
  inputs: [
    { name: 'field', title: text('field', '场') },
    { name: 'state', title: text('state', '初态') },
    { name: 'h', title: text('h', '步长'), optional: true },
  ],
  outputs: [
    { name: 'trajectory', title: text('trajectory', '轨迹') },
    { name: 'last', title: text('last', '末态') },
  ],
  summary: ({ method, h, steps }, wired) =>
    `${{ euler: 'Euler', rk4: 'RK4', leapfrog: 'leapfrog' }[method]}, ${wired.includes('h') ? 'h' : `h = ${h}`}, ${steps} ×`,
  evaluates: { of: 'field', by: ['state'], times: 4 },
  infer(context) {
    const { params, inputs, size, report } = context;
    const state = inputs.state?.axes ?? [];
    const field = inputs.field?.axes ?? [];
    const step = inputs.h?.axes ?? [];
    if (step.length > 0)
      report('not-scalar', { port: 'h' }, { what: 'h', axes: step.map(({ name }) => name).join(', ') });
    if (field.length !== state.length) {
      const axes = field.map(({ name }) => name).join(', ') || '–';
      const told = { what: 'field', actual: field.length, axes, expected: state.length };
      report('rank-mismatch', { port: 'field' }, told);
      return {};
    }
    if (params.method === 'leapfrog' && !expectHalves(context, 'state', state)) return {};
    const axes = meetInOrder(context, state, field, 'field');
    if (axes.some(({ name }) => name === params.name))
      report('name-twice', { param: 'name', axis: params.name }, { axis: params.name });
    const time = { name: params.name, size: add(size(params.steps, 'steps'), constant(1)) };
    return {
      trajectory: { axes: [time, ...axes], valueKind: continuous },
      last: { axes, valueKind: continuous },
    };
  },
  lower({ params, inputs, inputTypes, outputTypes, ir, function: functionOf }) {
    const state = inputs.state as ValueId;
    const { last, path } = follow(ir, functionOf('field', ['state']), state, {
      method: params.method,
      axis: axisOfHalves(inputTypes.state?.axes ?? [], params.halves),
      steps: (outputTypes.trajectory?.axes[0]?.size as number) - 1,
      h: inputs.h ?? ir.full([], params.h),
    });
    const start = ir.reshape(state, [1, ...ir.shape(state)]);
    return { trajectory: path === undefined ? start : ir.concat([start, path], 0), last };
  },
  torch({ params, inputs, inputTypes, outputTypes, let: assign, helper, function: functionOf }) {
    const axes = inputTypes.state?.axes ?? [];
    const flow = helper(torchFlow(params.method, axisOfHalves(axes, params.halves) - axes.length));
    const steps = (outputTypes.trajectory?.axes[0]?.size as number) - 1;
    const field = functionOf('field', ['state']);
    const h = inputs.h ?? pythonNumber(params.h);
    const trajectory = assign('trajectory', `${flow}(${field}, ${inputs.state}, ${h}, ${steps})`);
    return { trajectory, last: `${trajectory}[-1]` };
  },
  examples: [
    {
      // numpy, as the three below: a harmonic oscillator, dq/dt = p, dp/dt = −q, by the classical Runge–Kutta method
      params: { method: 'rk4', h: 0.5, steps: 2 },
      inputs: { state: { axes: 's 2', values: [1, 0] }, J: turn },
      drawn: turned('in-state.out', 'sr,r->s'),
      expect: {
        trajectory: {
          axes: 't 3, s 2',
          values: [1, 0, 0.8776041666666666, -0.4791666666666666, 0.54058837890625, -0.8410373263888888],
        },
        last: { axes: 's 2', values: [0.54058837890625, -0.8410373263888888] },
      },
    },
    {
      // No step: where it starts
      params: { method: 'leapfrog', steps: 0 },
      inputs: { state: { axes: 's 2', values: [1, 0.5] }, J: turn },
      drawn: turned('in-state.out', 'sr,r->s'),
      notDifferentiable: ['J'],
      expect: { trajectory: { axes: 't 1, s 2', values: [1, 0.5] }, last: { axes: 's 2', values: [1, 0.5] } },
    },
    {
      // dq/dt = sin p, dp/dt = −sin q; h comes on the wire
      params: { method: 'euler', h: 9, steps: 2 },
      inputs: { state: { axes: 's 2', values: [1, 0.5] }, J: turn, h: { axes: '', values: [0.25] } },
      drawn: bent('sr,r->s'),
      expect: {
        trajectory: {
          axes: 't 3, s 2',
          values: [1, 0.5, 1.1198563846510508, 0.2896322537980259, 1.1912563384588744, 0.06462278824609702],
        },
      },
    },
    {
      // Two starts at once
      params: { method: 'rk4', h: 0.25, steps: 2, name: 'time' },
      inputs: { state: { axes: 'n 2, s 2', values: [1, 0.5, -0.7, 0.3] }, J: turn },
      drawn: bent('sr,nr->ns'),
      notDifferentiable: ['J'],
      expect: {
        last: {
          axes: 'n 2, s 2',
          values: [1.1378425277548556, 0.05785716664003476, -0.4837511000690321, 0.582800407049707],
        },
        trajectory: { axes: 'time 3, n 2, s 2' },
      },
    },
    {
      params: { method: 'leapfrog', h: 0.25, steps: 3, halves: 's' },
      inputs: { state: { axes: 'n 2, s 2', values: [1, 0.5, -0.7, 0.3] }, J: turn },
      drawn: bent('sr,nr->ns'),
      notDifferentiable: ['J'],
      expect: {
        last: {
          axes: 'n 2, s 2',
          values: [1.1254137275652565, -0.16741435843465308, -0.3331242351823875, 0.6799754437810067],
        },
      },
    },
  ],
});
