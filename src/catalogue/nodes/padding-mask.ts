/** Which places of sequences of different lengths are real. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { shapeOf } from '../given.ts';
import { withLast } from '../named-axes.ts';
import * as params from '../params.ts';

export const paddingMask = defineNode({
  type: 'padding-mask',
  category: 'math',
  title: text('Padding mask', '填充掩码'),
  doc: text(
    'M[…, s] = 1 where s < length[…], else 0: what stands behind the end of a sequence is seen by nobody. For the port padding of attention.',
    'M[…, s] 在 s < length[…] 处为 1，否则为 0：序列末尾之后的位置不可见。接到注意力的“填充”端口。',
  ),
  glyph: '▭',
  params: z.object({
    size: params.size.default(8).meta({ label: text('Places', '位置数') }),
    name: params.indexName.default('s').meta({ label: text('Axis', '轴') }),
  }),
  inputs: [{ name: 'length', title: text('length', '长度') }],
  outputs: [{ name: 'y' }],
  summary: ({ name }) => `${name} < length`,
  infer(context) {
    const { params: given, inputs, size } = context;
    const places = { name: given.name, size: size(given.size, 'size') };
    return { y: { axes: withLast(context, inputs.length?.axes ?? [], places) } };
  },
  lower({ inputs, outputTypes, ir }) {
    const shape = shapeOf(outputTypes.y);
    const rows = shape.map((_, d) => d).slice(0, -1);
    const places = ir.iota(shape.at(-1) as number);
    const isReal = binary('lt', arg(0), arg(1));
    return { y: ir.map([places, inputs.length as ValueId], isReal, [[rows.length], rows], shape) };
  },
  torch({ inputs, outputTypes }) {
    const count = shapeOf(outputTypes.y).at(-1);
    const { length } = inputs;
    return {
      y: `(torch.arange(${count}, device=${length}.device) < ${length}[..., None]).to(${length})`,
    };
  },
  detached: ['length'],
  examples: [
    {
      // (torch.arange(3) < length[..., None]).float()
      params: { size: 3 },
      inputs: { length: { axes: 'b 3', values: [2, 0, 3] } },
      expect: { y: { axes: 'b 3, s 3', values: [1, 1, 0, 0, 0, 0, 1, 1, 1] } },
      notDifferentiable: ['length'],
    },
  ],
});
