/** Among how many equally likely classes the model hesitates. */
import { text } from '../../base/text.ts';
import { scalar } from '../../tensor/axis.ts';
import { classInputs, inferClasses } from '../class-counts.ts';
import { classLossInTorch, lowerClassLoss } from '../class-losses.ts';
import { classParams } from '../classes.ts';
import { defineNode } from '../define.ts';
import { logSoftmax } from '../log-sum-exp.ts';

export const perplexity = defineNode({
  type: 'perplexity',
  category: 'metric',
  title: text('Perplexity', '困惑度'),
  doc: text(
    'exp of the cross-entropy: among how many equally likely classes a model that is as sure as this one would hesitate. 1 is perfect; guessing gives the number of classes.',
    '交叉熵的指数：相当于在多少个等可能的类别之间犹豫。1 为完美；随机猜测则为类别数。',
  ),
  glyph: '◎',
  params: classParams,
  inputs: classInputs,
  outputs: [{ name: 'perplexity', title: text('perplexity', '困惑度'), meaning: 'metric' }],
  summary: () => 'exp(−log p)',
  measures: 'perplexity',
  infer: (context) => (inferClasses(context) ? { perplexity: scalar } : {}),
  lower(context) {
    const { params, ir, metric } = context;
    const mean = { ...context, params: { ...params, reduction: 'mean' as const }, metric: () => undefined };
    const { loss } = lowerClassLoss(mean, 'logits', logSoftmax(ir, context.inputs.logits as number));
    const value = ir.apply('exp', loss);
    metric('perplexity', value);
    return { perplexity: value };
  },
  torch(context) {
    const params = { ...context.params, reduction: 'mean' as const };
    const { loss } = classLossInTorch({ ...context, params }, 'logits', 'F.cross_entropy');
    const value = context.let('perplexity', `torch.exp(${loss})`);
    context.metric('perplexity', value);
    return { perplexity: value };
  },
  examples: [
    {
      // torch.exp(F.cross_entropy(logits, target))
      inputs: {
        logits: { axes: 'b 2, c 3', values: [1, 2, 0.5, -1, 0, 3] },
        target: { axes: 'b 2', values: [1, 0] },
      },
      expect: { perplexity: { axes: '', values: [9.632341512141632] } },
      notDifferentiable: ['target'],
    },
  ],
  detached: ['target'],
});
