/** Newton's third law in the wiring: what i feels from j is the opposite of what j feels from i. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e, number } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { pairOf } from '../pairs.ts';
import { continuous } from '../value-kinds.ts';

export const antisymmetricForce = defineNode({
  type: 'antisymmetric-force',
  category: 'math',
  title: text('Antisymmetric force', '反对称力'),
  doc: text(
    'F[…, i, j, :] = ½ (φ[…, i, j, :] − φ[…, j, i, :]) of any vectors φ of pairs (or numbers φ[i, j]), so that F_ji = −F_ij to the last bit; the force on i is the sum over j. All forces together are 0: momentum stays, whatever φ is.',
    'F[…, i, j, :] = ½ (φ[…, i, j, :] − φ[…, j, i, :])，φ 为任意成对向量（或数 φ[i, j]），因此 F_ji = −F_ij 精确到最后一位；i 所受的力对 j 求和。所有力之和为 0：无论 φ 是什么，动量守恒。',
  ),
  glyph: '⇌',
  params: z.object({}),
  inputs: [{ name: 'pairs', title: text('φ of pairs', '成对的 φ') }],
  outputs: [
    { name: 'force', title: text('force', '合力') },
    { name: 'pairs', title: text('F of pairs', '成对的 F') },
  ],
  summary: () => '½ (φᵢⱼ − φⱼᵢ)',
  infer({ inputs, unify, report }) {
    const axes = inputs.pairs?.axes ?? [];
    if (axes.length < 2) {
      const names = axes.map((axis) => axis.name).join(', ') || '–';
      report(
        'rank-mismatch',
        { port: 'pairs' },
        { what: 'pairs', actual: axes.length, axes: names, expected: 3 },
      );
      return {};
    }
    const [i, j] = pairOf(axes.length);
    const [body, other] = [axes[i], axes[j]];
    if (body && other) unify(body, other, { port: 'pairs', axis: other.name });
    return {
      force: { axes: axes.toSpliced(j, 1), valueKind: continuous },
      pairs: { axes, valueKind: continuous },
    };
  },
  lower({ inputs, ir }) {
    const phi = inputs.pairs as ValueId;
    const shape = ir.shape(phi);
    const all = shape.map((_, d) => d);
    const [i, j] = pairOf(all.length);
    const half = e.mul(number(0.5), e.sub(arg(0), arg(1)));
    const pairs = ir.map([phi, phi], half, [all, all.with(i, j).with(j, i)], shape);
    return { force: ir.sum(pairs, [j]), pairs };
  },
  torch({ inputs, inputTypes, let: assign }) {
    const [i, j] = pairOf(inputTypes.pairs?.axes.length ?? 0);
    const pairs = assign('pair_forces', `0.5 * (${inputs.pairs} - ${inputs.pairs}.transpose(${i}, ${j}))`);
    return { force: `${pairs}.sum(${j})`, pairs };
  },
  examples: [
    {
      inputs: { pairs: { axes: 'i 2, j 2, d 2', values: [9, 9, 1, 2, -4, 0.5, 7, 7] } },
      expect: {
        force: { axes: 'i 2, d 2', values: [2.5, 0.75, -2.5, -0.75] },
        pairs: { axes: 'i 2, j 2, d 2', values: [0, 0, 2.5, 0.75, -2.5, -0.75, 0, 0] },
      },
    },
    {
      inputs: { pairs: { axes: 'i 2, j 2', values: [9, 1, -4, 7] } },
      expect: {
        force: { axes: 'i 2', values: [2.5, -2.5] },
        pairs: { axes: 'i 2, j 2', values: [0, 2.5, -2.5, 0] },
      },
    },
    {
      inputs: { pairs: { axes: 'b 2, i 3, j 3, d 2' } },
      expect: { force: { axes: 'b 2, i 3, d 2' }, pairs: { axes: 'b 2, i 3, j 3, d 2' } },
    },
  ],
});
