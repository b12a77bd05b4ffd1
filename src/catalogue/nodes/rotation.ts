/** A rotation of space, as a matrix. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import * as params from '../params.ts';
import { mostTurned, numbersOfRotation, rotationsOf, torchRotations } from '../rotations.ts';
import { tensorCode } from '../torch.ts';
import { continuous } from '../value-kinds.ts';

export const rotation = defineNode({
  type: 'rotation',
  category: 'tensor',
  title: text('Rotation', '旋转'),
  doc: text(
    'A matrix Q with QᵀQ = 1 and determinant 1: by an angle in the plane of the first two coordinates, or at random, every rotation equally likely; of 1 to 16 dimensions.',
    '满足 QᵀQ = 1、行列式为 1 的矩阵 Q：在前两个坐标的平面内转过一个角度，或随机抽取（各旋转等可能）；维数为 1 到 16。',
  ),
  glyph: '↻',
  params: z.object({
    dimensions: z
      .int()
      .min(1)
      .max(mostTurned)
      .default(3)
      .meta({ label: text('Dimensions', '维数') }),
    draw: z
      .enum(['random', 'angle'])
      .default('random')
      .meta({
        label: text('Which', '哪一个'),
        options: { random: text('Random', '随机'), angle: text('By the angle', '按角度') },
      }),
    degrees: z
      .number()
      .default(30)
      .meta({ label: text('Angle (°)', '角度（°）') }),
    rows: params.indexName.default('e').meta({ label: text('Rotated index', '旋转后的指标名') }),
    columns: params.indexName.default('d').meta({ label: text('Given index', '原指标名') }),
  }),
  inputs: [],
  outputs: [{ name: 'out' }],
  summary: ({ draw, degrees }) => (draw === 'angle' ? `${degrees}°` : 'QᵀQ = 1'),
  infer({ params: { dimensions, rows, columns }, size, report }) {
    const n = size(dimensions, 'dimensions');
    if (rows === columns) report('name-twice', { param: 'columns', axis: columns }, { axis: columns });
    return {
      out: {
        axes: [
          { name: rows, size: n },
          { name: columns, size: n },
        ],
        valueKind: continuous,
      },
    };
  },
  lower({ params: { draw, degrees }, outputTypes, ir, drawn }) {
    const n = outputTypes.out?.axes[0]?.size as number;
    if (draw === 'angle') return { out: ir.constant([n, n], byAngle(n, degrees)) };
    if (n === 1) return { out: ir.full([1, 1], 1) };
    const all: ValueId = rotationsOf(ir, drawn('normal', [1, numbersOfRotation(n)]), n);
    return { out: ir.reshape(all, [n, n]) };
  },
  torch({ params: { draw, degrees }, outputTypes, constant, drawn, helper }) {
    const n = outputTypes.out?.axes[0]?.size as number;
    if (draw === 'angle') return { out: constant('', tensorCode(byAngle(n, degrees), [n, n])) };
    if (n === 1) return { out: 'torch.ones(1, 1)' };
    return { out: `${helper(torchRotations)}(${drawn('normal', [1, numbersOfRotation(n)])}, ${n})[0]` };
  },
  examples: [
    {
      params: { draw: 'angle', degrees: 90, dimensions: 3 },
      expect: {
        out: {
          axes: 'e 3, d 3',
          values: [6.123233995736766e-17, -1, 0, 1, 6.123233995736766e-17, 0, 0, 0, 1],
        },
      },
    },
    {
      params: { draw: 'angle', degrees: -30, dimensions: 2, rows: 'y', columns: 'x' },
      expect: {
        out: { axes: 'y 2, x 2', values: [0.8660254037844387, 0.5, -0.5, 0.8660254037844387] },
      },
    },
    { params: { dimensions: 4 }, expect: { out: { axes: 'e 4, d 4' } } },
  ],
});

function byAngle(n: number, degrees: number): number[] {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const plane = [cos, -sin, sin, cos];
  return Array.from({ length: n * n }, (_, place) => {
    const [row, column] = [Math.floor(place / n), place % n];
    if (n > 1 && row < 2 && column < 2) return plane[2 * row + column] as number;
    return row === column ? 1 : 0;
  });
}
