/** All eigenvalues of a symmetric matrix, and its eigenvectors. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e, number, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { eigensystem } from '../eigensystem.ts';
import { shapeOf } from '../given.ts';
import * as params from '../params.ts';
import { continuous } from '../value-kinds.ts';

export const eigenvalues = defineNode({
  type: 'eigenvalues',
  category: 'math',
  title: text('Eigenvalues', '特征值'),
  doc: text(
    'A v_k = λ_k v_k of a symmetric matrix, λ ascending, by Jacobi’s rotations; of each matrix where there are axes before the last two. Column k of “vectors” is v_k. The residual is the largest |A v_k − λ_k v_k|: what is not symmetric in A stays in it.',
    '对称矩阵的 A v_k = λ_k v_k，λ 升序排列，用雅可比旋转求得；若最后两个轴之前还有轴，则逐个矩阵计算。“特征向量”的第 k 列为 v_k。残差为 |A v_k − λ_k v_k| 的最大值：A 中不对称的部分会留在其中。',
  ),
  glyph: 'λ',
  params: z.object({
    name: params.indexName.default('k').meta({ label: text('Output index', '输出指标名') }),
  }),
  inputs: [{ name: 'A', title: text('A', 'A') }],
  outputs: [
    { name: 'values', title: text('λ', 'λ') },
    { name: 'vectors', title: text('vectors', '特征向量') },
    { name: 'residual', title: text('residual', '残差') },
  ],
  summary: () => 'A v = λ v',
  infer(context) {
    const { params, inputs, unify, report } = context;
    const axes = inputs.A?.axes ?? [];
    const [rows, columns] = axes.slice(-2);
    if (!rows || !columns) {
      const names = axes.map(({ name }) => name).join(', ') || '–';
      report('rank-mismatch', { port: 'A' }, { what: 'A', actual: axes.length, axes: names, expected: 2 });
      return {};
    }
    const { size } = unify(rows, columns, { port: 'A', axis: columns.name });
    const kept = axes.slice(0, -1);
    if (kept.some(({ name }) => name === params.name))
      report('name-twice', { param: 'name', axis: params.name }, { axis: params.name });
    const k = { name: params.name, size };
    return {
      values: { axes: [...kept.slice(0, -1), k], valueKind: continuous },
      vectors: { axes: [...kept, k], valueKind: continuous },
      residual: { axes: [], valueKind: continuous },
    };
  },
  lower({ inputs, inputTypes, ir }) {
    const shape = shapeOf(inputTypes.A);
    const [n = 1] = shape.slice(-1);
    const outer = shape.slice(0, -2);
    const batch = outer.reduce((count, size) => count * size, 1);
    const A = ir.reshape(inputs.A as ValueId, [batch, n, n]);
    const half = e.mul(number(0.5), e.add(arg(0), arg(1)));
    const symmetric = ir.map([A, A], half, [
      [0, 1, 2],
      [0, 2, 1],
    ]);
    const { values, vectors } = eigensystem(ir, symmetric);
    const product = ir.einsum('bij,bkj->bki', A, vectors);
    const rest = unary('abs', e.sub(arg(0), e.mul(arg(1), arg(2))));
    const residuals = ir.map([product, values, vectors], rest, [
      [0, 1, 2],
      [0, 1],
      [0, 1, 2],
    ]);
    return {
      values: ir.reshape(values, [...outer, n]),
      vectors: ir.reshape(ir.transpose(vectors, [0, 2, 1]), [...outer, n, n]),
      // It is 0 but for rounding, and so is its derivative.
      residual: ir.reduce('max', residuals, [0, 1, 2], true),
    };
  },
  torch({ inputs: { A }, let: assign }) {
    const found = assign('eigen', `torch.linalg.eigh(0.5 * (${A} + ${A}.mT))`);
    const [values, vectors] = [`${found}[0]`, `${found}[1]`];
    const residual = `(${A} @ ${vectors} - ${vectors} * ${values}.unsqueeze(-2)).abs().max().detach()`;
    return { values, vectors, residual };
  },
  examples: [
    {
      // numpy.linalg.eigvalsh, as the others
      ambiguous: ['vectors'],
      inputs: { A: { axes: 'i 2, j 2', values: [2, 1, 1, -1] } },
      expect: {
        values: { axes: 'k 2', values: [-1.3027756377319946, 2.302775637731995] },
        residual: { axes: '', values: [0] },
      },
    },
    {
      ambiguous: ['vectors'],
      inputs: { A: { axes: 'i 3, j 3', values: [4, 1, 0.5, 1, 3, -1, 0.5, -1, 2] } },
      expect: {
        values: { axes: 'k 3', values: [1.0595504397993127, 3.3175444385565522, 4.622905121644136] },
        vectors: { axes: 'i 3, k 3' },
      },
      notDifferentiable: ['A'],
    },
    {
      // A diagonal one, with an eigenvalue twice
      ambiguous: ['vectors'],
      inputs: {
        A: {
          axes: 'i 5, j 5',
          values: [3, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0],
        },
      },
      expect: { values: { axes: 'k 5', values: [-1, 0, 2, 3, 3] } },
      notDifferentiable: ['A'],
    },
    {
      ambiguous: ['vectors'],
      inputs: {
        A: {
          axes: 'b 2, i 4, j 4',
          values: [
            1.5, -0.125, -0.75, -0.5, -0.125, -2.0, -0.25, -0.75, -0.75, -0.25, 0.75, 1.875, -0.5, -0.75,
            1.875, 1.0, 0.5, -0.375, -0.125, 1.5, -0.375, 1.25, 1.125, -0.5, -0.125, 1.125, 0.25, -0.25, 1.5,
            -0.5, -0.25, -1.5,
          ],
        },
      },
      expect: {
        values: {
          axes: 'b 2, k 4',
          values: [
            -2.205513011024689, -0.9486219977231992, 1.1325755511557185, 3.2715594575921703,
            -2.3255558459167998, -0.4893749966125286, 0.9676578847602506, 2.3472729577690785,
          ],
        },
      },
      // eigensystem.test.ts differentiates larger ones.
      notDifferentiable: ['A'],
    },
  ],
});
