/** A gate: one tensor lets another through. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e, substituteArgs } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { asNumber, constant, multiply } from '../../tensor/size.ts';
import { broadcastTypes } from '../broadcast.ts';
import { defineNode } from '../define.ts';
import { multipleOf } from '../divisibility.ts';
import { elementwise, torchOperands } from '../elementwise.ts';
import { scalarFunctions, torchFunction } from '../scalar-functions.ts';
import { expectQuantities } from '../value-kinds.ts';

/** What opens and closes the gate. */
const gates = ['sigmoid', 'silu', 'gelu', 'gelu-tanh', 'relu', 'tanh', 'linear'] as const;
type Gate = (typeof gates)[number];

/** a ⊗ f(b) */
const gated = (name: Gate) =>
  e.mul(arg(0), name === 'linear' ? arg(1) : substituteArgs(scalarFunctions[name].expr, () => arg(1)));

export const glu = defineNode({
  type: 'glu',
  category: 'layer',
  title: text('Gate', '门控'),
  // Y. Dauphin et al., arXiv 1612.08083; N. Shazeer, "GLU variants improve transformer", arXiv 2002.05202.
  doc: text(
    'y = x ⊗ f(gate), element by element. Without a wire at gate, x is split along its last axis: the first half is let through by f of the second, as torch.nn.functional.glu does. With silu and two Linear before it: SwiGLU.',
    'y = x ⊗ f(门)，逐元素。“门”未接入时，x 沿最后一个轴对半分：后一半经 f 之后放行前一半，同 torch.nn.functional.glu。前面是两个“线性层”且 f 为 silu 时即 SwiGLU。',
  ),
  glyph: '⊗',
  params: z.object({
    function: z
      .enum(gates)
      .default('sigmoid')
      .meta({ label: text('Function f', '函数 f') }),
  }),
  inputs: [{ name: 'x' }, { name: 'gate', title: text('gate', '门'), optional: true }],
  outputs: [{ name: 'y' }],
  summary: ({ function: name }) => `x ⊗ ${name}(g)`,
  infer(context) {
    const { inputs, report, unify, fresh } = context;
    for (const port of ['x', 'gate']) expectQuantities(context, port);
    const x = inputs.x ?? { axes: [] };
    if (inputs.gate) {
      const type = broadcastTypes(context, x, inputs.gate, ['x', 'gate']);
      return type ? { y: type } : {};
    }
    const width = x.axes.at(-1);
    if (!width) {
      report('rank-mismatch', { port: 'x' }, { what: 'x', actual: 0, axes: '–', expected: 1 });
      return {};
    }
    const size = asNumber(width.size);
    if (size !== undefined && size % 2 !== 0) {
      const told = multipleOf(width.name, size, 2, text(' halves', ' 半'));
      report('not-a-multiple', { port: 'x', axis: width.name }, told);
      return {};
    }
    const part = { name: width.name, size: fresh() };
    unify(width, { ...part, size: multiply(constant(2), part.size) }, { port: 'x', axis: width.name });
    return { y: { axes: [...x.axes.slice(0, -1), part] } };
  },
  lower(context) {
    const { params, inputs, ir } = context;
    const x = inputs.x as ValueId;
    if (inputs.gate !== undefined) return { y: elementwise(context, ['x', 'gate'], gated(params.function)) };
    const last = ir.shape(x).length - 1;
    const half = (ir.shape(x)[last] as number) / 2;
    return { y: ir.map([ir.part(x, last, 0, half), ir.part(x, last, half, half)], gated(params.function)) };
  },
  torch(context) {
    const { function: name } = context.params;
    const through = (g: string) => (name === 'linear' ? g : torchFunction(name, g));
    if (context.inputs.gate !== undefined) {
      const [x = '', gate = ''] = torchOperands(context, ['x', 'gate']);
      return { y: `${x} * ${through(gate)}` };
    }
    if (name === 'sigmoid') return { y: `F.glu(${context.inputs.x})` };
    const halves = context.let('halves', `${context.inputs.x}.chunk(2, -1)`);
    return { y: `${halves}[0] * ${through(`${halves}[1]`)}` };
  },
  examples: [
    {
      // torch.nn.functional.glu(x)
      inputs: { x: { axes: 'b 2, i 4', values: [1, 2, 0, Math.log(3), -3, 4, -Math.log(3), 0] } },
      expect: { y: { axes: 'b 2, i 2', values: [0.5, 1.5, -0.75, 2] } },
    },
    {
      // x * torch.nn.functional.silu(gate)
      params: { function: 'silu' },
      inputs: { x: { axes: 'i 3', values: [2, -1, 0.5] }, gate: { axes: 'i 3', values: [1, -2, 0.25] } },
      expect: { y: { axes: 'i 3', values: [1.4621171572600098, 0.2384058440442351, 0.07027206261072476] } },
    },
    {
      params: { function: 'gelu' },
      inputs: { x: { axes: 'b 2, i 3' }, gate: { axes: 'b 2' } },
      expect: { y: { axes: 'b 2, i 3' } },
    },
  ],
});
