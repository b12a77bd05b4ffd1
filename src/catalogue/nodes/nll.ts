/** The negative log likelihood of classes, from logarithms of probabilities. */
import { text } from '../../base/text.ts';
import {
  classLossInputs,
  classLossInTorch,
  classLossParams,
  detachedOfClassLoss,
  inferClassLoss,
  lowerClassLoss,
} from '../class-losses.ts';
import { hasProbabilities } from '../classes.ts';
import { defineNode } from '../define.ts';
import { lossOutputs, lossType } from '../loss.ts';

export const nll = defineNode({
  type: 'nll',
  category: 'loss',
  title: text('Negative log likelihood', '负对数似然'),
  doc: text(
    'mean(−log p[target]) from logarithms of probabilities, where a model gives these; a Cross-entropy takes scores.',
    'mean(−log p[target])，输入为概率的对数；若模型给出的是得分，请用“交叉熵”。',
  ),
  glyph: '∇',
  params: classLossParams.omit({ smoothing: true }),
  inputs: classLossInputs({ name: 'logarithms', title: text('log p', 'log p'), meaning: 'scores' }),
  outputs: lossOutputs,
  summary: () => '−log p',
  measures: 'loss',
  infer(context) {
    if (context.inputs.logarithms?.valueKind?.kind === 'probabilities')
      context.report('probabilities-for-scores', { port: 'logarithms' });
    const rows = inferClassLoss(context, 'logarithms');
    return rows ? { loss: lossType(context.params.reduction, rows) } : {};
  },
  lower: (context) => lowerClassLoss(context, 'logarithms', context.inputs.logarithms as number),
  torch(context) {
    const { params, inputs, inputTypes } = context;
    if (!hasProbabilities(inputTypes, 'logarithms'))
      return classLossInTorch(context, 'logarithms', 'F.nll_loss');
    const weighted = inputs.weights ? ` * ${inputs.weights}.detach()` : '';
    const losses = `-(${inputs.target} * ${inputs.logarithms}${weighted}).sum(-1)`;
    const counted = inputs.rows ? `(${losses} * ${inputs.rows}.detach())` : `(${losses})`;
    if (params.reduction === 'none') return { loss: counted };
    if (!inputs.rows || params.reduction === 'sum') return { loss: `${counted}.${params.reduction}()` };
    return { loss: `${counted}.sum() / ${inputs.rows}.detach().sum()` };
  },
  detached: detachedOfClassLoss('logarithms'),
  examples: [
    {
      // torch.nn.functional.nll_loss(logarithms, target, weight=weights, ignore_index=2)
      params: { ignored: 2 },
      inputs: {
        logarithms: { axes: 'b 3, c 3', values: [-1, -0.5, -3, -0.2, -2, -4, -1, -1, -1.5] },
        target: { axes: 'b 3', values: [1, 0, 2] },
        weights: { axes: 'c 3', values: [1, 2, 0.5] },
      },
      expect: { loss: { axes: '', values: [0.39999999999999997] } },
      notDifferentiable: ['target', 'weights'],
    },
    {
      params: { reduction: 'sum' },
      inputs: {
        logarithms: { axes: 'b 2, c 2', values: [-1, -0.5, -0.2, -2] },
        target: { axes: 'b 2', values: [1, 1] },
      },
      expect: { loss: { axes: '', values: [2.5] } },
      notDifferentiable: ['target'],
    },
    {
      params: { reduction: 'none' },
      inputs: {
        logarithms: { axes: 'b 2, c 2', values: [-1, -0.5, -0.2, -2] },
        target: { axes: 'b 2, c 2', values: [0.5, 0.5, 1, 0] },
      },
      expect: { loss: { axes: 'b 2', values: [0.75, 0.2] } },
    },
  ],
});
