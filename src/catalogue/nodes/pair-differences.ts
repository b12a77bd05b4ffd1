/** The vector from each body to each other one. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { shapeOf } from '../given.ts';
import { expectBodies, pairName } from '../pairs.ts';
import { continuous } from '../value-kinds.ts';

export const pairDifferences = defineNode({
  type: 'pair-differences',
  category: 'math',
  title: text('Pair differences', '两两之差'),
  doc: text(
    'd[…, i, j, :] = r[…, i, :] − r[…, j, :], for positions r whose last two indices are bodies and coordinates. A shift of all bodies changes none of them; a rotation turns each.',
    'd[…, i, j, :] = r[…, i, :] − r[…, j, :]，r 的最后两个指标为物体与坐标。整体平移不改变任何差，旋转使每个差随之转动。',
  ),
  glyph: '⇄',
  params: z.object({ name: pairName }),
  inputs: [{ name: 'r', title: text('positions r', '位置 r') }],
  outputs: [{ name: 'out' }],
  summary: ({ name }) => `rᵢ − r${name === 'j' ? 'ⱼ' : ` ${name}`}`,
  infer(context) {
    const bodies = expectBodies(context);
    if (!bodies) return {};
    const { before, body, other, coordinate } = bodies;
    return { out: { axes: [...before, body, other, coordinate], valueKind: continuous } };
  },
  lower({ inputs, outputTypes, ir }) {
    const r = inputs.r as ValueId;
    const shape = shapeOf(outputTypes.out);
    const last = shape.length - 1;
    const before = shape.slice(0, -3).map((_, d) => d);
    const [first, second] = [last - 2, last - 1].map((d) => [...before, d, last]) as [number[], number[]];
    return { out: ir.map([r, r], e.sub(arg(0), arg(1)), [first, second], shape) };
  },
  torch: ({ inputs: { r } }) => ({ out: `${r}.unsqueeze(-2) - ${r}.unsqueeze(-3)` }),
  examples: [
    {
      inputs: { r: { axes: 'i 3, d 2', values: [1, 2, 4, 6, -1, 0.5] } },
      expect: {
        out: {
          axes: 'i 3, j 3, d 2',
          values: [0, 0, -3, -4, 2, 1.5, 3, 4, 0, 0, 5, 5.5, -2, -1.5, -5, -5.5, 0, 0],
        },
      },
    },
    {
      params: { name: 'k' },
      inputs: { r: { axes: 'b 2, i 2, d 1', values: [1, 4, -2, 3] } },
      expect: { out: { axes: 'b 2, i 2, k 2, d 1', values: [0, -3, 3, 0, 0, -5, 5, 0] } },
    },
  ],
});
