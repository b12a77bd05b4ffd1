/** The mean squared error. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e } from '../../ir/expr.ts';
import { scalar } from '../../tensor/axis.ts';
import { defineNode } from '../define.ts';
import { elementwise } from '../elementwise.ts';
import { meetInOrder } from '../meeting.ts';
import { expectQuantities } from '../value-kinds.ts';

const difference = e.sub(arg(0), arg(1));

export const mse = defineNode({
  type: 'mse',
  category: 'loss',
  title: text('Mean squared error', '均方误差'),
  doc: text('mean((prediction − target)²) over all elements.', '对所有元素取 (预测 − 目标)² 的平均。'),
  glyph: '∇',
  params: z.object({}),
  inputs: [
    { name: 'prediction', title: text('prediction', '预测'), meaning: 'scores' },
    { name: 'target', title: text('target', '目标'), meaning: 'labels' },
  ],
  outputs: [{ name: 'loss', title: text('loss', '损失'), meaning: 'loss' }],
  summary: () => 'mean (p − t)²',
  measures: 'loss',
  infer(context) {
    const { prediction, target } = context.inputs;
    const left = prediction?.axes ?? [];
    const right = target?.axes ?? [];
    if (left.length !== right.length) {
      const axes = right.map((a) => a.name).join(', ') || '–';
      // What the numbers are may help to find the remedy.
      const { valueKind } = target ?? {};
      context.report(
        'rank-mismatch',
        { port: 'target' },
        {
          what: 'target',
          actual: right.length,
          axes,
          expected: left.length,
          ...(valueKind?.kind === 'classes' && { classes: valueKind.classes }),
        },
      );
      return {};
    }
    expectQuantities(context, 'prediction');
    expectQuantities(context, 'target');
    meetInOrder(context, left, right, 'target');
    return { loss: scalar };
  },
  lower(context) {
    const { ir, metric } = context;
    const loss = ir.mean(elementwise(context, ['prediction', 'target'], e.mul(difference, difference)));
    metric('loss', loss);
    return { loss };
  },
  examples: [
    {
      inputs: { prediction: { axes: 'b 2', values: [1, 2] }, target: { axes: 'b 2', values: [0, 4] } },
      expect: { loss: { axes: '', values: [2.5] } },
    },
    {
      inputs: { prediction: { axes: 'b 3, o 2' }, target: { axes: 'b 3, o 2' } },
      expect: { loss: { axes: '' } },
    },
  ],
});
