/** A loss of triplets: an anchor is to lie nearer to its like than to another. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { lossOutputs, lossType, reduced, reduction, reductionInTorch } from '../loss.ts';
import { pythonCall } from '../torch.ts';
import { inferVectors, positivePart, rowDistances } from '../vector-losses.ts';

export const triplet = defineNode({
  type: 'triplet',
  category: 'loss',
  title: text('Triplet', '三元组损失'),
  doc: text(
    'mean max(0, ‖a − p‖ − ‖a − n‖ + m) over rows: the anchor a is to lie nearer to a positive p than to a negative n, by the margin m (Schroff, Kalenichenko and Philbin 2015). With “swap” the positive counts as an anchor too where it lies nearer to n.',
    '对各行取 max(0, ‖a − p‖ − ‖a − n‖ + m) 的平均：锚点 a 与正例 p 的距离须比与负例 n 的小至少 m（Schroff、Kalenichenko 与 Philbin 2015）。勾选“交换”时，若 p 离 n 更近，则以 p 为锚点。',
  ),
  glyph: '∇',
  params: z.object({
    margin: z
      .number()
      .positive()
      .default(1)
      .meta({ label: text('Margin m', '间隔 m') }),
    norm: z
      .enum(['1', '2'])
      .default('2')
      .meta({ label: text('Norm', '范数'), options: { 1: text('‖·‖₁', '‖·‖₁'), 2: text('‖·‖₂', '‖·‖₂') } }),
    swap: z
      .boolean()
      .default(false)
      .meta({ label: text('Swap', '交换') }),
    reduction,
  }),
  inputs: [
    { name: 'anchor', title: text('anchor', '锚点'), meaning: 'features' },
    { name: 'positive', title: text('positive', '正例'), meaning: 'features' },
    { name: 'negative', title: text('negative', '负例'), meaning: 'features' },
  ],
  outputs: lossOutputs,
  summary: ({ margin }) => `max(0, ‖a − p‖ − ‖a − n‖ + ${margin})`,
  measures: 'loss',
  infer(context) {
    const rows = inferVectors(context, ['anchor', 'positive', 'negative']);
    return rows ? { loss: lossType(context.params.reduction, rows) } : {};
  },
  // "FaceNet", arXiv 1503.03832, equation 3, with plain distances; swap: V. Balntas et al., BMVC 2016.
  lower(context) {
    const { params, inputs, ir } = context;
    const p = params.norm === '1' ? 1 : 2;
    const between = (a: string, b: string) => rowDistances(ir, inputs[a] as ValueId, inputs[b] as ValueId, p);
    const away = between('anchor', 'negative');
    const nearest = params.swap
      ? ir.map([away, between('positive', 'negative')], binary('min', arg(0), arg(1)))
      : away;
    const loss = positivePart(e.add(e.sub(arg(0), arg(1)), number(params.margin)));
    return reduced(context, ir.map([between('anchor', 'positive'), nearest], loss), params.reduction);
  },
  torch: ({ params, inputs }) => ({
    loss: pythonCall('F.triplet_margin_loss', [inputs.anchor, inputs.positive, inputs.negative].map(String), {
      margin: params.margin === 1 ? undefined : params.margin,
      p: params.norm === '1' ? 1 : undefined,
      swap: params.swap ? true : undefined,
      reduction: reductionInTorch(params.reduction),
    }),
  }),
  examples: [
    {
      // torch.nn.functional.triplet_margin_loss(anchor, positive, negative, margin=2)
      params: { margin: 2 },
      inputs: {
        anchor: { axes: 'n 2, d 2', values: [1, 2, 0.5, -1] },
        positive: { axes: 'n 2, d 2', values: [0.5, 2.5, 1, -1.5] },
        negative: { axes: 'n 2, d 2', values: [2, 1, -1, 0.3] },
      },
      expect: { loss: { axes: '', values: [1.0075282875575775] } },
    },
    {
      // The same with p=1, swap=True, reduction='none'
      params: { norm: '1', swap: true, reduction: 'none', margin: 2 },
      inputs: {
        anchor: { axes: 'n 2, d 2', values: [1, 2, 0.5, -1] },
        positive: { axes: 'n 2, d 2', values: [1.5, 1.7, 1, -1.5] },
        negative: { axes: 'n 2, d 2', values: [2, 1, -1, 0.3] },
      },
      expect: { loss: { axes: 'n 2', values: [1.5999999999999999, 0.20000000000000018] } },
    },
  ],
});
