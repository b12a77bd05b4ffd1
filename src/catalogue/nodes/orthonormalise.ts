/** The orthonormal matrix nearest to another, by contractions alone. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { refuseInput } from '../expectations.ts';
import { iterationsParam, newtonSchulz, torchNewtonSchulz } from '../newton-schulz.ts';

const noNearest = text('no orthonormal matrix is nearest to one of zeros', '零矩阵没有最接近的正交归一矩阵');

export const orthonormalise = defineNode({
  type: 'orthonormalise',
  category: 'math',
  title: text('Orthonormalise', '正交归一化'),
  doc: text(
    'Turns a matrix into the nearest one whose columns have length 1 and stand at right angles, QᵀQ = I, by Newton and Schulz: X ← X (3 I − XᵀX) / 2, from X = A / ‖A‖. Of a matrix with more columns than rows the rows are made so.',
    '把矩阵变成最接近它的正交归一矩阵：各列长度为 1、两两垂直，QᵀQ = I。用牛顿–舒尔茨迭代：X ← X (3 I − XᵀX) / 2，从 X = A / ‖A‖ 开始。列多于行时对各行如此。',
  ),
  glyph: '⊥',
  params: z.object({
    iterations: iterationsParam,
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'q' }],
  summary: () => 'X (3 I − XᵀX) / 2',
  notFinite: noNearest,
  infer(context) {
    const { inputs, report } = context;
    if (inputs.x?.written?.every((x) => x === 0)) refuseInput(context, 'x', noNearest);
    const axes = inputs.x?.axes ?? [];
    if (axes.length === 2) return { q: { axes } };
    const names = axes.map((a) => a.name).join(', ') || '–';
    report('rank-mismatch', { port: 'x' }, { what: 'x', actual: axes.length, axes: names, expected: 2 });
    return {};
  },
  lower: ({ ir, params, inputs }) => ({ q: newtonSchulz(ir, inputs.x as ValueId, params.iterations) }),
  torch: ({ params: { iterations }, inputs, helper }) => ({
    q: `${helper(torchNewtonSchulz)}(${inputs.x}, ${iterations})`,
  }),
  examples: [
    // The last one is differentiated: the same in fewer iterations.
    // numpy: u, s, v = svd(A, full_matrices=False); u @ v
    {
      notDifferentiable: ['x'],
      inputs: { x: { axes: 'i 2, j 2', values: [1, 2, -1, 1] } },
      expect: {
        q: {
          axes: 'i 2, j 2',
          values: [0.5547001962252291, 0.8320502943378437, -0.8320502943378437, 0.5547001962252291],
        },
      },
    },
    {
      notDifferentiable: ['x'],
      inputs: { x: { axes: 'i 3, j 2', values: [2, 1, 0, 1, 1, -1] } },
      expect: {
        q: {
          axes: 'i 3, j 2',
          values: [
            0.8478791041393694, 0.45790004731955325, -0.06792099049973682, 0.593742028319027,
            0.52582103781929, -0.6616630188187637,
          ],
        },
      },
    },
    { params: { iterations: 3 }, inputs: { x: { axes: 'i 2, j 3' } }, expect: { q: { axes: 'i 2, j 3' } } },
  ],
});
