/** How often the true class is among the k largest scores. */

import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number, select } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { scalar } from '../../tensor/axis.ts';
import { classInputs, inferClasses, labelsOf } from '../class-counts.ts';
import { classParams } from '../classes.ts';
import { defineNode } from '../define.ts';

const inTorch = `def top_k_accuracy(scores, target, k, ignored=None):
    target = target.argmax(-1) if target.dim() == scores.dim() else target.long()
    counted = torch.ones_like(target, dtype=torch.bool) if ignored is None else target != ignored
    index = target.clamp(min=0).unsqueeze(-1)
    own = scores.gather(-1, index)
    ahead = (scores > own) | ((scores == own) & (torch.arange(scores.shape[-1]) < index))
    return ((ahead.sum(-1) < k) & counted).sum().to(scores.dtype) / counted.sum()`;

export const topKAccuracy = defineNode({
  type: 'top-k-accuracy',
  category: 'metric',
  title: text('Top-k accuracy', 'Top-k 准确率'),
  doc: text(
    'The share of rows whose true class is among the k largest scores; of equal scores the first counts as larger.',
    '真实类别位于得分最高的 k 类之中的行所占的比例；得分相同时，编号小者视为更高。',
  ),
  glyph: '◎',
  params: classParams.extend({
    k: z
      .int()
      .min(1)
      .max(100_000)
      .default(5)
      .meta({ label: text('k', 'k') }),
  }),
  inputs: classInputs,
  outputs: [{ name: 'accuracy', title: text('accuracy', '准确率'), meaning: 'metric' }],
  summary: ({ k }) => `target ∈ top ${k}`,
  measures: 'top-k accuracy',
  infer: (context) => (inferClasses(context) ? { accuracy: scalar } : {}),
  lower(context) {
    const { params, inputs, ir, metric } = context;
    const { labels, classes, counted } = labelsOf(context);
    const scores = inputs.logits as ValueId;
    const shape = ir.shape(scores);
    const [all, rows, last] = [shape.map((_, d) => d), shape.slice(1).map((_, d) => d), shape.length - 1];
    const numbers = ir.iota(classes);
    const own = ir.sum(
      ir.map([scores, numbers, labels], select(binary('eq', arg(1), arg(2)), arg(0), number(0)), [
        all,
        [last],
        rows,
      ]),
      [last],
    );
    const isTie = e.mul(binary('eq', arg(0), arg(3)), binary('lt', arg(1), arg(2)));
    const isAhead = binary('max', binary('lt', arg(3), arg(0)), isTie);
    const ahead = ir.sum(ir.map([scores, numbers, labels, own], isAhead, [all, [last], rows, rows]), [last]);
    const right = ir.map([ahead, counted], e.mul(binary('lt', arg(0), number(params.k)), arg(1)));
    const accuracy = ir.map([ir.sum(right), ir.sum(counted)], e.div(arg(0), arg(1)));
    metric('top-k accuracy', accuracy);
    return { accuracy };
  },
  torch({ params, inputs, helper, metric, let: line }) {
    const ignored = params.ignored === undefined ? '' : `, ${params.ignored}`;
    const call = `${helper(inTorch)}(${inputs.logits}, ${inputs.target}, ${params.k}${ignored})`;
    const accuracy = line('accuracy', call);
    metric('top-k accuracy', accuracy);
    return { accuracy };
  },
  detached: ['logits', 'target'],
  examples: [
    {
      // sklearn.metrics.top_k_accuracy_score by its definition, in NumPy
      params: { k: 2 },
      inputs: {
        logits: { axes: 'b 4, c 3', values: [0.5, 0.2, 0.3, 0.3, 0.4, 0.3, 0.2, 0.4, 0.3, 0.7, 0.2, 0.1] },
        target: { axes: 'b 4', values: [0, 1, 2, 2] },
      },
      expect: { accuracy: { axes: '', values: [0.75] } },
      notDifferentiable: ['logits', 'target'],
    },
    {
      // A tie: class 0 goes before class 1
      params: { k: 1, ignored: 2 },
      inputs: {
        logits: { axes: 'b 3, c 3', values: [1, 1, 0, 1, 1, 0, 5, 1, 2] },
        target: { axes: 'b 3', values: [0, 1, 2] },
      },
      expect: { accuracy: { axes: '', values: [0.5] } },
      notDifferentiable: ['logits', 'target'],
    },
  ],
});
