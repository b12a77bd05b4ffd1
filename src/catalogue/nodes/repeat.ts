/** Repeats a tensor along new axes, by a pattern. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import {
  inferRegrouping,
  merge,
  regroupingOf,
  regroupingParams,
  splitApart,
  torchRegrouping,
} from '../regrouping.ts';

export const repeat = defineNode({
  type: 'repeat',
  category: 'math',
  title: text('Repeat', '重复'),
  // A. Rogozhnikov, "Einops", ICLR 2022.
  doc: text(
    'Repeats a tensor along new axes by a pattern of einops: b d -> b t d with the size t 4; h w -> (h 2) (w 2) is written h w -> (h u) (w v) with u 2, v 2.',
    '按 einops 的模式沿新的轴重复张量：b d -> b t d，大小 t 4；放大两倍写作 h w -> (h u) (w v)，大小 u 2、v 2。',
  ),
  glyph: '❐',
  params: z.object(regroupingParams('d -> t d')),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ pattern }) => pattern.replace('->', '→'),
  infer(context) {
    const axes = inferRegrouping(context, 'repeat');
    return axes ? { y: { axes, valueKind: context.inputs.x?.valueKind } } : {};
  },
  lower({ params, inputs, inputTypes, ir, size }) {
    const grouping = regroupingOf(params, 'repeat', inputTypes.x, size);
    return { y: merge(ir, splitApart(ir, inputs.x as ValueId, grouping).split, grouping) };
  },
  torch({ params, inputs, inputTypes, size, length }) {
    const grouping = regroupingOf(params, 'repeat', inputTypes.x, size);
    const { split, rest } = torchRegrouping(grouping, inputTypes.x, (axis) => length('x', axis));
    return { y: `${inputs.x}${split}${rest}` };
  },
  examples: [
    {
      // einops.repeat(x, 'b d -> b t d', t=2), torch: x[:, None].expand(-1, 2, -1)
      params: { pattern: 'b d -> b t d', sizes: [{ name: 't', size: 2 }] },
      inputs: { x: { axes: 'b 2, d 2', values: [1, 2, 3, 4] } },
      expect: { y: { axes: 'b 2, t 2, d 2', values: [1, 2, 1, 2, 3, 4, 3, 4] } },
    },
    {
      // torch.repeat_interleave(x, 2, 1).T
      params: { pattern: 'h w -> (w v) h', sizes: [{ name: 'v', size: 2 }] },
      inputs: { x: { axes: 'h 2, w 2', values: [1, 2, 3, 4] } },
      expect: { y: { axes: 'wv 4, h 2', values: [1, 3, 1, 3, 2, 4, 2, 4] } },
    },
    {
      params: { pattern: '-> n', sizes: [{ name: 'n', size: 3 }] },
      inputs: { x: { axes: '', values: [5] } },
      expect: { y: { axes: 'n 3', values: [5, 5, 5] } },
    },
  ],
});
