/** The contraction: multiplies any number of tensors and sums over shared indices. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import {
  contractionInputs,
  contractionParams,
  inferContraction,
  lowerContraction,
  networkOfContraction,
  torchContraction,
} from '../contractions.ts';
import { defineNode } from '../define.ts';
import { relabellings, sums } from '../sums.ts';

export const contract = defineNode({
  type: 'contract',
  category: 'contraction',
  title: text('Contract', '收缩'),
  doc: text(
    'Multiplies tensors and sums over the indices they share: C_ik = Σ_j A_ij B_jk. An expression means what numpy.einsum means: without an arrow its output is sorted. Without an expression, an index name that stands twice is summed, and the others keep their order.',
    '将张量相乘，并对共有的指标求和：C_ik = Σ_j A_ij B_jk。表达式的含义同 numpy.einsum：没有箭头时输出按字母排序。没有表达式时，出现两次的指标名会被求和，其余保持原有次序。',
  ),
  glyph: '⊗',
  params: z.object(contractionParams),
  inputs: contractionInputs,
  outputs: [{ name: 'out' }],
  summary: ({ expression }) => expression.replace('->', ' → '),
  infer(context) {
    const out = inferContraction(context);
    return out ? { out } : {};
  },
  lower: (context) => ({ out: lowerContraction(context) }),
  network: networkOfContraction,
  adapt: ({ has, wanted }) => sums(has, wanted),
  repair: ({ expression }, inputs) => relabellings(expression, inputs),
  torch: (context) => ({ out: torchContraction(context) }),
  examples: [
    {
      params: { expression: 'ij,jk->ik' },
      inputs: {
        a: { axes: 'i 2, j 2', values: [1, 2, 3, 4] },
        b: { axes: 'j 2, k 2', values: [5, 6, 7, 8] },
      },
      expect: { out: { axes: 'i 2, k 2', values: [19, 22, 43, 50] } },
    },
    {
      inputs: { a: { axes: 'i 2, j 3' }, b: { axes: 'j 3, k 2' }, c: { axes: 'k 2, l 4' } },
      expect: { out: { axes: 'i 2, l 4' } },
    },
    // A trace, a diagonal, an outer product, a hyper-index.
    {
      params: { expression: 'ii->' },
      inputs: { a: { axes: 'i 2, j 2', values: [1, 2, 3, 4] } },
      expect: { out: { axes: '', values: [5] } },
    },
    {
      params: { expression: 'ii->i' },
      inputs: { a: { axes: 'i 2, j 2', values: [1, 2, 3, 4] } },
      expect: { out: { axes: 'i 2', values: [1, 4] } },
    },
    {
      params: { expression: 'i,j->ij' },
      inputs: { a: { axes: 'i 2', values: [1, 2] }, b: { axes: 'j 2', values: [3, 4] } },
      expect: { out: { axes: 'i 2, j 2', values: [3, 4, 6, 8] } },
    },
    {
      params: { expression: 'b i, b j, b -> b' },
      inputs: { a: { axes: 'b 3, i 2' }, b: { axes: 'b 3, j 4' }, c: { axes: 'b 3' } },
      expect: { out: { axes: 'b 3' } },
    },
    {
      // numpy.einsum: an axis of one under "..." fits any size, "..." comes first where there is no arrow.
      params: { expression: 'i...,...' },
      inputs: { a: { axes: 'i 2, n 1', values: [1, 2] }, b: { axes: 'm 1, n 3', values: [3, 4, 5] } },
      expect: { out: { axes: 'm 1, n 3, i 2', values: [3, 6, 4, 8, 5, 10] } },
    },
    {
      params: { expression: 'ba' },
      inputs: { a: { axes: 'i 2, j 3', values: [1, 2, 3, 4, 5, 6] } },
      expect: { out: { axes: 'j 3, i 2', values: [1, 4, 2, 5, 3, 6] } },
    },
    {
      params: { expression: '...ij,...jk->...ik' },
      inputs: { a: { axes: 'n 5, i 2, j 3' }, b: { axes: 'n 5, j 3, k 4' } },
      expect: { out: { axes: 'n 5, i 2, k 4' } },
    },
  ],
});
