/** Which classes are taken for which. */

import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number, select } from '../../ir/expr.ts';
import { classInputs, confusionOf, inferClasses } from '../class-counts.ts';
import { classParams } from '../classes.ts';
import { defineNode } from '../define.ts';
import { freshName } from '../given.ts';

const inTorch = `def confusion(scores, target, ignored=None):
    """How many rows of class i are told to be of class j."""
    classes = scores.shape[-1]
    target = (target.argmax(-1) if target.dim() == scores.dim() else target.long()).reshape(-1)
    told = scores.argmax(-1).reshape(-1)
    if ignored is not None:
        told, target = told[target != ignored], target[target != ignored]
    return torch.bincount(target * classes + told, minlength=classes**2).view(classes, classes).to(scores.dtype)`;

export const confusionMatrix = defineNode({
  type: 'confusion-matrix',
  category: 'metric',
  title: text('Confusion matrix', '混淆矩阵'),
  doc: text(
    'How many rows of class i are told to be of class j, at [i, j]; or shares of the rows that are of a class, that are told to be of one, or of all. A Matrix picture draws it.',
    '位置 [i, j] 为类别 i 的行中被判为类别 j 的个数；或按真实类别、按判定类别、按全部行归一化。可用“矩阵图”绘制。',
  ),
  glyph: '▦',
  params: classParams.extend({
    shares: z
      .enum(['counts', 'true', 'told', 'all'])
      .default('counts')
      .meta({
        label: text('Numbers', '数值'),
        options: {
          counts: text('counts', '个数'),
          true: text('shares of the true class', '占真实类别的比例'),
          told: text('shares of the told class', '占判定类别的比例'),
          all: text('shares of all', '占全部的比例'),
        },
      }),
  }),
  inputs: classInputs,
  outputs: [{ name: 'matrix', title: text('matrix', '矩阵') }],
  summary: () => 'true × told',
  infer(context) {
    if (!inferClasses(context)) return {};
    const axis = context.inputs.logits?.axes.at(-1);
    if (!axis) return {};
    const { size } = axis;
    const told = { name: freshName('told', [{ name: 'true' }]), size };
    return { matrix: { axes: [{ name: 'true', size }, told] } };
  },
  lower(context) {
    const { params, ir } = context;
    const counts = confusionOf(context);
    if (params.shares === 'counts') return { matrix: counts };
    const [axes, kept] = {
      true: [[1], [0]],
      told: [[0], [1]],
      all: [[0, 1], []],
    }[params.shares] as [number[], number[]];
    const share = select(binary('eq', arg(1), number(0)), number(0), e.div(arg(0), arg(1)));
    return { matrix: ir.map([counts, ir.sum(counts, axes)], share, [[0, 1], kept]) };
  },
  torch({ params, inputs, helper, let: line }) {
    const ignored = params.ignored === undefined ? '' : `, ${params.ignored}`;
    const counts = line('counts', `${helper(inTorch)}(${inputs.logits}, ${inputs.target}${ignored})`);
    if (params.shares === 'counts') return { matrix: counts };
    const sum = { true: '.sum(1, keepdim=True)', told: '.sum(0, keepdim=True)', all: '.sum()' }[
      params.shares
    ];
    return { matrix: `torch.nan_to_num(${counts} / ${counts}${sum})` };
  },
  detached: ['logits', 'target'],
  examples: [
    {
      // sklearn.metrics.confusion_matrix by its definition, in NumPy
      inputs: {
        logits: {
          axes: 'b 6, c 3',
          values: [1, 2, 0.5, 3, 0, 1, 0.2, 0.1, 4, 2, 1, 0, 0.1, 3, 0.2, 1, 0.5, 2],
        },
        target: { axes: 'b 6', values: [1, 0, 2, 1, 1, 0] },
      },
      expect: { matrix: { axes: 'true 3, told 3', values: [1, 0, 1, 1, 2, 0, 0, 0, 1] } },
      notDifferentiable: ['logits', 'target'],
    },
    {
      params: { shares: 'true', ignored: -1 },
      inputs: {
        logits: { axes: 'b 4, c 2', values: [1, 2, 3, 0, 1, 4, 0, 1] },
        target: { axes: 'b 4', values: [1, 1, -1, 1] },
      },
      expect: { matrix: { axes: 'true 2, told 2', values: [0, 0, 0.3333333333333333, 0.6666666666666666] } },
      notDifferentiable: ['logits', 'target'],
    },
  ],
});
