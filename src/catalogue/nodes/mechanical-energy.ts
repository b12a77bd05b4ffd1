/** The energy of the mechanical systems that data sets show, as a function of their states. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { Builder } from '../../ir/builder.ts';
import { arg, e, number, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { asNumber, constant, multiply } from '../../tensor/size.ts';
import { defineNode } from '../define.ts';
import { multipleOf } from '../divisibility.ts';
import { continuous } from '../value-kinds.ts';

const systems = ['spring', 'pendulum', 'gravity'] as const;

/** Numbers in a state for each part of a system: q and p, or two coordinates and two velocities of a body. */
const partOf = { spring: 2, pendulum: 2, gravity: 4 } as const;

const formulas = {
  spring: 'q² + p²',
  pendulum: '3 (1 − cos q) + p²',
  gravity: '½ Σ v² − Σ 1/‖rᵢ − rⱼ‖',
} as const;

export const mechanicalEnergy = defineNode({
  type: 'mechanical-energy',
  category: 'math',
  title: text('Mechanical energy', '机械能'),
  doc: text(
    'The energy H of states along the last index, first all positions, then all momenta, for the systems of the data sets: spring Σ q² + p²; pendulum Σ 3 (1 − cos q) + p²; gravity ½ Σ v² − Σ 1/‖rᵢ − rⱼ‖, for unit masses in the plane, x₁ y₁ x₂ y₂ … and their velocities.',
    '沿最后一个指标的状态（先全部位置，后全部动量）的能量 H，对应各数据集的系统：弹簧 Σ q² + p²；单摆 Σ 3 (1 − cos q) + p²；引力 ½ Σ v² − Σ 1/‖rᵢ − rⱼ‖，为平面上的单位质量，x₁ y₁ x₂ y₂ …及其速度。',
  ),
  glyph: 'H',
  params: z.object({
    system: z
      .enum(systems)
      .default('spring')
      .meta({
        label: text('System', '系统'),
        options: {
          spring: text('spring', '弹簧'),
          pendulum: text('pendulum', '单摆'),
          gravity: text('bodies that attract', '相互吸引的物体'),
        },
      }),
  }),
  inputs: [{ name: 'state', title: text('state (q, p)', '状态 (q, p)') }],
  outputs: [{ name: 'energy', title: text('energy', '能量') }],
  summary: ({ system }) => `H = ${formulas[system]}`,
  infer({ params: { system }, inputs, fresh, unify, report }) {
    const axes = inputs.state?.axes ?? [];
    const last = axes.at(-1);
    if (!last) {
      report('rank-mismatch', { port: 'state' }, { what: 'state', actual: 0, axes: '–', expected: 1 });
      return {};
    }
    const factor = partOf[system];
    const size = asNumber(last.size);
    if (size !== undefined && size % factor !== 0) {
      report('not-a-multiple', { port: 'state', axis: last.name }, multipleOf(last.name, size, factor));
      return {};
    }
    const parts = { name: last.name, size: multiply(constant(factor), fresh()) };
    unify(last, parts, { port: 'state', axis: last.name });
    return { energy: { axes: axes.slice(0, -1), valueKind: continuous } };
  },
  lower({ params: { system }, inputs, ir }) {
    const state = inputs.state as ValueId;
    const axis = ir.shape(state).length - 1;
    const half = (ir.shape(state)[axis] as number) / 2;
    const [q, p] = [ir.part(state, axis, 0, half), ir.part(state, axis, half, half)];
    const total = (x: ValueId) => ir.sum(x, [axis]);
    const squares = ir.map([p], e.mul(arg(0), arg(0)));
    if (system === 'gravity') return { energy: ir.sub(ir.scale(total(squares), 0.5), attraction(ir, q)) };
    const sine = unary('sin', e.mul(number(0.5), arg(0)));
    // 1 − cos q without its cancellation near q = 0.
    const potential = system === 'spring' ? e.mul(arg(0), arg(0)) : e.mul(number(6), e.mul(sine, sine));
    return { energy: total(ir.add(ir.map([q], potential), squares)) };
  },
  torch({ params: { system }, inputs: { state }, let: assign, helper }) {
    const halves = assign('halves', `${state}.chunk(2, -1)`);
    const [q, p] = [`${halves}[0]`, `${halves}[1]`];
    if (system === 'gravity')
      return { energy: `0.5 * (${p} ** 2).sum(-1) - ${helper(torchAttraction)}(${q})` };
    // 1 − cos q without its cancellation near q = 0.
    const potential = system === 'spring' ? `${q} ** 2` : `6 * torch.sin(0.5 * ${q}) ** 2`;
    return { energy: `(${potential} + ${p} ** 2).sum(-1)` };
  },
  examples: [
    {
      inputs: { state: { axes: 'b 2, f 2', values: [1, 2, -3, 0.5] } },
      expect: { energy: { axes: 'b 2', values: [5, 9.25] } },
    },
    {
      // NumPy: 3 (1 − cos q) + p²
      params: { system: 'pendulum' },
      inputs: { state: { axes: 'f 2', values: [1.2, -0.9] } },
      expect: { energy: { axes: '', values: [2.7229267365699793] } },
    },
    {
      // NumPy: two bodies at distance 5; three bodies at distances 3, 4 and 5.
      params: { system: 'gravity' },
      inputs: {
        state: { axes: 't 1, f 8', values: [0, 0, 3, 4, 1, 2, -1, 0.5] },
      },
      expect: { energy: { axes: 't 1', values: [2.925] } },
    },
    {
      params: { system: 'gravity' },
      inputs: { state: { axes: 'f 12', values: [0, 0, 3, 0, 3, 4, 0, 1, 0, 0, 2, 0] } },
      expect: { energy: { axes: '', values: [1.7166666666666668] } },
    },
  ],
});

/** Σ 1 / ‖rᵢ − rⱼ‖ over the pairs of bodies whose coordinates stand along the last axis. */
function attraction(ir: Builder, positions: ValueId): ValueId {
  const shape = ir.shape(positions);
  const before = shape.slice(0, -1);
  const bodies = (shape.at(-1) as number) / 2;
  const r = ir.reshape(positions, [...before, bodies, 2]);
  const all = before.map((_, d) => d);
  const [i, j, c] = [before.length, before.length + 1, before.length + 2];
  const square = e.mul(e.sub(arg(0), arg(1)), e.sub(arg(0), arg(1)));
  const apart = ir.map(
    [r, r],
    square,
    [
      [...all, i, c],
      [...all, j, c],
    ],
    [...before, bodies, bodies, 2],
  );
  // A body does not attract itself: there the root is taken of 1, and counts nothing. Each pair stands there twice.
  const inverse = unary('recip', unary('sqrt', e.add(arg(0), arg(1))));
  const pairs = ir.map(
    [ir.sum(apart, [c]), ir.delta(2, bodies)],
    e.mul(e.mul(number(0.5), e.sub(number(1), arg(1))), inverse),
    [
      [...all, i, j],
      [i, j],
    ],
    [...before, bodies, bodies],
  );
  return ir.sum(pairs, [i, j]);
}

const torchAttraction = `def attraction(positions):
    """The sum of 1 / distance over the pairs of bodies in the plane."""
    r = positions.unflatten(-1, (-1, 2))
    first, second = torch.triu_indices(r.shape[-2], r.shape[-2], 1)
    return (1 / torch.linalg.norm(r[..., first, :] - r[..., second, :], dim=-1)).sum(-1)`;
