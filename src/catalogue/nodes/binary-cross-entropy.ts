/** The loss of yes or no, by a score. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e, number, unary } from '../../ir/expr.ts';
import { definePairLoss } from '../loss.ts';

export const binaryCrossEntropy = definePairLoss({
  type: 'binary-cross-entropy',
  title: text('Binary cross-entropy', '二元交叉熵'),
  doc: text(
    'mean(−w y log σ(x) − (1 − y) log(1 − σ(x))) of scores x, not probabilities, and targets y from 0 to 1; each element answers yes or no by itself. The weight w of yes makes up for rare ones.',
    'mean(−w y log σ(x) − (1 − y) log(1 − σ(x)))，x 为得分而非概率，目标 y 在 0 到 1 之间；每个元素各自回答是或否。“是” 的权重 w 用于弥补其稀少。',
  ),
  params: {
    positive: z
      .number()
      .positive()
      .default(1)
      .meta({ label: text('Weight of yes w', '“是” 的权重 w') }),
  },
  summary: ({ positive }) => (positive === 1 ? '−log σ' : `−log σ, w = ${positive}`),
  // (1 − y) x + (1 + (w − 1) y) log(1 + e⁻ˣ), in which nothing overflows.
  each({ positive }) {
    const [x, y] = [arg(0), arg(1)];
    const weight = e.add(number(1), e.mul(number(positive - 1), y));
    const surprise = unary('softplus', e.neg(x));
    return e.add(e.mul(e.sub(number(1), y), x), positive === 1 ? surprise : e.mul(weight, surprise));
  },
  torch: ({ positive }) => ({
    function: 'F.binary_cross_entropy_with_logits',
    pos_weight: positive === 1 ? undefined : `torch.tensor(${positive})`,
  }),
  examples: [
    {
      // torch.nn.functional.binary_cross_entropy_with_logits(prediction, target)
      inputs: {
        prediction: { axes: 'b 4', values: [0.5, -1.2, 2, 800] },
        target: { axes: 'b 4', values: [1, 0, 0.25, 1] },
      },
      expect: { loss: { axes: '', values: [0.5910718656402777] } },
    },
    {
      // The same with pos_weight=torch.tensor(3.), reduction='sum'
      params: { positive: 3, reduction: 'sum' },
      inputs: {
        prediction: { axes: 'b 2, o 2', values: [0.5, -1.2, 2, -0.1] },
        target: { axes: 'b 2, o 2', values: [1, 0, 0.25, 1] },
      },
      expect: { loss: { axes: '', values: [5.609095416663523] } },
    },
  ],
});
