/** The totally antisymmetric tensor. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, type Expr, e, number, unary } from '../../ir/expr.ts';
import { constant } from '../../tensor/size.ts';
import { defineNode } from '../define.ts';
import * as params from '../params.ts';

const helper = `def levi_civita(n):
    """The product over pairs a < b of the sign of i_b - i_a."""
    indices = torch.meshgrid(*[torch.arange(n)] * n, indexing='ij')
    epsilon = torch.ones([n] * n)
    for b in range(n):
        for a in range(b):
            epsilon = epsilon * torch.sign(indices[b] - indices[a])
    return epsilon`;

export const leviCivita = defineNode({
  type: 'levi-civita',
  category: 'tensor',
  title: text('Levi-Civita', '列维-奇维塔'),
  doc: text(
    'ε of n indices, each of size n: 1 for even orders of 0 … n − 1, −1 for odd ones, 0 where two are equal. Contracted with vectors it gives the cross product, with a matrix in each index the determinant.',
    'n 个指标、各有 n 个取值的 ε：0 … n − 1 的偶排列为 1，奇排列为 −1，有相等者为 0。与两个向量收缩得叉积，每个指标收缩同一矩阵得行列式。',
  ),
  glyph: 'ε',
  params: z.object({
    axes: z
      .array(params.indexName)
      .min(1)
      .max(6)
      .default(['i', 'j', 'k'])
      .meta({
        label: text('Axes', '轴'),
        doc: text('1 to 6 index names', '1 到 6 个指标名'),
        widget: 'names',
      }),
  }),
  inputs: [],
  outputs: [{ name: 'out' }],
  summary: ({ axes }) => `ε_${axes.join('')}`,
  infer({ params: { axes }, report }) {
    const twice = axes.find((name, d) => axes.indexOf(name) !== d);
    if (twice !== undefined) report('name-twice', { param: 'axes', axis: twice }, { axis: twice });
    return { out: { axes: axes.map((name) => ({ name, size: constant(axes.length) })) } };
  },
  lower({ params: { axes }, ir }) {
    const n = axes.length;
    const factors = axes.flatMap((_, b) =>
      Array.from({ length: b }, (__, a) => unary('sign', e.sub(arg(b), arg(a)))),
    );
    const sign = factors.reduce<Expr>((product, factor) => e.mul(product, factor), number(1));
    const places = axes.map(() => ir.iota(n));
    return {
      out: ir.map(
        places,
        sign,
        axes.map((_, d) => [d]),
        axes.map(() => n),
      ),
    };
  },
  torch({ params: { axes }, helper: define }) {
    return { out: `${define(helper)}(${axes.length})` };
  },
  examples: [
    {
      // sympy.LeviCivita(i, j, k)
      expect: {
        out: {
          axes: 'i 3, j 3, k 3',
          values: [0, 0, 0, 0, 0, 1, 0, -1, 0, 0, 0, -1, 0, 0, 0, 1, 0, 0, 0, 1, 0, -1, 0, 0, 0, 0, 0],
        },
      },
    },
    { params: { axes: ['a', 'b'] }, expect: { out: { axes: 'a 2, b 2', values: [0, 1, -1, 0] } } },
    { params: { axes: ['a'] }, expect: { out: { axes: 'a 1', values: [1] } } },
  ],
});
