/** The mean squared error. */
import { text } from '../../base/text.ts';
import { arg, e } from '../../ir/expr.ts';
import { definePairLoss } from '../loss.ts';

const difference = e.sub(arg(0), arg(1));

export const mse = definePairLoss({
  type: 'mse',
  title: text('Mean squared error', '均方误差'),
  doc: text('mean((prediction − target)²) over all elements.', '对所有元素取 (预测 − 目标)² 的平均。'),
  params: {},
  summary: () => 'mean (p − t)²',
  each: () => e.mul(difference, difference),
  torch: () => ({ function: 'F.mse_loss' }),
  examples: [
    {
      inputs: { prediction: { axes: 'b 2', values: [1, 2] }, target: { axes: 'b 2', values: [0, 4] } },
      expect: { loss: { axes: '', values: [2.5] } },
    },
    {
      inputs: { prediction: { axes: 'b 3, o 2' }, target: { axes: 'b 3, o 2' } },
      expect: { loss: { axes: '' } },
    },
    {
      params: { reduction: 'none' },
      inputs: { prediction: { axes: 'b 2', values: [1, 2] }, target: { axes: 'b 2', values: [0, 4] } },
      expect: { loss: { axes: 'b 2', values: [1, 4] } },
    },
  ],
});
