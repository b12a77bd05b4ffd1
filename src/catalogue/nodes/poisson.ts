/** The loss of counts, by the logarithm of their rate. */
import { text } from '../../base/text.ts';
import { arg, e, unary } from '../../ir/expr.ts';
import { definePairLoss } from '../loss.ts';

export const poisson = definePairLoss({
  type: 'poisson',
  title: text('Poisson', '泊松损失'),
  doc: text(
    'mean(exp(x) − t x) of counts t whose expected number is exp(x): the negative log likelihood of Poisson’s distribution, without the term log t! that x does not change.',
    'mean(exp(x) − t x)，计数 t 的期望为 exp(x)：泊松分布的负对数似然，略去与 x 无关的 log t!。',
  ),
  params: {},
  summary: () => 'eˣ − t x',
  each: () => e.sub(unary('exp', arg(0)), e.mul(arg(1), arg(0))),
  torch: () => ({ function: 'F.poisson_nll_loss' }),
  examples: [
    {
      // torch.nn.functional.poisson_nll_loss(prediction, target)
      inputs: {
        prediction: { axes: 'b 3', values: [0.25, -1.5, 1] },
        target: { axes: 'b 3', values: [2, 0, 3] },
      },
      expect: { loss: { axes: '', values: [0.2418124684317388] } },
    },
  ],
});
