/** The loss of a classifier. */
import { text } from '../../base/text.ts';
import { arg, binary, e, number, select, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { expectSeveral } from '../axis-roles.ts';
import {
  classLossInputs,
  classLossInTorch,
  classLossParams,
  detachedOfClassLoss,
  inferClassLoss,
  isPlain,
  lowerClassLoss,
  perRow,
} from '../class-losses.ts';
import { countedLabel, counts, hasProbabilities, ofLabel } from '../classes.ts';
import { defineNode } from '../define.ts';
import { shapeOf } from '../given.ts';
import { logSoftmax, logSumExp } from '../log-sum-exp.ts';
import { lossInTorch, lossOutputs, lossType } from '../loss.ts';

export const crossEntropy = defineNode({
  type: 'cross-entropy',
  category: 'loss',
  title: text('Cross-entropy', '交叉熵'),
  doc: text(
    'mean(−log softmax(logits)[target]): how surprised the model is by the true class. Logits are scores, not probabilities; the target is a class number for each row, or a probability for each class. A label that is no class stops the run, unless it is the ignored one.',
    'mean(−log softmax(logits)[target])：模型对真实类别的惊讶程度。logits 是得分，不是概率；目标是每行的类别编号，或每个类别的概率。不是类别的标签会使运行停止，除非它是被忽略的标签。',
  ),
  glyph: '∇',
  params: classLossParams,
  inputs: classLossInputs({ name: 'logits', title: text('logits', '得分'), meaning: 'scores' }),
  outputs: lossOutputs,
  summary: () => '−log softmax',
  measures: 'loss',
  infer(context) {
    if (context.inputs.logits?.valueKind?.kind === 'probabilities')
      context.report('probabilities-for-scores', { port: 'logits' });
    const scores = context.inputs.logits?.axes.slice(-1) ?? [];
    expectSeveral(context, 'logits', scores, text('the loss is 0', '损失恒为 0'));
    const rows = inferClassLoss(context, 'logits');
    return rows ? { loss: lossType(context.params.reduction, rows) } : {};
  },
  lower(context) {
    const { params, inputs, inputTypes, ir, metric, chooses } = context;
    if (!isPlain(context)) return lowerClassLoss(context, 'logits', logSoftmax(ir, inputs.logits as ValueId));
    const shape = shapeOf(inputTypes.logits);
    const classes = shape.at(-1) as number;
    const target = inputs.target as ValueId;
    const { shifted, excess, all, kept } = logSumExp(ir, inputs.logits as ValueId);
    const logSum = unary('log1p', arg(0));
    if (hasProbabilities(inputTypes)) {
      // −Σ target · log p, with −log p = log Σ exp − x. What cannot be and need not be costs nothing: 0 · log 0 = 0.
      const isNothing = e.mul(
        binary('eq', arg(0), number(0)),
        binary('eq', arg(2), number(Number.NEGATIVE_INFINITY)),
      );
      const surprise = e.mul(arg(0), e.sub(arg(1), select(isNothing, number(0), arg(2))));
      const weighted = ir.map([target, ir.map([excess], logSum), shifted], surprise, [all, kept, all]);
      const loss = ir.sum(weighted, undefined, perRow(shape));
      metric('loss', loss);
      return { loss };
    }
    chooses('target', classes, params.ignored);
    const logSums = ir.map([excess, target], ofLabel(arg(1), classes, params, logSum));
    // The target is picked by an indicator, which costs no gather.
    const isTarget = binary('eq', arg(1), countedLabel(arg(2), params));
    const picked = ir.map([shifted, ir.iota(classes), target], select(isTarget, arg(0), number(0)), [
      all,
      [all.length - 1],
      kept,
    ]);
    const [total, pickedTotal] = [ir.sum(logSums), ir.sum(picked)];
    const counted = ir.sum(ir.map([target], counts(params)));
    const loss = ir.map([total, pickedTotal, counted], e.div(e.sub(arg(0), arg(1)), arg(2)));
    metric('loss', loss);
    return { loss };
  },
  torch: (context) => lossInTorch(context, classLossInTorch(context, 'logits', 'F.cross_entropy').loss),
  detached: detachedOfClassLoss('logits'),
  examples: [
    {
      // torch.nn.functional.cross_entropy(logits, target)
      inputs: {
        logits: { axes: 'b 2, c 3', values: [1, 2, 0.5, -1, 0, 3] },
        target: { axes: 'b 2', values: [1, 0] },
      },
      expect: { loss: { axes: '', values: [2.265126343932687] } },
      notDifferentiable: ['target'],
    },
    {
      // torch.nn.functional.cross_entropy(logits, target, ignore_index=-100)
      params: { ignored: -100 },
      inputs: {
        logits: { axes: 'b 2, c 3', values: [1, 2, 3, 0, 5, 1] },
        target: { axes: 'b 2', values: [-100, 1] },
      },
      expect: { loss: { axes: '', values: [0.02474489013882259] } },
      notDifferentiable: ['target'],
    },
    {
      // The same with ignore_index=1.
      params: { ignored: 1 },
      inputs: {
        logits: { axes: 'b 2, c 3', values: [1, 2, 3, 0, 5, 1] },
        target: { axes: 'b 2', values: [0, 1] },
      },
      expect: { loss: { axes: '', values: [2.4076059644443806] } },
      notDifferentiable: ['target'],
    },
    {
      inputs: { logits: { axes: 'b 1, c 2', values: [0, 0] }, target: { axes: 'b 1', values: [1] } },
      expect: { loss: { axes: '', values: [Math.LN2] } },
      notDifferentiable: ['target'],
    },
    {
      inputs: {
        logits: { axes: 'b 2, c 3', values: [1, 2, 3, 0, -1, 4] },
        target: { axes: 'b 2', values: [2, 0] },
      },
      expect: { loss: { axes: '' } },
      notDifferentiable: ['target'],
    },
    {
      inputs: {
        logits: { axes: 'b 2, c 2', values: [0, 0, Math.log(3), 0] },
        target: { axes: 'b 2, c 2', values: [1, 0, 0, 1] },
      },
      expect: { loss: { axes: '', values: [(Math.log(2) + Math.log(4)) / 2] } },
    },
    {
      inputs: { logits: { axes: 'b 2, c 3' }, target: { axes: 'b 2, c 3' } },
      expect: { loss: { axes: '' } },
    },
    {
      // torch.nn.functional.cross_entropy(logits, target, weight=weights, ignore_index=-1, label_smoothing=0.1)
      params: { ignored: -1, smoothing: 0.1 },
      inputs: {
        logits: { axes: 'b 3, c 3', values: [1, 2, 0.5, -1, 0, 3, 0.2, 0.1, 4] },
        target: { axes: 'b 3', values: [1, 0, -1] },
        weights: { axes: 'c 3', values: [1, 2, 0.5] },
      },
      expect: { loss: { axes: '', values: [1.6495629350089827] } },
      notDifferentiable: ['target', 'weights'],
    },
    {
      // (F.cross_entropy(logits, target, weight=weights, reduction='none') * rows).sum() / (rows * weights[target]).sum()
      inputs: {
        logits: { axes: 'b 2, c 3', values: [1, 2, 0.5, -1, 0, 3] },
        target: { axes: 'b 2', values: [1, 0] },
        weights: { axes: 'c 3', values: [1, 2, 0.5] },
        rows: { axes: 'b 2', values: [0.25, 3] },
      },
      expect: { loss: { axes: '', values: [3.551381743807503] } },
      notDifferentiable: ['target', 'weights', 'rows'],
    },
    {
      // torch.nn.functional.cross_entropy(logits, target, weight=weights, label_smoothing=0.2, reduction='none')
      params: { smoothing: 0.2, reduction: 'none' },
      inputs: {
        logits: { axes: 'b 2, c 3', values: [1, 2, 0.5, -1, 0, 3] },
        target: { axes: 'b 2, c 3', values: [0.2, 0.7, 0.1, 0, 0, 1] },
        weights: { axes: 'c 3', values: [1, 2, 0.5] },
      },
      expect: { loss: { axes: 'b 2', values: [1.0579861779810078, 0.7083931390463718] } },
      notDifferentiable: ['weights'],
    },
  ],
});
