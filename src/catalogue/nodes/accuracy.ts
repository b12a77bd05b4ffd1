/** How often the largest score is that of the true class. */
import { text } from '../../base/text.ts';
import { arg, binary, type Expr, e, number, select } from '../../ir/expr.ts';
import { scalar } from '../../tensor/axis.ts';
import { expectSeveral } from '../axis-roles.ts';
import { classParams, counts, hasProbabilities, matchClasses, ofLabel } from '../classes.ts';
import { defineNode } from '../define.ts';

export const accuracy = defineNode({
  type: 'accuracy',
  category: 'metric',
  title: text('Accuracy', '准确率'),
  doc: text(
    'The share of rows whose largest score is that of the true class. Of scores that are NaN, and of labels that are no class, it is NaN.',
    '得分最高的类恰为真实类别的行所占的比例。得分为 NaN 或标签不是类别时，结果为 NaN。',
  ),
  glyph: '◎',
  params: classParams,
  inputs: [
    { name: 'logits', title: text('logits', '得分'), meaning: 'scores' },
    { name: 'target', title: text('target', '目标'), meaning: 'labels' },
  ],
  outputs: [{ name: 'accuracy', title: text('accuracy', '准确率'), meaning: 'metric' }],
  summary: () => 'argmax = target',
  measures: 'accuracy',
  infer(context) {
    const scores = context.inputs.logits?.axes.slice(-1) ?? [];
    expectSeveral(
      context,
      'logits',
      scores,
      text('every row is told to be of class 0', '每行都被判为类别 0'),
    );
    return matchClasses(context) ? { accuracy: scalar } : {};
  },
  lower({ params, inputs, inputTypes, ir, metric, chooses }) {
    const [logits, target] = [inputs.logits as number, inputs.target as number];
    const last = ir.shape(logits).length - 1;
    const ofRow = (reduce: 'argmax' | 'max', scores: number) => ir.reduce(reduce, scores, [last], true);
    /** NaN where the k-th argument, the largest of some numbers, is NaN. */
    const unlessNaN = (k: number, then: Expr) => select(binary('eq', arg(k), arg(k)), then, arg(k));
    const isRight = unlessNaN(1, binary('eq', arg(0), arg(2)));
    const scores = [ofRow('argmax', logits), ofRow('max', logits)];
    const labelled = !hasProbabilities(inputTypes);
    const classes = ir.shape(logits)[last] as number;
    if (labelled) chooses('target', classes, params.ignored);
    const right = labelled
      ? ir.map([...scores, target], ofLabel(arg(2), classes, params, isRight))
      : ir.map([...scores, ofRow('argmax', target), ofRow('max', target)], unlessNaN(3, isRight));
    const rows = ir.map([labelled ? target : right], labelled ? counts(params) : number(1));
    const value = ir.map([ir.sum(right), ir.sum(rows)], e.div(arg(0), arg(1)));
    metric('accuracy', value);
    return { accuracy: value };
  },
  detached: ['logits', 'target'],
  torch({ params: { ignored }, inputs, inputTypes, metric, let: assign }) {
    const labels = hasProbabilities(inputTypes) ? `${inputs.target}.argmax(-1)` : (inputs.target as string);
    const right = `(${inputs.logits}.argmax(-1) == ${labels})`;
    const value =
      ignored === undefined || hasProbabilities(inputTypes)
        ? assign('accuracy', `${right}.to(${inputs.logits}.dtype).mean()`)
        : assign('accuracy', `${right}[${inputs.target} != ${ignored}].to(${inputs.logits}.dtype).mean()`);
    metric('accuracy', value);
    return { accuracy: value };
  },
  examples: [
    {
      params: { ignored: 1 },
      inputs: {
        logits: { axes: 'b 3, c 2', values: [1, 2, 4, 3, 0, 1] },
        target: { axes: 'b 3', values: [1, 0, 0] },
      },
      expect: { accuracy: { axes: '', values: [0.5] } },
      notDifferentiable: ['logits', 'target'],
    },
    {
      inputs: { logits: { axes: 'b 2, c 2', values: [1, 2, 4, 3] }, target: { axes: 'b 2', values: [1, 1] } },
      expect: { accuracy: { axes: '', values: [0.5] } },
      notDifferentiable: ['logits', 'target'],
    },
    {
      inputs: {
        logits: { axes: 'b 2, c 2', values: [1, 2, 4, 3] },
        target: { axes: 'b 2, c 2', values: [0, 1, 0.4, 0.6] },
      },
      expect: { accuracy: { axes: '', values: [0.5] } },
      notDifferentiable: ['logits', 'target'],
    },
  ],
});
