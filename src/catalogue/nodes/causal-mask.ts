/** Which places may see which: no later one, and none too far back. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number } from '../../ir/expr.ts';
import { defineNode } from '../define.ts';
import { shapeOf } from '../given.ts';
import * as params from '../params.ts';

export const causalMask = defineNode({
  type: 'causal-mask',
  category: 'tensor',
  title: text('Causal mask', '因果掩码'),
  doc: text(
    'M[t, s] = 1 where s ≤ t, else 0: no place sees a later one. With a window w only the last w places are seen, t − w < s.',
    'M[t, s] 在 s ≤ t 处为 1，否则为 0：看不到其后的位置。设窗口 w 时只看最近的 w 个位置，t − w < s。',
  ),
  glyph: '◺',
  params: z.object({
    size: params.size.default(8).meta({ label: text('Places', '位置数') }),
    names: z
      .array(params.indexName)
      .length(2)
      .default(['t', 's'])
      .meta({
        label: text('Axes', '轴'),
        doc: text('Who sees, what is seen', '观看者、被看者'),
        widget: 'names',
      }),
    window: z
      .int()
      .min(1)
      .max(1_000_000)
      .optional()
      .meta({ label: text('Window', '窗口'), doc: text('Empty: all before', '留空则看到之前全部') }),
  }),
  inputs: [],
  outputs: [{ name: 'out' }],
  summary: ({ window }) => (window === undefined ? 's ≤ t' : `t − ${window} < s ≤ t`),
  infer({ params: { size: written, names }, size, report }) {
    const [t = 't', s = 's'] = names;
    if (t === s) report('name-twice', { param: 'names', axis: t }, { axis: t });
    const places = size(written, 'size');
    return {
      out: {
        axes: [
          { name: t, size: places },
          { name: s, size: places },
        ],
      },
    };
  },
  lower({ params: { window }, outputTypes, ir }) {
    const shape = shapeOf(outputTypes.out);
    const [n = 1] = shape;
    const seen = binary('le', arg(1), arg(0));
    const isNear = binary('lt', e.sub(arg(0), number(window ?? n)), arg(1));
    const places = [ir.iota(n), ir.iota(n)];
    return { out: ir.map(places, window === undefined ? seen : e.mul(seen, isNear), [[0], [1]], shape) };
  },
  torch({ params: { window }, outputTypes }) {
    const [n] = shapeOf(outputTypes.out);
    const near = window === undefined ? '' : `.triu(${1 - window})`;
    return { out: `torch.ones(${n}, ${n}).tril()${near}` };
  },
  examples: [
    {
      // torch.ones(3, 3).tril()
      params: { size: 3 },
      expect: { out: { axes: 't 3, s 3', values: [1, 0, 0, 1, 1, 0, 1, 1, 1] } },
    },
    {
      // torch.ones(4, 4).tril().triu(-1)
      params: { size: 4, window: 2 },
      expect: { out: { axes: 't 4, s 4', values: [1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1] } },
    },
  ],
});
