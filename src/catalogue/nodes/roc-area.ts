/** How well scores tell two classes apart, whatever the threshold. */

import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { Builder } from '../../ir/builder.ts';
import { arg, binary, e, number } from '../../ir/expr.ts';
import { elements, type ValueId } from '../../ir/program.ts';
import { scalar } from '../../tensor/axis.ts';
import { classInputs } from '../class-counts.ts';
import { matchClasses, ofLabel } from '../classes.ts';
import { defineNode } from '../define.ts';
import { logSoftmax } from '../log-sum-exp.ts';
import { expectSameAxes } from '../loss.ts';

/** Of scores and labels [n, c], labels 1 and 0: how often a positive row lies above a negative one; ties count half. */
function areas(ir: Builder, scores: ValueId, labels: ValueId): ValueId {
  const [n = 1, c = 1] = ir.shape(scores);
  const above = e.add(binary('lt', arg(1), arg(0)), e.mul(number(0.5), binary('eq', arg(0), arg(1))));
  const isPair = e.mul(arg(2), e.sub(number(1), arg(3)));
  const [row, other] = [
    [0, 2],
    [1, 2],
  ];
  const pairs = ir.map(
    [scores, scores, labels, labels],
    e.mul(isPair, above),
    [row, other, row, other] as number[][],
    [n, n, c],
  );
  const positive = ir.sum(labels, [0]);
  return ir.map([ir.sum(pairs, [0, 1]), positive], e.div(arg(0), e.mul(arg(1), e.sub(number(n), arg(1)))));
}

const inTorch = `def roc_area(scores, labels):
    """The mean over columns [n, c] of how often a row with label 1 lies above one with label 0."""
    labels = labels.to(scores.dtype)
    above = (scores[:, None] > scores[None]).to(scores.dtype) + 0.5 * (scores[:, None] == scores[None])
    pairs = (labels[:, None] * (1 - labels[None]) * above).sum((0, 1))
    positive = labels.sum(0)
    return (pairs / (positive * (len(labels) - positive))).mean()`;

export const rocArea = defineNode({
  type: 'roc-area',
  category: 'metric',
  title: text('ROC area', 'ROC 曲线下面积'),
  doc: text(
    'The area under the ROC curve: how often a row of the class has a higher score than one that is not, ties counting half (Mann and Whitney). Scores with a target 0 or 1 each; or scores of classes with class numbers: the mean over each class against the rest, by probabilities. NaN where a class has no rows or all.',
    'ROC 曲线下面积：属于该类的行得分高于不属于者的频率，相同时计半（Mann 与 Whitney）。可为得分与 0/1 目标；或各类得分与类别编号：按概率取每类对其余的平均。某类没有行或占全部行时为 NaN。',
  ),
  glyph: '◎',
  params: z.object({}),
  inputs: classInputs,
  outputs: [{ name: 'area', title: text('area', '面积'), meaning: 'metric' }],
  summary: () => 'P(s₊ > s₋)',
  measures: 'ROC area',
  infer(context) {
    const { inputs } = context;
    const isBinary = inputs.logits?.axes.length === inputs.target?.axes.length;
    const fits = isBinary
      ? expectSameAxes(context, 'logits', 'target') !== undefined
      : matchClasses({ ...context, params: {} });
    return fits ? { area: scalar } : {};
  },
  lower({ inputs, ir, metric, chooses }) {
    const [scores, target] = [inputs.logits as ValueId, inputs.target as ValueId];
    const shape = ir.shape(scores);
    const isBinary = shape.length === ir.shape(target).length;
    const classes = isBinary ? 2 : (shape.at(-1) as number);
    chooses('target', classes);
    const [rows, columns] = isBinary ? [elements(shape), 1] : [elements(shape.slice(0, -1)), classes];
    const labels = ir.reshape(target, isBinary ? [rows, 1] : [rows]);
    const isClass = ofLabel(arg(0), classes, {}, isBinary ? arg(0) : binary('eq', arg(0), arg(1)));
    const positive = isBinary
      ? ir.map([labels], isClass)
      : ir.map([labels, ir.iota(classes)], isClass, [[0], [1]], [rows, classes]);
    const ranked = isBinary ? scores : logSoftmax(ir, scores);
    const area = ir.mean(areas(ir, ir.reshape(ranked, [rows, columns]), positive));
    metric('ROC area', area);
    return { area };
  },
  torch({ inputs, inputTypes, helper, metric, let: line }) {
    const { logits = '', target = '' } = inputs;
    const isBinary = inputTypes.logits?.axes.length === inputTypes.target?.axes.length;
    const given = isBinary
      ? [`${logits}.reshape(-1, 1)`, `${target}.reshape(-1, 1)`]
      : [
          `F.log_softmax(${logits}, -1).flatten(0, -2)`,
          `F.one_hot(${target}.flatten().long(), ${logits}.shape[-1])`,
        ];
    const area = line('area', `${helper(inTorch)}(${given.join(', ')})`);
    metric('ROC area', area);
    return { area };
  },
  detached: ['logits', 'target'],
  examples: [
    {
      // sklearn.metrics.roc_auc_score by its definition, in NumPy
      inputs: {
        logits: { axes: 'b 6', values: [0.1, 0.4, 0.35, 0.8, 0.4, 0.2] },
        target: { axes: 'b 6', values: [0, 0, 1, 1, 1, 0] },
      },
      expect: { area: { axes: '', values: [0.8333333333333334] } },
      notDifferentiable: ['logits', 'target'],
    },
    {
      // The same with multi_class='ovr' of softmax probabilities
      inputs: {
        logits: {
          axes: 'b 6, c 3',
          values: [1, 2, 0.5, 3, 0, 1, 0.2, 0.1, 4, 2, 1, 0, 0.1, 3, 0.2, 1.1, 0.4, 2],
        },
        target: { axes: 'b 6', values: [1, 0, 2, 1, 1, 0] },
      },
      expect: { area: { axes: '', values: [0.9583333333333334] } },
      notDifferentiable: ['logits', 'target'],
    },
  ],
});
