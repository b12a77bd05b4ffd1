/** The loss of a classifier. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number, select, unary } from '../../ir/expr.ts';
import { elements } from '../../ir/program.ts';
import { scalar } from '../../tensor/axis.ts';
import { hasProbabilities, matchClasses } from '../classes.ts';
import { defineNode } from '../define.ts';
import { shapeOf } from '../given.ts';
import { stableExponentials } from '../log-sum-exp.ts';

export const crossEntropy = defineNode({
  type: 'cross-entropy',
  category: 'loss',
  title: text('Cross-entropy', '交叉熵'),
  doc: text(
    'mean(−log softmax(logits)[target]): how surprised the model is by the true class. Logits are scores, not probabilities; the target is a class number for each row, or a probability for each class.',
    'mean(−log softmax(logits)[target])：模型对真实类别的惊讶程度。logits 是得分，不是概率；目标是每行的类别编号，或每个类别的概率。',
  ),
  glyph: '∇',
  params: z.object({}),
  inputs: [
    { name: 'logits', title: text('logits', '得分') },
    { name: 'target', title: text('target', '目标') },
  ],
  outputs: [{ name: 'loss', title: text('loss', '损失') }],
  summary: () => '−log softmax',
  measures: 'loss',
  infer(context) {
    if (context.inputs.logits?.valueKind?.kind === 'probabilities')
      context.report('probabilities-for-scores', { port: 'logits' });
    return matchClasses(context) ? { loss: scalar } : {};
  },
  lower({ inputs, inputTypes, ir, metric }) {
    const shape = shapeOf(inputTypes.logits);
    const classes = shape.at(-1) as number;
    const rows = elements(shape.slice(0, -1));
    const { shifted, sum, all, kept } = stableExponentials(ir, inputs.logits as number);
    const logSum = ir.map([sum], unary('log', arg(0)));
    if (hasProbabilities(inputTypes)) {
      // −Σ target · log p, with −log p = log Σ exp − x.
      const surprise = e.mul(arg(0), e.sub(arg(1), arg(2)));
      const weighted = ir.map([inputs.target as number, logSum, shifted], surprise, [all, kept, all]);
      const loss = ir.sum(weighted, undefined, 1 / rows);
      metric('loss', loss);
      return { loss };
    }
    // The target is picked by an indicator, which costs no gather.
    const indicator = select(binary('eq', arg(1), arg(2)), arg(0), number(0));
    const picked = ir.map([shifted, ir.iota(classes), inputs.target as number], indicator, [
      all,
      [all.length - 1],
      kept,
    ]);
    const loss = ir.map([ir.sum(logSum), ir.sum(picked)], e.mul(number(1 / rows), e.sub(arg(0), arg(1))));
    metric('loss', loss);
    return { loss };
  },
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
  ],
});
