/** How far one distribution is from another: Kullback and Leibler's divergence. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number, select, unary } from '../../ir/expr.ts';
import { elements, type ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { logSoftmax } from '../log-sum-exp.ts';
import { expectSameAxes, lossOutputs, lossType } from '../loss.ts';

// F.kl_div(logarithms, target, reduction='none'), which has no derivative by a target of 0.
const inTorch = `def kl_div(logarithms, target):
    own = target * torch.where(target == 0, torch.ones_like(target), target).log()
    return own - target * logarithms`;

export const kl = defineNode({
  type: 'kl',
  category: 'loss',
  title: text('KL divergence', 'KL 散度'),
  doc: text(
    'Σ t (log t − log p) along the last axis, for a target distribution t and a predicted one p, which is given by scores or by its logarithms (Kullback and Leibler 1951). Where t is 0 nothing is added.',
    '沿最后一个轴求 Σ t (log t − log p)：目标分布 t 与预测分布 p，后者以得分或对数给出（Kullback 与 Leibler 1951）。t 为 0 处不计。',
  ),
  glyph: '∇',
  params: z.object({
    given: z
      .enum(['scores', 'logarithms'])
      .default('scores')
      .meta({
        label: text('Prediction', '预测'),
        options: { scores: text('scores', '得分'), logarithms: text('log p', 'log p') },
      }),
    logTarget: z
      .boolean()
      .default(false)
      .meta({ label: text('Target is log t', '目标为 log t') }),
    reduction: z
      .enum(['rows', 'mean', 'sum', 'none'])
      .default('rows')
      .meta({
        label: text('Reduction', '归约'),
        options: {
          rows: text('mean over distributions', '对各分布平均'),
          mean: text('mean over elements', '对各元素平均'),
          sum: text('sum', '求和'),
          none: text('none', '不归约'),
        },
      }),
  }),
  inputs: [
    { name: 'prediction', title: text('prediction', '预测'), meaning: 'scores' },
    { name: 'target', title: text('target', '目标'), meaning: 'labels' },
  ],
  outputs: lossOutputs,
  summary: () => 'Σ t log t/p',
  measures: 'loss',
  infer(context) {
    const { params, inputs, report } = context;
    if (inputs.prediction?.valueKind?.kind === 'probabilities')
      report('probabilities-for-scores', { port: 'prediction' });
    const axes = expectSameAxes(context, 'prediction', 'target');
    if (!axes) return {};
    if (axes.length > 0) return { loss: lossType(params.reduction === 'none' ? 'none' : 'sum', axes) };
    report(
      'rank-mismatch',
      { port: 'prediction' },
      { what: 'prediction', actual: 0, axes: '–', expected: 1 },
    );
    return {};
  },
  lower({ params: { given, logTarget, reduction }, inputs, ir, metric }) {
    const [prediction, target] = [inputs.prediction as ValueId, inputs.target as ValueId];
    const logarithms = given === 'scores' ? logSoftmax(ir, prediction) : prediction;
    const own = select(binary('eq', arg(0), number(0)), number(0), e.mul(arg(0), unary('log', arg(0))));
    const each = logTarget
      ? e.mul(unary('exp', arg(0)), e.sub(arg(0), arg(1)))
      : e.sub(own, e.mul(arg(0), arg(1)));
    const terms = ir.map([target, logarithms], each);
    if (reduction === 'none') return { loss: terms };
    const shape = ir.shape(terms);
    const counted = { rows: elements(shape.slice(0, -1)), mean: elements(shape), sum: 1 }[reduction];
    const loss = ir.sum(terms, undefined, 1 / counted);
    metric('loss', loss);
    return { loss };
  },
  torch({ params: { given, logTarget, reduction }, inputs, helper, let: line }) {
    const logarithms = given === 'scores' ? `F.log_softmax(${inputs.prediction}, -1)` : inputs.prediction;
    const written = logTarget
      ? `F.kl_div(${logarithms}, ${inputs.target}, reduction='none', log_target=True)`
      : `${helper(inTorch)}(${logarithms}, ${inputs.target})`;
    const terms = line('terms', written);
    if (reduction === 'none') return { loss: terms };
    return { loss: reduction === 'rows' ? `${terms}.sum(-1).mean()` : `${terms}.${reduction}()` };
  },
  examples: [
    {
      // torch.nn.functional.kl_div(torch.log_softmax(prediction, -1), target, reduction='batchmean')
      inputs: {
        prediction: { axes: 'b 2, c 3', values: [1, 2, 0.5, -1, 0, 3] },
        target: { axes: 'b 2, c 3', values: [0.2, 0.7, 0.1, 0.5, 0.25, 0.25] },
      },
      expect: { loss: { axes: '', values: [0.8943566822410594] } },
    },
    {
      // torch.nn.functional.kl_div(prediction, target, reduction='mean', log_target=True)
      params: { given: 'logarithms', logTarget: true, reduction: 'mean' },
      inputs: {
        prediction: { axes: 'b 2, c 2', values: [-1, -0.5, -0.2, -2] },
        target: { axes: 'b 2, c 2', values: [-0.3, -1.5, -2, -0.1] },
      },
      expect: { loss: { axes: '', values: [0.4427575446927982] } },
    },
    {
      // torch.nn.functional.kl_div(prediction, target, reduction='none')
      params: { given: 'logarithms', reduction: 'none' },
      inputs: {
        prediction: { axes: 'c 3', values: [-1, -0.5, -2] },
        target: { axes: 'c 3', values: [0.4, 0.6, 0] },
      },
      expect: { loss: { axes: 'c 3', values: [0.033483707250338, -0.006495374259594455, 0.0] } },
      notDifferentiable: ['target'],
    },
  ],
});
