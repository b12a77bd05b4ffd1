/** The Hessian of a scalar times a vector, without the Hessian. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { directional } from '../../ir/forward.ts';
import { gradient } from '../../ir/gradient.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { quartic } from '../example-functions.ts';
import { meetInOrder } from '../meeting.ts';
import { torchDirectional, torchGradient } from '../torch.ts';
import { continuous } from '../value-kinds.ts';

const drawn = quartic([0.5, -1], [2, 0.5, 0.5, 1]);

export const hessianVectorProduct = defineNode({
  type: 'hessian-vector-product',
  category: 'math',
  title: text('Hessian × vector', '黑塞 × 向量'),
  doc: text(
    'H v with H_ij = ∂²of/∂by_i ∂by_j: how the gradient changes when “by” moves along v. Two nested derivatives (forward over reverse), no matrix.',
    'H v，其中 H_ij = ∂²f/∂x_i ∂x_j：“变量”沿 v 移动时梯度的变化。两次嵌套求导（前向套反向），不生成矩阵。',
  ),
  glyph: '∂²',
  params: z.object({}),
  inputs: [
    { name: 'of', title: text('of', '函数') },
    { name: 'by', title: text('by', '变量') },
    { name: 'v', title: text('v', 'v') },
  ],
  outputs: [{ name: 'out' }],
  summary: () => '∂²f / ∂x² · v',
  differentiates: { of: 'of', by: 'by' },
  infer(context) {
    const { inputs, report } = context;
    const [of, by, v] = ['of', 'by', 'v'].map((port) => inputs[port]?.axes ?? []);
    const names = (axes: typeof of = []) => axes.map(({ name }) => name).join(', ') || '–';
    if (!of || !by || !v || of.length > 0) {
      report('not-scalar', { port: 'of' }, { what: 'of', axes: names(of) });
      return {};
    }
    if (by.length !== v.length) {
      report(
        'rank-mismatch',
        { port: 'v' },
        { what: 'v', actual: v.length, axes: names(v), expected: by.length },
      );
      return {};
    }
    meetInOrder(context, by, v, 'v');
    return { out: { axes: by, valueKind: continuous } };
  },
  lower({ inputs, ir }) {
    const [of, by, v] = [inputs.of, inputs.by, inputs.v] as [ValueId, ValueId, ValueId];
    return { out: directional(ir, gradient(ir, of, [by])[0] as ValueId, [by], [v]) };
  },
  torch({ inputs: { of, by, v }, helper }) {
    const slope = `${helper(torchGradient)}(${of}, ${by})`;
    return { out: `${helper(torchDirectional)}(${slope}, ${by}, ${v})` };
  },
  examples: [
    {
      // numpy: (2 diag(A x²) + 4 (x xᵀ) ∘ A) v
      ...drawn,
      inputs: { ...drawn.inputs, v: { axes: 'i 2', values: [1, -2] } },
      expect: { out: { axes: 'i 2', values: [6.0, -13.5] } },
    },
  ],
});
