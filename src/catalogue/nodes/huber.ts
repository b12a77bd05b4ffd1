/** The Huber loss: squares near the target, absolute values far from it. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number, select, unary } from '../../ir/expr.ts';
import { definePairLoss } from '../loss.ts';

export const huber = definePairLoss({
  type: 'huber',
  title: text('Huber', 'Huber'),
  doc: text(
    'Huber 1964, with d = |prediction − target|: ½ d² where d ≤ δ, δ (d − ½ δ) beyond; the mean over all elements. “Smooth L1” is the same divided by δ. Outliers pull with a force of at most δ.',
    'Huber 1964，d = |预测 − 目标|：d ≤ δ 时为 ½ d²，此外为 δ (d − ½ δ)；对所有元素取平均。“平滑 L1” 是其 1/δ。离群值的拉力至多为 δ。',
  ),
  params: {
    delta: z
      .number()
      .positive()
      .default(1)
      .meta({ label: text('δ', 'δ') }),
    form: z
      .enum(['huber', 'smooth-l1'])
      .default('huber')
      .meta({
        label: text('Form', '形式'),
        options: { huber: text('Huber', 'Huber'), 'smooth-l1': text('smooth L1', '平滑 L1') },
      }),
  },
  summary: ({ delta }) => `δ = ${delta}`,
  // P. J. Huber, "Robust estimation of a location parameter", Ann. Math. Statist. 35 (1964).
  each({ delta, form }) {
    const difference = e.sub(arg(0), arg(1));
    const distance = unary('abs', difference);
    // Of the difference itself: its magnitude has no slope at 0, where a square has a second derivative.
    const near = e.mul(number(0.5), e.mul(difference, difference));
    const far = e.mul(number(delta), e.sub(distance, number(delta / 2)));
    const loss = select(binary('le', distance, number(delta)), near, far);
    return form === 'huber' ? loss : e.div(loss, number(delta));
  },
  torch: ({ delta, form }) =>
    form === 'huber'
      ? { function: 'F.huber_loss', delta: delta === 1 ? undefined : delta }
      : { function: 'F.smooth_l1_loss', beta: delta === 1 ? undefined : delta },
  examples: [
    {
      // torch.nn.functional.huber_loss(prediction, target, delta=0.5)
      params: { delta: 0.5 },
      inputs: {
        prediction: { axes: 'b 2, o 3', values: [0.5, -1.2, 2, 0.3, -0.7, 1.5] },
        target: { axes: 'b 2, o 3', values: [0.2, 1, 2, -1.7, -0.5, 4] },
      },
      expect: { loss: { axes: '', values: [0.5066666666666667] } },
    },
    {
      // torch.nn.functional.smooth_l1_loss(prediction, target, beta=2, reduction='sum')
      params: { delta: 2, form: 'smooth-l1', reduction: 'sum' },
      inputs: {
        prediction: { axes: 'b 3', values: [1, 0.5, 7] },
        target: { axes: 'b 3', values: [0, 4, 7.25] },
      },
      expect: { loss: { axes: '', values: [2.765625] } },
    },
  ],
});
