/** Checks that what is at (j, i) is the opposite of what is at (i, j). */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { pairOf } from '../pairs.ts';
import { shouldParams, tellDifference, tellTorchDifference } from '../should.ts';
import { pythonNumber } from '../torch.ts';

export const checkAntisymmetric = defineNode({
  type: 'check-antisymmetric',
  category: 'check',
  title: text('Check: antisymmetric', '检验：反对称'),
  doc: text(
    'The largest |F[i, j] + F[j, i]|, for a matrix, or for the vectors F[…, i, j, :] of pairs: two indices, or the two before the last of three or more. Where F is antisymmetric by construction it is exactly 0.',
    '最大的 |F[i, j] + F[j, i]|：对矩阵为两个指标，对成对向量 F[…, i, j, :]（三个以上指标时）为最后一个之前的两个。若 F 由构造而反对称，则恰为 0。',
  ),
  glyph: '✓',
  params: z.object({
    tolerance: z
      .number()
      .min(0)
      .default(0)
      .meta({ label: text('Tolerance', '容差') }),
    ...shouldParams,
  }),
  inputs: [{ name: 'pairs', title: text('F of pairs', '成对的 F') }],
  outputs: [],
  summary: () => 'Fⱼᵢ = −Fᵢⱼ',
  infer({ inputs, unify, report }) {
    const axes = inputs.pairs?.axes ?? [];
    if (axes.length < 2) {
      const names = axes.map((a) => a.name).join(', ') || '–';
      report(
        'rank-mismatch',
        { port: 'pairs' },
        { what: 'pairs', actual: axes.length, axes: names, expected: 2 },
      );
      return {};
    }
    const [i, j] = pairOf(axes.length);
    const [body, other] = [axes[i], axes[j]];
    if (body && other) unify(body, other, { port: 'pairs', axis: other.name });
    return {};
  },
  lower(context) {
    const { params, inputs, ir } = context;
    const pairs = inputs.pairs as ValueId;
    const all = ir.shape(pairs).map((_, d) => d);
    const [i, j] = pairOf(all.length);
    const swapped = all.with(i, j).with(j, i);
    const sum = ir.map([pairs, pairs], unary('abs', e.add(arg(0), arg(1))), [all, swapped], ir.shape(pairs));
    const largest = ir.reduce('max', sum, all);
    tellDifference(context, largest, ir.full([], params.tolerance));
    return {};
  },
  torch(context) {
    const { params, inputs, inputTypes, let: assign } = context;
    const [i, j] = pairOf(inputTypes.pairs?.axes.length ?? 0);
    const sum = `(${inputs.pairs} + ${inputs.pairs}.transpose(${i}, ${j})).abs().max()`;
    tellTorchDifference(context, assign('difference', sum), pythonNumber(params.tolerance));
    return {};
  },
  examples: [
    {
      inputs: { pairs: { axes: 'i 2, j 2', values: [0, 3.5, -3.5, 0] } },
      expect: {},
      check: { value: 0, theory: 0, residual: 0, met: true },
    },
    {
      params: { tolerance: 0.5 },
      inputs: { pairs: { axes: 'i 2, j 2, d 2', values: [0, 0, 1, 2, -1, -3, 0, 0.25] } },
      expect: {},
      check: { value: 1, theory: 0, residual: 1, met: false },
    },
    {
      params: { should: 'break', least: 0.75 },
      inputs: { pairs: { axes: 'i 2, j 2', values: [0, 1, -0.5, 0.25] } },
      expect: {},
      check: { value: 0.5, residual: 0.25, met: false },
    },
  ],
});
