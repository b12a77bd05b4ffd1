/** How many of the rows of a class are told to be. */
import { text } from '../../base/text.ts';
import { arg } from '../../ir/expr.ts';
import { defineClassMetric } from '../class-counts.ts';

export const recall = defineClassMetric({
  type: 'recall',
  title: text('Recall', '召回率'),
  doc: text(
    'Of the rows of a class, the share that is told to be: TP / (TP + FN); the average over classes. What would be 0/0 is 0, as in scikit-learn.',
    '某类的行中被判为该类的比例：TP / (TP + FN)；再对各类平均。0/0 计为 0，同 scikit-learn。',
  ),
  summary: 'TP / (TP + FN)',
  parts: [arg(0), arg(2)],
  inPython: ['both', 'true'],
  examples: [
    {
      // By scikit-learn's definition, in NumPy
      inputs: {
        logits: {
          axes: 'b 6, c 3',
          values: [1, 2, 0.5, 3, 0, 1, 0.2, 0.1, 4, 2, 1, 0, 0.1, 3, 0.2, 1, 0.5, 2],
        },
        target: { axes: 'b 6', values: [1, 0, 2, 1, 1, 0] },
      },
      expect: { value: { axes: '', values: [0.7222222222222222] } },
      notDifferentiable: ['logits', 'target'],
    },
    {
      // Class 3 is neither true nor told: it does not count
      params: { average: 'weighted', ignored: -1 },
      inputs: {
        logits: { axes: 'b 4, c 4', values: [1, 2, 0.5, 0, 3, 0, 1, 0, 0.2, 0.1, 4, 0, 2, 1, 0, 0] },
        target: { axes: 'b 4', values: [1, 2, 2, -1] },
      },
      expect: { value: { axes: '', values: [0.6666666666666666] } },
      notDifferentiable: ['logits', 'target'],
    },
    {
      params: { average: 'micro' },
      inputs: {
        logits: {
          axes: 'b 6, c 3',
          values: [1, 2, 0.5, 3, 0, 1, 0.2, 0.1, 4, 2, 1, 0, 0.1, 3, 0.2, 1, 0.5, 2],
        },
        target: { axes: 'b 6', values: [1, 0, 2, 1, 1, 0] },
      },
      expect: { value: { axes: '', values: [0.6666666666666666] } },
      notDifferentiable: ['logits', 'target'],
    },
    {
      params: { average: 'none' },
      inputs: {
        logits: {
          axes: 'b 6, c 3',
          values: [1, 2, 0.5, 3, 0, 1, 0.2, 0.1, 4, 2, 1, 0, 0.1, 3, 0.2, 1, 0.5, 2],
        },
        target: { axes: 'b 6', values: [1, 0, 2, 1, 1, 0] },
      },
      expect: { value: { axes: 'c 3', values: [0.5, 0.6666666666666666, 1.0] } },
      notDifferentiable: ['logits', 'target'],
    },
  ],
});
