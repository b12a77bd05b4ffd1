/** A flow: solves dx/dt = field(x) step by step from where x starts. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { Builder } from '../../ir/builder.ts';
import { arg, e, number } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { scan } from '../../ir/scan.ts';
import { add, constant } from '../../tensor/size.ts';
import { defineNode } from '../define.ts';
import { axisOfHalves, expectHalves, halvesOf } from '../halves.ts';
import { meetInOrder } from '../meeting.ts';
import * as params from '../params.ts';
import { continuous } from '../value-kinds.ts';

const methods = ['euler', 'rk4', 'leapfrog'] as const;

/** The field at any point, in the body of the loop. */
type Field = (x: ValueId) => ValueId;

/** What one method carries beside x, and one step of it: from x (and that) to the next. */
interface Method {
  readonly begin: (ir: Builder, x: ValueId, field: Field) => readonly ValueId[];
  readonly step: (ir: Builder, carried: readonly ValueId[], h: ValueId, field: Field) => readonly ValueId[];
}

/** x + factor · h · slope, h a scalar. */
function moved(ir: Builder, x: ValueId, h: ValueId, slope: ValueId, factor = 1): ValueId {
  const all = ir.shape(x).map((_, d) => d);
  const by = e.mul(e.mul(number(factor), arg(1)), arg(2));
  return ir.map([x, h, slope], e.add(arg(0), by), [all, [], all]);
}

const euler: Method = {
  begin: (_, x) => [x],
  step: (ir, [x = 0], h, field) => [moved(ir, x, h, field(x))],
};

// W. Kutta, "Beitrag zur näherungsweisen Integration totaler Differentialgleichungen" (1901): the classical method.
const rk4: Method = {
  begin: (_, x) => [x],
  step(ir, [x = 0], h, field) {
    const k1 = field(x);
    const k2 = field(moved(ir, x, h, k1, 0.5));
    const k3 = field(moved(ir, x, h, k2, 0.5));
    const k4 = field(moved(ir, x, h, k3));
    const sum = e.add(e.add(arg(0), e.mul(number(2), e.add(arg(1), arg(2)))), arg(3));
    return [moved(ir, x, h, ir.map([k1, k2, k3, k4], sum), 1 / 6)];
  },
};

/**
 * Störmer–Verlet in its velocity form: half a kick, a drift, half a kick. E. Hairer, C. Lubich, G. Wanner, "Geometric
 * Numerical Integration", section I.1.4, eq. 1.14. The force after the drift is that before the next one.
 */
const leapfrog = (axis: number): Method => ({
  begin: (ir, x, field) => [x, half(ir, field(x), axis, 1)],
  step(ir, [x = 0, force = 0], h, field) {
    const [q, p] = [half(ir, x, axis, 0), half(ir, x, axis, 1)];
    const kicked = moved(ir, p, h, force, 0.5);
    const velocity = half(ir, field(ir.concat([q, kicked], axis)), axis, 0);
    const drifted = moved(ir, q, h, velocity);
    const next = half(ir, field(ir.concat([drifted, kicked], axis)), axis, 1);
    return [ir.concat([drifted, moved(ir, kicked, h, next, 0.5)], axis), next];
  },
});

/** Positions (0) or momenta (1): the first or the second half of an axis. */
function half(ir: Builder, x: ValueId, axis: number, which: 0 | 1): ValueId {
  const size = (ir.shape(x)[axis] as number) / 2;
  return ir.part(x, axis, which * size, size);
}

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
      .enum(methods)
      .default('rk4')
      .meta({ label: text('Method', '方法') }),
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
  evaluates: { of: 'field', by: ['state'] },
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
    const method = {
      euler,
      rk4,
      leapfrog: leapfrog(axisOfHalves(inputTypes.state?.axes ?? [], params.halves)),
    }[params.method];
    const field = functionOf('field', ['state']);
    const state = inputs.state as ValueId;
    const h = inputs.h ?? ir.full([], params.h);
    const { last, outs } = scan(ir, {
      length: (outputTypes.trajectory?.axes[0]?.size as number) - 1,
      carries: method.begin(ir, state, (x) => field.at(ir, [x])),
      constants: [h, ...field.captured],
      body(inner, carried, _, [step = 0, ...captured]) {
        const next = method.step(inner, carried, step, (x) => field.at(inner, [x], captured));
        return { carries: next, outs: next.slice(0, 1) };
      },
    });
    const start = ir.reshape(state, [1, ...ir.shape(state)]);
    return { trajectory: ir.concat([start, outs[0] as ValueId], 0), last: last[0] as ValueId };
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
      expect: {
        last: {
          axes: 'n 2, s 2',
          values: [1.1254137275652565, -0.16741435843465308, -0.3331242351823875, 0.6799754437810067],
        },
      },
    },
  ],
});
