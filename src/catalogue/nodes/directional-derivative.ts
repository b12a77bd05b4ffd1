/** How a tensor changes when another is moved in one direction: forward mode. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { directional } from '../../ir/forward.ts';
import { defineNode } from '../define.ts';
import { meetInOrder } from '../meeting.ts';
import { torchDirectional } from '../torch.ts';

export const directionalDerivative = defineNode({
  type: 'directional-derivative',
  category: 'math',
  title: text('Directional derivative', '方向导数'),
  doc: text(
    '(∂of/∂by) · along: how “of” changes when “by” moves along a direction (the Jacobian times a vector, forward mode). Of a gradient, it is the Hessian times a vector.',
    '(∂函数/∂变量) · 方向：“变量”沿某方向移动时“函数”的变化（雅可比矩阵乘向量，前向模式）。对梯度使用即黑塞矩阵乘向量。',
  ),
  glyph: '∂',
  params: z.object({}),
  inputs: [
    { name: 'of', title: text('of', '函数') },
    { name: 'by', title: text('by', '变量') },
    { name: 'along', title: text('along', '方向') },
  ],
  outputs: [{ name: 'out' }],
  summary: () => '∂f / ∂x · d',
  infer(context) {
    const { inputs, report } = context;
    const by = inputs.by?.axes ?? [];
    const along = inputs.along?.axes ?? [];
    if (by.length !== along.length) {
      const axes = along.map((a) => a.name).join(', ') || '–';
      report(
        'rank-mismatch',
        { port: 'along' },
        { what: 'along', actual: along.length, axes, expected: by.length },
      );
      return {};
    }
    meetInOrder(context, by, along, 'along');
    return inputs.of ? { out: inputs.of } : {};
  },
  lower: ({ inputs, ir }) => ({
    out: directional(ir, inputs.of as number, [inputs.by as number], [inputs.along as number]),
  }),
  differentiates: { of: 'of', by: 'by' },
  // Alone, "of" cannot depend on "by"; the conformance tests of derivatives use it in graphs.
  torch: ({ inputs: { of, by, along }, helper }) => ({
    out: `${helper(torchDirectional)}(${of}, ${by}, ${along})`,
  }),
  examples: [
    {
      inputs: { of: { axes: 'j 2' }, by: { axes: 'i 3' }, along: { axes: 'i 3' } },
      expect: { out: { axes: 'j 2', values: [0, 0] } },
    },
  ],
});
