/** The harmonic mean of precision and recall. */
import { text } from '../../base/text.ts';
import { arg, e, number } from '../../ir/expr.ts';
import { defineClassMetric } from '../class-counts.ts';

export const f1Score = defineClassMetric({
  type: 'f1-score',
  title: text('F₁ score', 'F₁ 分数'),
  doc: text(
    'The harmonic mean of precision and recall of a class, 2 TP / (2 TP + FP + FN); the average over classes. What would be 0/0 is 0, as in scikit-learn.',
    '某类精确率与召回率的调和平均，2 TP / (2 TP + FP + FN)；再对各类平均。0/0 计为 0，同 scikit-learn。',
  ),
  summary: '2 TP / (2 TP + FP + FN)',
  parts: [e.mul(number(2), arg(0)), e.add(arg(1), arg(2))],
  inPython: ['2 * both', 'told + true'],
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
      expect: { value: { axes: '', values: [0.6555555555555556] } },
      notDifferentiable: ['logits', 'target'],
    },
    {
      // Class 3 is neither true nor told: it does not count
      params: { average: 'weighted', ignored: -1 },
      inputs: {
        logits: { axes: 'b 4, c 4', values: [1, 2, 0.5, 0, 3, 0, 1, 0, 0.2, 0.1, 4, 0, 2, 1, 0, 0] },
        target: { axes: 'b 4', values: [1, 2, 2, -1] },
      },
      expect: { value: { axes: '', values: [0.7777777777777777] } },
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
      expect: { value: { axes: 'c 3', values: [0.5, 0.8, 0.6666666666666666] } },
      notDifferentiable: ['logits', 'target'],
    },
  ],
});
