/** The mean absolute error. */
import { text } from '../../base/text.ts';
import { arg, e, unary } from '../../ir/expr.ts';
import { definePairLoss } from '../loss.ts';

export const mae = definePairLoss({
  type: 'mae',
  title: text('Mean absolute error', '平均绝对误差'),
  doc: text(
    'mean |prediction − target| over all elements: outliers pull with the same force as all others, and the best constant is the median.',
    '对所有元素取 |预测 − 目标| 的平均：离群值与其他值拉力相同，最佳常数是中位数。',
  ),
  params: {},
  summary: () => 'mean |p − t|',
  each: () => unary('abs', e.sub(arg(0), arg(1))),
  torch: () => ({ function: 'F.l1_loss' }),
  examples: [
    {
      // torch.nn.functional.l1_loss(prediction, target), which has slope 0 where both are equal
      inputs: {
        prediction: { axes: 'b 2, o 3', values: [0.5, -1.2, 2, 0.3, -0.7, 1.5] },
        target: { axes: 'b 2, o 3', values: [0.2, 1, 2, -1.7, -0.5, 4] },
      },
      expect: { loss: { axes: '', values: [1.2] } },
      notDifferentiable: ['prediction', 'target'],
    },
    {
      params: { reduction: 'sum' },
      inputs: { prediction: { axes: 'b 2', values: [1, 2] }, target: { axes: 'b 2', values: [0, 4] } },
      expect: { loss: { axes: '', values: [3] } },
    },
  ],
});
