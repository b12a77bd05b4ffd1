/** The hinge loss: a margin between two sides. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number, select, unary } from '../../ir/expr.ts';
import { definePairLoss } from '../loss.ts';

export const hinge = definePairLoss({
  type: 'hinge',
  title: text('Hinge', '合页损失'),
  doc: text(
    'mean max(0, m − t x) of scores x and sides t = ±1 (Cortes and Vapnik 1995): what lies beyond the margin m on its own side costs nothing. Squared, or rounded off to log(1 + exp(−t x)).',
    'mean max(0, m − t x)，x 为得分，t = ±1 为所属一侧（Cortes 与 Vapnik 1995）：在本侧越过间隔 m 者不计损失。可取平方，或磨圆为 log(1 + exp(−t x))。',
  ),
  params: {
    margin: z
      .number()
      .positive()
      .default(1)
      .meta({ label: text('Margin m', '间隔 m') }),
    form: z
      .enum(['hinge', 'squared', 'soft'])
      .default('hinge')
      .meta({
        label: text('Form', '形式'),
        options: {
          hinge: text('hinge', '合页'),
          squared: text('squared', '平方'),
          soft: text('soft margin', '软间隔'),
        },
      }),
  },
  comparesQuantities: false,
  summary: ({ margin, form }) =>
    form === 'soft' ? 'log(1 + exp(−t x))' : `max(0, ${margin} − t x)${form === 'squared' ? '²' : ''}`,
  each({ margin, form }) {
    const side = e.mul(arg(0), arg(1));
    if (form === 'soft') return unary('softplus', e.neg(side));
    const missing = e.sub(number(margin), side);
    // As relu: on the kink the slope is 0.
    const loss = select(binary('lt', number(0), missing), missing, number(0));
    return form === 'hinge' ? loss : e.mul(loss, loss);
  },
  torch: ({ margin, form }) =>
    form === 'soft'
      ? // F.soft_margin_loss, whose target has no derivative.
        (prediction, target) => `-F.logsigmoid(${target} * ${prediction})`
      : (prediction, target) =>
          `F.relu(${margin} - ${target} * ${prediction})${form === 'squared' ? ' ** 2' : ''}`,
  examples: [
    {
      // torch.relu(1 - target * prediction).mean()
      inputs: {
        prediction: { axes: 'b 4', values: [0.5, -1.5, 2, -0.25] },
        target: { axes: 'b 4', values: [1, -1, -1, 1] },
      },
      expect: { loss: { axes: '', values: [1.1875] } },
      notDifferentiable: ['target'],
    },
    {
      params: { margin: 0.5, form: 'squared', reduction: 'none' },
      inputs: {
        prediction: { axes: 'b 3', values: [0.25, -1.5, 2] },
        target: { axes: 'b 3', values: [1, -1, -1] },
      },
      expect: { loss: { axes: 'b 3', values: [0.0625, 0, 6.25] } },
    },
    {
      // torch.nn.functional.soft_margin_loss(prediction, target)
      params: { form: 'soft' },
      inputs: {
        prediction: { axes: 'b 3', values: [0.25, -1.5, 2] },
        target: { axes: 'b 3', values: [1, -1, -1] },
      },
      expect: { loss: { axes: '', values: [0.9680935696348563] } },
    },
  ],
});
