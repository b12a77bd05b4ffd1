/** Rotary positions: queries and keys turned by angles that grow with their place. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { asNumber, constant, multiply } from '../../tensor/size.ts';
import { anglesOf, frequencies } from '../angles.ts';
import { headsUnit } from '../attending.ts';
import { expectNoBatch, roles } from '../axis-roles.ts';
import { defineNode } from '../define.ts';
import { multipleOf } from '../divisibility.ts';
import { shapeOf } from '../given.ts';
import * as params from '../params.ts';
import { continuous, expectQuantities } from '../value-kinds.ts';

const helper = `def rotate(x, heads, base=10000.0, halves=False):
    """Turns pairs of numbers of each head by place / base^(2i / width): arXiv 2104.09864, eq. 34."""
    width = x.shape[-1] // heads
    frequency = base ** (-torch.arange(0, width, 2, device=x.device).to(x.dtype) / width)
    angle = torch.arange(x.shape[-2], device=x.device)[:, None, None] * frequency
    pairs = x.unflatten(-1, (heads, 2, width // 2) if halves else (heads, width // 2, 2))
    axis = -2 if halves else -1
    a, b = pairs.unbind(axis)
    sin, cos = angle.sin(), angle.cos()
    return torch.stack((a * cos - b * sin, a * sin + b * cos), axis).flatten(-3)`;

export const rotary = defineNode({
  type: 'rotary',
  category: 'layer',
  title: text('Rotary positions', '旋转位置'),
  // J. Su et al., "RoFormer: enhanced transformer with rotary position embedding", arXiv 2104.09864, eq. 34.
  doc: text(
    'Turns pairs of numbers along the last axis of x […, t, d] by the angle t · base^(−2i/D), in each head by itself. Where queries and keys are turned so, their product depends on how far apart they stand.',
    '把 x […, t, d] 最后一个轴上的数两两一对，按角度 t · base^(−2i/D) 旋转，各头自成一组。查询与键都这样旋转后，其乘积只取决于两者的距离。',
  ),
  glyph: '⟳',
  params: z.object({
    heads: params
      .count(1000)
      .default(1)
      .meta({ label: text('Heads', '头数'), doc: text('They share the width equally', '各头平分宽度') }),
    base: z
      .number()
      .positive()
      .default(10_000)
      .meta({ label: text('Base', '底数') }),
    pairs: z
      .enum(['interleaved', 'halves'])
      .default('interleaved')
      .meta({
        label: text('Pairs', '配对'),
        options: {
          interleaved: text('Neighbours', '相邻两数'),
          halves: text('First and second half', '前半与后半'),
        },
        doc: text(
          'Weights of the published LLaMA are of neighbours, those of GPT-NeoX of halves',
          '公开的 LLaMA 权重按相邻两数，GPT-NeoX 的按前后两半',
        ),
      }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ heads }) => `R(t) x${heads === 1 ? '' : `, ${heads} ×`}`,
  infer(context) {
    const { params: given, inputs, unify, fresh, report } = context;
    const axes = inputs.x?.axes ?? [];
    const width = axes.at(-1);
    if (!width || axes.length < 2) {
      const names = axes.map((a) => a.name).join(', ') || '–';
      report('rank-mismatch', { port: 'x' }, { what: 'x', actual: axes.length, axes: names, expected: 2 });
      return {};
    }
    expectQuantities(context, 'x');
    expectNoBatch(context, 'x', axes.at(-2), roles.places);
    const [parts, size] = [2 * given.heads, asNumber(width.size)];
    if (size !== undefined && size % parts !== 0) {
      const told = multipleOf(width.name, size, parts, text(' halves of heads', ' 个半头'));
      report('not-a-multiple', { port: 'x', axis: width.name }, told);
      return {};
    }
    const even = { name: width.name, size: multiply(constant(parts), fresh()) };
    unify(width, even, { port: 'x', axis: width.name });
    return { y: { axes, valueKind: continuous } };
  },
  lower({ params: { heads, base, pairs: kind }, inputs, inputTypes, ir }) {
    const shape = shapeOf(inputTypes.x);
    const [length, width] = shape.slice(-2) as [number, number];
    const count = width / heads / 2;
    const before = shape.slice(0, -1);
    // […, t, head, pair], the two of a pair along an axis before it or behind.
    const axis = before.length + (kind === 'halves' ? 1 : 2);
    const single = [...before, heads, count];
    const split = [...single.slice(0, axis), 2, ...single.slice(axis)];
    const apart = ir.reshape(inputs.x as ValueId, split);
    const [a, b] = [0, 1].map((i) => ir.reshape(ir.part(apart, axis, i, 1), single)) as [ValueId, ValueId];
    const { sin, cos } = anglesOf(ir, length, frequencies(count, 2 * count, base));
    const all = single.map((_, d) => d);
    const angle = [before.length - 1, all.length - 1];
    const [as, bs, s, c] = [arg(0), arg(1), arg(2), arg(3)];
    const turn = (expr: typeof as) =>
      ir.reshape(ir.map([a, b, sin, cos], expr, [all, all, angle, angle], single), [
        ...single.slice(0, axis),
        1,
        ...single.slice(axis),
      ]);
    const turned = [turn(e.sub(e.mul(as, c), e.mul(bs, s))), turn(e.add(e.mul(as, s), e.mul(bs, c)))];
    return { y: ir.reshape(ir.concat(turned, axis), shape) };
  },
  torch({ params: { heads, base, pairs: kind }, inputs, helper: define }) {
    const options = `${base === 10_000 ? '' : `, base=${base}`}${kind === 'halves' ? ', halves=True' : ''}`;
    return { y: `${define(helper)}(${inputs.x}, ${heads}${options})` };
  },
  parts: headsUnit,
  examples: [
    {
      // torch.view_as_real(torch.view_as_complex(pairs) * torch.polar(1, angle))
      params: { heads: 1 },
      inputs: { x: { axes: 't 3, d 4', values: [1, 2, 3, 4, -1, 0.5, 2, -0.25, 0.75, -2, 1, 1.5] } },
      expect: {
        y: {
          axes: 't 3, d 4',
          values: [
            1.0, 2.0, 3.0, 4.0, -0.961037798272088, -0.5713198318738266, 2.002399959166872,
            -0.22998783343583298, 1.5064847262410066, 1.5142667432135462, 0.9698020066265781,
            1.5196986766931997,
          ],
        },
      },
    },
    {
      // The same of pairs x[i], x[i + 1] of each of two heads.
      params: { heads: 2, pairs: 'halves', base: 100 },
      inputs: {
        x: { axes: 't 2, d 8', values: [1, 2, 3, 4, -1, 0.5, 2, -0.25, 0.75, -2, 1, 1.5, 3, -3, 0.5, 0.1] },
      },
      expect: {
        y: {
          axes: 't 2, d 8',
          values: [
            1.0, 2.0, 3.0, 4.0, -1.0, 0.5, 2.0, -0.25, -0.4362442554067917, -2.139758455526294,
            1.171405544474062, 1.2928394146233826, 1.200171425200471, -2.9949958374987604, 2.7945641073577594,
            -0.19999983341268188,
          ],
        },
      },
    },
    {
      notDifferentiable: ['x'],
      inputs: { x: { axes: 'b 1, t 66, d 2' } },
      expect: { y: { axes: 'b 1, t 66, d 2' } },
    },
  ],
});
