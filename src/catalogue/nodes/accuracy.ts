/** How often the largest score is that of the true class. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary } from '../../ir/expr.ts';
import { scalar } from '../../tensor/axis.ts';
import { hasProbabilities, matchClasses } from '../classes.ts';
import { defineNode } from '../define.ts';

export const accuracy = defineNode({
  type: 'accuracy',
  category: 'metric',
  title: text('Accuracy', '准确率'),
  doc: text(
    'The share of rows whose largest score is that of the true class.',
    '得分最高的类恰为真实类别的行所占的比例。',
  ),
  glyph: '◎',
  params: z.object({}),
  inputs: [
    { name: 'logits', title: text('logits', '得分') },
    { name: 'target', title: text('target', '目标') },
  ],
  outputs: [{ name: 'accuracy', title: text('accuracy', '准确率') }],
  summary: () => 'argmax = target',
  measures: 'accuracy',
  infer: (context) => (matchClasses(context) ? { accuracy: scalar } : {}),
  lower({ inputs, inputTypes, ir, metric }) {
    const likeliest = (scores: number) => ir.reduce('argmax', scores, [ir.shape(scores).length - 1]);
    const best = likeliest(inputs.logits as number);
    const target = inputs.target as number;
    const truth = hasProbabilities(inputTypes) ? likeliest(target) : target;
    const value = ir.mean(ir.map([best, truth], binary('eq', arg(0), arg(1))));
    metric('accuracy', value);
    return { accuracy: value };
  },
  detached: ['logits', 'target'],
  examples: [
    {
      inputs: { logits: { axes: 'b 2, c 2', values: [1, 2, 4, 3] }, target: { axes: 'b 2', values: [1, 1] } },
      expect: { accuracy: { axes: '', values: [0.5] } },
      notDifferentiable: ['logits', 'target'],
    },
    {
      inputs: {
        logits: { axes: 'b 2, c 2', values: [1, 2, 4, 3] },
        target: { axes: 'b 2, c 2', values: [0, 1, 0.4, 0.6] },
      },
      expect: { accuracy: { axes: '', values: [0.5] } },
      notDifferentiable: ['logits', 'target'],
    },
  ],
});
