/** Hamilton's equations of a drawn energy: how positions and momenta move. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { gradient } from '../../ir/gradient.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { axisOfHalves, expectHalves, halvesOf } from '../halves.ts';
import { torchGradient } from '../torch.ts';
import { continuous } from '../value-kinds.ts';

export const hamiltonianField = defineNode({
  type: 'hamiltonian-field',
  category: 'math',
  title: text('Hamiltonian field', '哈密顿场'),
  doc: text(
    'For a state (q, p) and an energy H drawn from it: dq/dt = ∂H/∂p, dp/dt = −∂H/∂q, the gradient turned by J. Along it H does not change. H may have a value for each row of a batch: each row moves by its own.',
    '对状态 (q, p) 及由它画出的能量 H：dq/dt = ∂H/∂p，dp/dt = −∂H/∂q，即梯度经 J 旋转。沿此场 H 不变。H 可以每行各有一个值：各行依自己的 H 运动。',
  ),
  glyph: '⟲',
  params: z.object({ halves: halvesOf }),
  inputs: [
    { name: 'energy', title: text('energy H', '能量 H') },
    { name: 'state', title: text('state (q, p)', '状态 (q, p)') },
  ],
  outputs: [{ name: 'field', title: text('field', '场') }],
  summary: () => 'J ∇H',
  differentiates: { of: 'energy', by: 'state' },
  infer(context) {
    const axes = context.inputs.state?.axes ?? [];
    return expectHalves(context, 'state', axes) ? { field: { axes, valueKind: continuous } } : {};
  },
  lower({ params, inputs, inputTypes, ir }) {
    const state = inputs.state as ValueId;
    const axis = axisOfHalves(inputTypes.state?.axes ?? [], params.halves);
    // Rows that do not touch each other each get their own gradient from the one of the sum.
    const [slope] = gradient(ir, ir.sum(inputs.energy as ValueId), [state]) as [ValueId];
    const half = (ir.shape(state)[axis] as number) / 2;
    const force = ir.apply('neg', ir.part(slope, axis, 0, half));
    return { field: ir.concat([ir.part(slope, axis, half, half), force], axis) };
  },
  torch({ params, inputs, inputTypes, let: assign, helper }) {
    const axis = axisOfHalves(inputTypes.state?.axes ?? [], params.halves);
    const rank = inputTypes.state?.axes.length ?? 0;
    const slope = `${helper(torchGradient)}(${inputs.energy}.sum(), ${inputs.state})`;
    const halves = assign('slopes', `${slope}.chunk(2, ${axis - rank})`);
    return { field: `torch.cat([${halves}[1], -${halves}[0]], ${axis - rank})` };
  },
  examples: [
    {
      // H = q₁² + q₂² + p₁² + p₂² for two rows: (2p, −2q)
      inputs: { state: { axes: 'b 2, f 4', values: [1, 2, 3, 4, -1, 0.5, 0, 2] } },
      drawn: {
        nodes: {
          square: { type: 'activation', params: { function: 'square' } },
          sum: { type: 'contract', params: { expression: 'bf->b' } },
        },
        wires: ['in-state.out > square.x', 'square.y > sum.a', 'sum.out > node.energy'],
      },
      expect: { field: { axes: 'b 2, f 4', values: [6, 8, -2, -4, 0, 4, 2, -1] } },
    },
    {
      // H = Σ cos z: (−sin p, sin q), by NumPy; the halves are those of the first axis.
      params: { halves: 's' },
      inputs: { state: { axes: 's 2, n 2', values: [1, 0.5, -0.7, 0.3] } },
      drawn: {
        nodes: {
          cos: { type: 'activation', params: { function: 'cos' } },
          sum: { type: 'contract', params: { expression: 'sn->' } },
        },
        wires: ['in-state.out > cos.x', 'cos.y > sum.a', 'sum.out > node.energy'],
      },
      expect: {
        field: {
          axes: 's 2, n 2',
          values: [0.644217687237691, -0.29552020666133955, 0.8414709848078965, 0.479425538604203],
        },
      },
    },
  ],
});
