/** The loss of a prediction that says how sure it is. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number, select, unary } from '../../ir/expr.ts';
import { defineNode } from '../define.ts';
import { elementwise } from '../elementwise.ts';
import { expectSameAxes, lossOutputs, lossType, reduced, reduction, reductionInTorch } from '../loss.ts';
import { pythonCall } from '../torch.ts';
import { expectQuantities } from '../value-kinds.ts';

export const gaussianNll = defineNode({
  type: 'gaussian-nll',
  category: 'loss',
  title: text('Gaussian likelihood', '高斯似然损失'),
  doc: text(
    'mean ½ (log v + (prediction − target)² / v): the negative log likelihood of a normal distribution whose mean and variance v the model predicts (Nix and Weigend 1994), without ½ log 2π. A variance below ε counts as ε.',
    'mean ½ (log v + (预测 − 目标)² / v)：模型同时预测均值与方差 v 的正态分布的负对数似然（Nix 与 Weigend 1994），略去 ½ log 2π。小于 ε 的方差按 ε 计。',
  ),
  glyph: '∇',
  params: z.object({
    epsilon: z
      .number()
      .positive()
      .default(1e-6)
      .meta({ label: text('ε', 'ε') }),
    reduction,
  }),
  inputs: [
    { name: 'prediction', title: text('prediction', '预测'), meaning: 'scores' },
    { name: 'target', title: text('target', '目标'), meaning: 'labels' },
    { name: 'variance', title: text('variance v', '方差 v') },
  ],
  outputs: lossOutputs,
  summary: () => '½ (log v + (p − t)² / v)',
  measures: 'loss',
  infer(context) {
    const axes = expectSameAxes(context, 'prediction', 'target');
    if (!axes || !expectSameAxes(context, 'prediction', 'variance')) return {};
    for (const port of ['prediction', 'target', 'variance']) expectQuantities(context, port);
    return { loss: lossType(context.params.reduction, axes) };
  },
  lower(context) {
    const { epsilon, reduction } = context.params;
    const variance = select(binary('lt', arg(2), number(epsilon)), number(epsilon), arg(2));
    const difference = e.sub(arg(0), arg(1));
    const terms = e.add(unary('log', variance), e.div(e.mul(difference, difference), variance));
    const losses = elementwise(context, ['prediction', 'target', 'variance'], e.mul(number(0.5), terms));
    return reduced(context, losses, reduction);
  },
  // PyTorch's own ε would let a gradient through where the variance is below it.
  torch({ params: { epsilon, reduction }, inputs }) {
    const variance = `${inputs.variance}.clamp(min=${epsilon})`;
    return {
      loss: pythonCall('F.gaussian_nll_loss', [`${inputs.prediction}`, `${inputs.target}`, variance], {
        eps: epsilon === 1e-6 ? undefined : epsilon,
        reduction: reductionInTorch(reduction),
      }),
    };
  },
  examples: [
    {
      // torch.nn.functional.gaussian_nll_loss(prediction, target, variance)
      inputs: {
        prediction: { axes: 'b 3', values: [1, 0.5, -2] },
        target: { axes: 'b 3', values: [0, 1, -1.5] },
        variance: { axes: 'b 3', values: [1, 0.25, 3] },
      },
      expect: { loss: { axes: '', values: [0.29927521014692543] } },
    },
  ],
});
