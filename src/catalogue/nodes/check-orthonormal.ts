/** Whether the columns of a matrix have length 1 and stand at right angles. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { pythonNumber } from '../torch.ts';

export const checkOrthonormal = defineNode({
  type: 'check-orthonormal',
  category: 'check',
  title: text('Orthonormal?', '正交归一？'),
  doc: text(
    'Measures ‖QᵀQ − I‖, the root of the sum of squares, which is 0 where the columns of Q have length 1 and stand at right angles; of rows ‖QQᵀ − I‖.',
    '测量 ‖QᵀQ − I‖（平方和的平方根）：Q 的各列长度为 1 且两两垂直时为 0；对行则为 ‖QQᵀ − I‖。',
  ),
  glyph: '⊥',
  params: z.object({
    of: z
      .enum(['columns', 'rows'])
      .default('columns')
      .meta({
        label: text('Of', '对象'),
        options: { columns: text('columns', '列'), rows: text('rows', '行') },
      }),
    tolerance: z
      .number()
      .min(0)
      .default(1e-10)
      .meta({ label: text('Tolerance', '容差') }),
  }),
  inputs: [{ name: 'q' }],
  outputs: [],
  summary: ({ of }) => (of === 'rows' ? '‖QQᵀ − I‖ = 0' : '‖QᵀQ − I‖ = 0'),
  infer({ inputs, report }) {
    const axes = inputs.q?.axes ?? [];
    const names = axes.map((a) => a.name).join(', ') || '–';
    if (axes.length !== 2)
      report('rank-mismatch', { port: 'q' }, { what: 'q', actual: axes.length, axes: names, expected: 2 });
    return {};
  },
  lower({ ir, params, inputs, check }) {
    const q = inputs.q as ValueId;
    const gram = ir.einsum(params.of === 'rows' ? 'ik,jk->ij' : 'ki,kj->ij', q, q);
    const off = ir.sub(gram, ir.delta(2, ir.shape(gram)[0] as number));
    const norm = ir.map([ir.einsum('ij,ij->', off, off)], unary('sqrt', arg(0)));
    check({ value: norm, theory: ir.full([], 0), residual: norm, tolerance: ir.full([], params.tolerance) });
    return {};
  },
  torch({ params, inputs: { q }, let: assign, check }) {
    const gram = assign('gram', params.of === 'rows' ? `${q} @ ${q}.T` : `${q}.T @ ${q}`);
    const norm = assign('off', `torch.linalg.norm(${gram} - torch.eye(len(${gram})))`);
    check({ value: norm, theory: '0.0', residual: norm, tolerance: pythonNumber(params.tolerance) });
    return {};
  },
  examples: [
    {
      inputs: { q: { axes: 'i 2, j 2', values: [0.6, -0.8, 0.8, 0.6] } },
      params: { tolerance: 1e-6 },
      expect: {},
      check: { value: 0, theory: 0, residual: 0, met: true },
    },
    // numpy: linalg.norm(Q.T @ Q - eye(2))
    {
      inputs: { q: { axes: 'i 3, j 2', values: [1, 0.5, 0, 1, 0, 0] } },
      expect: {},
      check: { value: 0.75, theory: 0, residual: 0.75, met: false },
    },
    {
      params: { of: 'rows' },
      inputs: { q: { axes: 'i 1, j 2', values: [3, 4] } },
      expect: {},
      check: { value: 24, theory: 0, residual: 24, met: false },
    },
  ],
});
