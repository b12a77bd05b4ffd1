/** The smooth maximum. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number, select, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { shapeOf } from '../given.ts';
import { axisNames, findAxes, placesOf } from '../named-axes.ts';

export const logSumExpNode = defineNode({
  type: 'log-sum-exp',
  category: 'math',
  title: text('Log-sum-exp', '对数求和指数'),
  doc: text(
    'y = ln Σ exp(x) over the last axis or the named ones, which disappear: a free energy, and a maximum that can be differentiated. Large x do not overflow.',
    'y = ln Σ exp(x)，对最后一个轴或所列的轴，这些轴消失：是自由能，也是可微的最大值。很大的 x 也不会溢出。',
  ),
  glyph: '⋁',
  params: z.object({ axes: axisNames }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ axes }) => `ln Σ eˣ${axes.length > 0 ? ` over ${axes.join(' ')}` : ''}`,
  infer(context) {
    const over = findAxes(context, context.params.axes);
    return over ? { y: { axes: context.inputs.x?.axes.filter((_, d) => !over.includes(d)) ?? [] } } : {};
  },
  lower({ params: { axes }, inputs, inputTypes, ir }) {
    const x = inputs.x as ValueId;
    const all = shapeOf(inputTypes.x).map((_, d) => d);
    const over = placesOf(inputTypes.x?.axes ?? [], axes);
    const kept = all.filter((d) => !over.includes(d));
    // What is shifted by comes back: it has no derivative. Of an infinite one nothing is left to shift.
    const largest = ir.reduce('max', x, over, true);
    const isInfinite = binary('eq', unary('abs', arg(0)), number(Number.POSITIVE_INFINITY));
    const shift = ir.map([largest], select(isInfinite, number(0), arg(0)));
    const shifted = ir.map([x, shift], unary('exp', e.sub(arg(0), arg(1))), [all, kept]);
    return { y: ir.map([ir.sum(shifted, over), shift], e.add(unary('log', arg(0)), arg(1))) };
  },
  torch({ params: { axes }, inputs, inputTypes }) {
    const over = placesOf(inputTypes.x?.axes ?? [], axes);
    return { y: `torch.logsumexp(${inputs.x}, (${over.map((d) => `${d},`).join(' ')}))` };
  },
  examples: [
    {
      // torch.logsumexp(x, -1)
      inputs: { x: { axes: 'b 2, i 3', values: [1, 2, 3, 1000, 1000, -1000] } },
      expect: { y: { axes: 'b 2', values: [3.4076059644443806, 1000.6931471805599] } },
      notDifferentiable: ['x'],
    },
    {
      params: { axes: ['h', 'c'] },
      inputs: { x: { axes: 'c 2, b 2, h 2' } },
      expect: { y: { axes: 'b 2' } },
    },
  ],
});
