/** A loss of pairs of vectors by their distance, as siamese networks learn by. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e, number } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { lossOutputs, lossType, reduced, reduction } from '../loss.ts';
import { inferVectors, positivePart, rowDistances } from '../vector-losses.ts';

export const pairContrastive = defineNode({
  type: 'pair-contrastive',
  category: 'loss',
  title: text('Contrastive pairs', '成对对比损失'),
  doc: text(
    'Hadsell, Chopra and LeCun 2006: with the distance d = ‖a − b‖ of two rows, ½ s d² + ½ (1 − s) max(0, m − d)², where s is 1 for like pairs and 0 for others; the mean. Springs pull like pairs together and push others to the distance m.',
    'Hadsell、Chopra 与 LeCun 2006：两行距离 d = ‖a − b‖，取 ½ s d² + ½ (1 − s) max(0, m − d)²，相似者 s = 1，否则 s = 0；再平均。如弹簧般把相似者拉近，把其余推到距离 m。',
  ),
  glyph: '∇',
  params: z.object({
    margin: z
      .number()
      .positive()
      .default(1)
      .meta({ label: text('Margin m', '间隔 m') }),
    reduction,
  }),
  inputs: [
    { name: 'a', meaning: 'features' },
    { name: 'b', meaning: 'features' },
    { name: 'same', title: text('same', '相同'), meaning: 'labels' },
  ],
  outputs: lossOutputs,
  summary: ({ margin }) => `d², max(0, ${margin} − d)²`,
  measures: 'loss',
  infer(context) {
    const rows = inferVectors(context, ['a', 'b'], 'same');
    return rows ? { loss: lossType(context.params.reduction, rows) } : {};
  },
  // "Dimensionality reduction by learning an invariant mapping", CVPR 2006, equation 4 with Y = 1 − s.
  lower(context) {
    const { params, inputs, ir } = context;
    const distance = rowDistances(ir, inputs.a as ValueId, inputs.b as ValueId, 2);
    const missing = positivePart(e.sub(number(params.margin), arg(0)));
    const like = e.mul(arg(1), e.mul(arg(0), arg(0)));
    const unlike = e.mul(e.sub(number(1), arg(1)), e.mul(missing, missing));
    const loss = e.mul(number(0.5), e.add(like, unlike));
    return reduced(context, ir.map([distance, inputs.same as ValueId], loss), params.reduction);
  },
  torch({ params, inputs, let: line }) {
    const d = line('distance', `F.pairwise_distance(${inputs.a}, ${inputs.b})`);
    const unlike = line('unlike', `(1 - ${inputs.same}) * F.relu(${params.margin} - ${d}) ** 2`);
    const losses = `(${inputs.same} * ${d} ** 2 + ${unlike}) / 2`;
    return { loss: params.reduction === 'none' ? losses : `(${losses}).${params.reduction}()` };
  },
  examples: [
    {
      // d = F.pairwise_distance(a, b); ((same * d ** 2 + (1 - same) * torch.relu(2 - d) ** 2) / 2).mean()
      params: { margin: 2 },
      inputs: {
        a: { axes: 'n 3, d 2', values: [1, 2, 0.5, -1, 0.3, 3] },
        b: { axes: 'n 3, d 2', values: [0.5, -1, 1, -1.5, 4, 1] },
        same: { axes: 'n 3', values: [1, 0, 0] },
      },
      expect: { loss: { axes: '', values: [1.8202633125420258] } },
    },
  ],
});
