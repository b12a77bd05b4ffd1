/** The hinge loss of several classes: the true one is to lead by a margin. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number, select } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { matchClasses, ofLabel } from '../classes.ts';
import { defineNode } from '../define.ts';
import { lossOutputs, lossType, reduced, reduction } from '../loss.ts';
import { positivePart } from '../vector-losses.ts';

// F.multi_margin_loss, which has no second derivative.
const inTorch = `def multi_margin(scores, target, margin, p):
    own = target.unsqueeze(-1)
    behind = F.relu(margin - scores.gather(-1, own) + scores) ** p
    return behind.scatter(-1, own, 0.0).sum(-1) / scores.shape[-1]`;

export const multiMargin = defineNode({
  type: 'multi-margin',
  category: 'loss',
  title: text('Multi-class margin', '多类间隔损失'),
  doc: text(
    'mean over rows of Σ_{c ≠ y} max(0, m − x_y + x_c)ᵖ / C, for scores x and a class number y: every other class is to stay behind the true one by the margin m (Crammer and Singer 2001, summed).',
    '对各行取 Σ_{c ≠ y} max(0, m − x_y + x_c)ᵖ / C 的平均，x 为得分，y 为类别编号：其余各类须落后真实类别至少 m（Crammer 与 Singer 2001，求和形式）。',
  ),
  glyph: '∇',
  params: z.object({
    margin: z
      .number()
      .positive()
      .default(1)
      .meta({ label: text('Margin m', '间隔 m') }),
    power: z
      .int()
      .min(1)
      .max(2)
      .default(1)
      .meta({ label: text('Power p', '幂 p') }),
    reduction,
  }),
  inputs: [
    { name: 'logits', title: text('scores', '得分'), meaning: 'scores' },
    { name: 'target', title: text('target', '目标'), meaning: 'labels' },
  ],
  outputs: lossOutputs,
  summary: ({ margin }) => `Σ max(0, ${margin} − x_y + x_c)`,
  measures: 'loss',
  infer(context) {
    const { params, inputs, report } = context;
    const classes = { ...context, params: {} };
    const axes = inputs.logits?.axes ?? [];
    const target = inputs.target?.axes ?? [];
    if (axes.length > 0 && target.length === axes.length) {
      const names = target.map((a) => a.name).join(', ');
      const told = { what: 'target', actual: target.length, axes: names, expected: axes.length - 1 };
      report('rank-mismatch', { port: 'target' }, told);
      return {};
    }
    return matchClasses(classes) ? { loss: lossType(params.reduction, axes.slice(0, -1)) } : {};
  },
  lower(context) {
    const { params, inputs, ir, chooses } = context;
    const [scores, target] = [inputs.logits as ValueId, inputs.target as ValueId];
    const shape = ir.shape(scores);
    const [all, last, classes] = [shape.map((_, d) => d), shape.length - 1, shape.at(-1) as number];
    const kept = all.slice(0, -1);
    chooses('target', classes);
    const numbers = ir.iota(classes);
    const isTarget = binary('eq', arg(1), arg(2));
    const axes = [all, [last], kept];
    const own = ir.sum(ir.map([scores, numbers, target], select(isTarget, arg(0), number(0)), axes), [last]);
    const behind = positivePart(e.add(e.sub(number(params.margin), arg(3)), arg(0)));
    const cost = params.power === 1 ? behind : e.mul(behind, behind);
    const costs = ir.map([scores, numbers, target, own], select(isTarget, number(0), cost), [...axes, kept]);
    const total = ir.sum(costs, [last], 1 / classes);
    const each = ir.map([total, target], ofLabel(arg(1), classes, {}, arg(0)));
    return reduced(context, each, params.reduction);
  },
  torch({ params, inputs, helper }) {
    const { margin, power, reduction } = params;
    const costs = `${helper(inTorch)}(${inputs.logits}, ${inputs.target}.long(), ${margin}, ${power})`;
    return { loss: reduction === 'none' ? costs : `${costs}.${reduction}()` };
  },
  detached: ['target'],
  examples: [
    {
      // torch.nn.functional.multi_margin_loss(logits, target)
      inputs: {
        logits: { axes: 'b 2, c 3', values: [1, 2.3, 0.5, -1, 0.1, 3] },
        target: { axes: 'b 2', values: [1, 0] },
      },
      expect: { loss: { axes: '', values: [1.1833333333333333] } },
      notDifferentiable: ['target'],
    },
    {
      // The same with p=2, margin=0.5, reduction='none'
      params: { power: 2, margin: 0.5, reduction: 'none' },
      inputs: {
        logits: { axes: 'b 2, c 3', values: [1, 2.3, 0.7, -1, 0.1, 3] },
        target: { axes: 'b 2', values: [0, 2] },
      },
      expect: { loss: { axes: 'b 2', values: [1.093333333333333, 0.0] } },
      notDifferentiable: ['target'],
    },
  ],
});
