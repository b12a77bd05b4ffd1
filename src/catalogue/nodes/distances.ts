/** How far each body is from each other one. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { expectBodies, pairName } from '../pairs.ts';
import { continuous } from '../value-kinds.ts';

/**
 * √s, with derivative 0 where s is 0: a body is at no distance from itself, and stays so. There the root is
 * taken of 1, so that no derivative, of any order, divides by 0; NaN stays NaN.
 */
const s = arg(0);
const isZero = binary('eq', s, number(0));
const root = e.mul(e.sub(number(1), isZero), unary('sqrt', e.add(s, isZero)));

const torchRoot = `def root(squares):
    """A square root whose derivative at 0 is 0: a body is at no distance from itself, and stays so."""
    is_zero = squares == 0
    safe = torch.where(is_zero, torch.ones_like(squares), squares)
    return torch.where(is_zero, torch.zeros_like(squares), torch.sqrt(safe))`;

export const distances = defineNode({
  type: 'distances',
  category: 'math',
  title: text('Distances', '两两距离'),
  doc: text(
    'D[…, i, j] = ‖r[…, i, :] − r[…, j, :]‖, for positions r whose last two indices are bodies and coordinates; neither rotations nor shifts change it. At distance 0 the derivative is 0.',
    'D[…, i, j] = ‖r[…, i, :] − r[…, j, :]‖，r 的最后两个指标为物体与坐标；旋转与平移都不改变它。距离为 0 处导数取 0。',
  ),
  glyph: '↔',
  params: z.object({ name: pairName }),
  inputs: [{ name: 'r', title: text('positions r', '位置 r') }],
  outputs: [{ name: 'out' }],
  summary: ({ name }) => `‖rᵢ − r${name === 'j' ? 'ⱼ' : ` ${name}`}‖`,
  infer(context) {
    const bodies = expectBodies(context);
    if (!bodies) return {};
    return { out: { axes: [...bodies.before, bodies.body, bodies.other], valueKind: continuous } };
  },
  lower({ inputs, ir }) {
    const r = inputs.r as ValueId;
    const shape = ir.shape(r);
    const [bodies, coordinates] = shape.slice(-2) as [number, number];
    const before = shape.slice(0, -2).map((_, d) => d);
    const [i, j, c] = [before.length, before.length + 1, before.length + 2];
    const squares = ir.map(
      [r, r],
      e.mul(e.sub(arg(0), arg(1)), e.sub(arg(0), arg(1))),
      [
        [...before, i, c],
        [...before, j, c],
      ],
      [...shape.slice(0, -2), bodies, bodies, coordinates],
    );
    return { out: ir.map([ir.sum(squares, [c])], root) };
  },
  torch({ inputs: { r }, helper }) {
    const squares = `((${r}.unsqueeze(-2) - ${r}.unsqueeze(-3)) ** 2).sum(-1)`;
    return { out: `${helper(torchRoot)}(${squares})` };
  },
  examples: [
    {
      inputs: { r: { axes: 'i 3, d 2', values: [1, 2, 4, 6, 1, -1] } },
      expect: {
        out: { axes: 'i 3, j 3', values: [0, 5, 3, 5, 0, 7.615773105863909, 3, 7.615773105863909, 0] },
      },
    },
    {
      params: { name: 'k' },
      inputs: { r: { axes: 'b 2, i 2, d 1', values: [1, 4, -2, 3] } },
      expect: { out: { axes: 'b 2, i 2, k 2', values: [0, 3, 3, 0, 0, 5, 5, 0] } },
    },
  ],
});
