/** How many of the rows that are told to be of a class are. */
import { text } from '../../base/text.ts';
import { arg } from '../../ir/expr.ts';
import { defineClassMetric } from '../class-counts.ts';

export const precision = defineClassMetric({
  type: 'precision',
  title: text('Precision', '精确率'),
  doc: text(
    'Of the rows that are told to be of a class, the share that is: TP / (TP + FP); the average over classes. What would be 0/0 is 0, as in scikit-learn.',
    '被判为某类的行中确属该类的比例：TP / (TP + FP)；再对各类平均。0/0 计为 0，同 scikit-learn。',
  ),
  summary: 'TP / (TP + FP)',
  parts: [arg(0), arg(1)],
  inPython: ['both', 'told'],
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
      expect: { value: { axes: '', values: [0.6666666666666666] } },
      notDifferentiable: ['logits', 'target'],
    },
    {
      // Class 3 is neither true nor told: it does not count
      params: { average: 'weighted', ignored: -1 },
      inputs: {
        logits: { axes: 'b 4, c 4', values: [1, 2, 0.5, 0, 3, 0, 1, 0, 0.2, 0.1, 4, 0, 2, 1, 0, 0] },
        target: { axes: 'b 4', values: [1, 2, 2, -1] },
      },
      expect: { value: { axes: '', values: [1.0] } },
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
      expect: { value: { axes: 'c 3', values: [0.5, 1.0, 0.5] } },
      notDifferentiable: ['logits', 'target'],
    },
  ],
});
