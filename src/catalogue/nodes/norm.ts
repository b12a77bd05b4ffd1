/** How long vectors are. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, type Expr, e, number, select, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { shapeOf } from '../given.ts';
import { axisNames, findAxes, placesOf } from '../named-axes.ts';

/** Where all is 0, so is the norm, and no slope is told. */
const unlessZero = (root: Expr) => select(binary('eq', arg(0), number(0)), number(0), root);

export const norm = defineNode({
  type: 'norm',
  category: 'math',
  title: text('Norm', '范数'),
  doc: text(
    'y = (Σ |x|ᵖ)^(1/p) over the last axis or the named ones, which disappear: the length for p = 2, the sum of magnitudes for 1, the largest for ∞. At 0 its slope is told as 0.',
    'y = (Σ |x|ᵖ)^(1/p)，对最后一个轴或所列的轴，这些轴消失：p = 2 为长度，1 为绝对值之和，∞ 为最大绝对值。在 0 处斜率记为 0。',
  ),
  glyph: '‖',
  params: z.object({
    axes: axisNames,
    kind: z
      .enum(['p', 'largest'])
      .default('p')
      .meta({
        label: text('Kind', '种类'),
        options: { p: text('p below', '下列 p'), largest: text('Largest (p = ∞)', '最大（p = ∞）') },
      }),
    p: z
      .number()
      .min(1)
      .max(100)
      .default(2)
      .meta({ label: text('p', 'p') }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ kind, p, axes }) =>
    `‖x‖${kind === 'largest' ? '∞' : p}${axes.length > 0 ? ` over ${axes.join(' ')}` : ''}`,
  infer(context) {
    const over = findAxes(context, context.params.axes);
    return over ? { y: { axes: context.inputs.x?.axes.filter((_, d) => !over.includes(d)) ?? [] } } : {};
  },
  lower({ params: { axes, kind, p }, inputs, inputTypes, ir }) {
    const x = inputs.x as ValueId;
    const over = placesOf(inputTypes.x?.axes ?? [], axes);
    if (kind === 'largest') return { y: ir.reduce('max', ir.apply('abs', x), over) };
    if (p === 1) return { y: ir.sum(ir.apply('abs', x), over) };
    if (p === 2) {
      const all = shapeOf(inputTypes.x).map((_, d) => d);
      const square = ir.contract(
        [x, x],
        [all, all],
        all.filter((d) => !over.includes(d)),
      );
      return { y: ir.map([square], unlessZero(unary('sqrt', arg(0)))) };
    }
    const powers = ir.map([x], unlessZero(binary('pow', unary('abs', arg(0)), number(p))));
    return {
      y: ir.map([ir.sum(powers, over)], unlessZero(binary('pow', arg(0), e.div(number(1), number(p))))),
    };
  },
  torch({ params: { axes, kind, p }, inputs, inputTypes }) {
    const over = placesOf(inputTypes.x?.axes ?? [], axes)
      .map((d) => `${d},`)
      .join(' ');
    return { y: `torch.linalg.vector_norm(${inputs.x}, ${kind === 'largest' ? 'math.inf' : p}, (${over}))` };
  },
  examples: [
    {
      // torch.linalg.vector_norm(x, 2, -1)
      inputs: { x: { axes: 'b 2, i 2', values: [3, 4, -5, 12] } },
      expect: { y: { axes: 'b 2', values: [5, 13] } },
    },
    {
      params: { p: 1, axes: ['i'] },
      inputs: { x: { axes: 'i 2, b 2', values: [3, 4, -5, 12] } },
      expect: { y: { axes: 'b 2', values: [8, 16] } },
    },
    {
      params: { kind: 'largest' },
      inputs: { x: { axes: 'b 2, i 2', values: [3, 4, -15, 12] } },
      expect: { y: { axes: 'b 2', values: [4, 15] } },
    },
    {
      // torch.linalg.vector_norm(x, 3, -1)
      params: { p: 3 },
      inputs: { x: { axes: 'b 2, i 3', values: [3, 4, 5, -1, 2, 0.5] } },
      expect: { y: { axes: 'b 2', values: [6, 2.089669598190616] } },
    },
    {
      inputs: { x: { axes: 'b 2, i 2', values: [0, 0, 1, 0] } },
      expect: { y: { axes: 'b 2', values: [0, 1] } },
      notDifferentiable: ['x'],
    },
  ],
});
