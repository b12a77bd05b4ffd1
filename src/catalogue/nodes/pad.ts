/** Zeros around a tensor. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { add, constant } from '../../tensor/size.ts';
import { defineNode } from '../define.ts';
import { axisNames, findAxes, placesOf } from '../named-axes.ts';

const margin = z.int().min(0).max(1_000_000);

export const pad = defineNode({
  type: 'pad',
  category: 'math',
  title: text('Pad', '补零'),
  doc: text(
    'Zeros before and after, along the last axis or the named ones.',
    '沿最后一个轴或所列的轴，在前后补零。',
  ),
  glyph: '⊡',
  params: z.object({
    axes: axisNames,
    before: margin.default(1).meta({ label: text('Before', '前') }),
    after: margin.default(1).meta({ label: text('After', '后') }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ before, after }) => `${before} + x + ${after}`,
  infer(context) {
    const { params, inputs } = context;
    const places = findAxes(context, params.axes);
    if (!inputs.x || !places) return {};
    const more = constant(params.before + params.after);
    return {
      y: {
        axes: inputs.x.axes.map((axis, d) =>
          places.includes(d) ? { name: axis.name, size: add(axis.size, more) } : axis,
        ),
      },
    };
  },
  lower({ params: { axes, before }, inputs, inputTypes, outputTypes, ir }) {
    const places = placesOf(inputTypes.x?.axes ?? [], axes);
    const shape = outputTypes.y?.axes.map((a) => a.size) ?? [];
    const starts = shape.map((_, d) => (places.includes(d) ? before : 0));
    const steps = shape.map(() => 1);
    return { y: ir.pad(inputs.x as ValueId, starts, steps, shape) };
  },
  torch({ params: { axes, before, after }, inputs, inputTypes }) {
    const all = inputTypes.x?.axes ?? [];
    const places = placesOf(all, axes);
    // Pairs from the last axis on.
    const margins = [...all.keys()].slice(Math.min(...places)).reverse();
    const pairs = margins.map((d) => (places.includes(d) ? `${before}, ${after}` : '0, 0'));
    return { y: `F.pad(${inputs.x}, (${pairs.join(', ')}))` };
  },
  examples: [
    {
      inputs: { x: { axes: 'i 2', values: [1, 2] } },
      expect: { y: { axes: 'i 4', values: [0, 1, 2, 0] } },
    },
    {
      params: { axes: ['h', 'w'], before: 0, after: 1 },
      inputs: { x: { axes: 'h 1, b 2, w 1', values: [1, 2] } },
      expect: { y: { axes: 'h 2, b 2, w 2', values: [1, 0, 2, 0, 0, 0, 0, 0] } },
    },
  ],
});
