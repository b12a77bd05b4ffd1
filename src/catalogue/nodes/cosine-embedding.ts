/** A loss of pairs of vectors by the angle between them. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number, select, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { lossOutputs, lossType, reduced, reduction, reductionInTorch } from '../loss.ts';
import { pythonCall } from '../torch.ts';
import { inferVectors, positivePart, rowProducts } from '../vector-losses.ts';

export const cosineEmbedding = defineNode({
  type: 'cosine-embedding',
  category: 'loss',
  title: text('Cosine embedding', '余弦嵌入损失'),
  doc: text(
    'For pairs of rows a and b: 1 − cos(a, b) where the target is 1, max(0, cos(a, b) − m) where it is −1; the mean. Like pairs are turned towards each other, unlike ones apart.',
    '对成对的行 a 与 b：目标为 1 时取 1 − cos(a, b)，为 −1 时取 max(0, cos(a, b) − m)；再平均。相似者转向彼此，不相似者分开。',
  ),
  glyph: '∇',
  params: z.object({
    margin: z
      .number()
      .min(-1)
      .max(1)
      .default(0)
      .meta({ label: text('Margin m', '间隔 m') }),
    reduction,
  }),
  inputs: [
    { name: 'a', meaning: 'features' },
    { name: 'b', meaning: 'features' },
    { name: 'target', title: text('target ±1', '目标 ±1'), meaning: 'labels' },
  ],
  outputs: lossOutputs,
  summary: ({ margin }) => `1 − cos, max(0, cos − ${margin})`,
  measures: 'loss',
  infer(context) {
    const rows = inferVectors(context, ['a', 'b'], 'target');
    return rows ? { loss: lossType(context.params.reduction, rows) } : {};
  },
  lower(context) {
    const { params, inputs, ir } = context;
    const [a, b] = [inputs.a as ValueId, inputs.b as ValueId];
    const products = [rowProducts(ir, a, b), rowProducts(ir, a, a), rowProducts(ir, b, b)];
    // ε² as in PyTorch: a row of zeros has cosine 0.
    const [aa, bb] = [e.add(arg(1), number(1e-12)), e.add(arg(2), number(1e-12))];
    const cosine = e.div(arg(0), unary('sqrt', e.mul(aa, bb)));
    const unlike = positivePart(e.sub(cosine, number(params.margin)));
    const isLike = binary('eq', arg(3), number(1));
    const isUnlike = binary('eq', arg(3), number(-1));
    const loss = select(isLike, e.sub(number(1), cosine), select(isUnlike, unlike, number(0)));
    return reduced(context, ir.map([...products, inputs.target as ValueId], loss), params.reduction);
  },
  torch({ params, inputs, inputTypes }) {
    const many = (inputTypes.a?.axes.length ?? 0) > 2;
    const [a, b, target] = [inputs.a as string, inputs.b as string, inputs.target as string];
    const given = many
      ? [`${a}.flatten(0, -2)`, `${b}.flatten(0, -2)`, `${target}.flatten()`]
      : [a, b, target];
    const call = pythonCall('F.cosine_embedding_loss', given, {
      margin: params.margin === 0 ? undefined : params.margin,
      reduction: reductionInTorch(params.reduction),
    });
    return { loss: many && params.reduction === 'none' ? `${call}.reshape(${target}.shape)` : call };
  },
  detached: ['target'],
  examples: [
    {
      // torch.nn.functional.cosine_embedding_loss(a, b, target, margin=0.2)
      params: { margin: 0.2 },
      inputs: {
        a: { axes: 'n 3, d 2', values: [1, 2, 0.5, -1, 0.3, 3] },
        b: { axes: 'n 3, d 2', values: [0.5, -1, 1, -1.5, 2, 1] },
        target: { axes: 'n 3', values: [1, -1, -1] },
      },
      expect: { loss: { axes: '', values: [0.9087569560335723] } },
      notDifferentiable: ['target'],
    },
    {
      params: { reduction: 'none' },
      inputs: {
        a: { axes: 'n 2, d 2', values: [3, 4, 1, 0] },
        b: { axes: 'n 2, d 2', values: [4, 3, 2, 0] },
        target: { axes: 'n 2', values: [1, -1] },
      },
      expect: { loss: { axes: 'n 2', values: [0.04, 1] } },
      notDifferentiable: ['target'],
    },
  ],
});
