/** Long short-term memory. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e, unary } from '../../ir/expr.ts';
import { defineNode } from '../define.ts';
import {
  type Cell,
  gate,
  inferRecurrence,
  learnedOfRecurrence,
  lowerRecurrence,
  recurrenceInputs,
  recurrenceOutputs,
  recurrenceParams,
  recurrenceSummary,
  startsOf,
  torchRecurrence,
} from '../recurrence.ts';

/** σ(f) ⊗ c + σ(i) ⊗ tanh(g); arguments: i, f, g, c. */
const memory = e.add(
  e.mul(unary('sigmoid', arg(1)), arg(3)),
  e.mul(unary('sigmoid', arg(0)), unary('tanh', arg(2))),
);

const cell: Cell = {
  gates: 4,
  carries: ['h', 'c'],
  biases: ['bias', 'hidden-bias'],
  step(ir, driven, fedBack, [, before = 0]) {
    const gates = ir.add(driven, fedBack);
    const [i = 0, f = 0, g = 0, o = 0] = [0, 1, 2, 3].map((index) => gate(ir, gates, index, 4));
    const c = ir.map([i, f, g, before], memory);
    return [ir.map([o, c], e.mul(unary('sigmoid', arg(0)), unary('tanh', arg(1)))), c];
  },
};

const starts = startsOf(cell.carries);

export const lstm = defineNode({
  type: 'lstm',
  category: 'layer',
  title: text('LSTM', 'LSTM'),
  // S. Hochreiter, J. Schmidhuber, Neural Computation 9 (1997), with the forget gate of F. Gers et al. (2000).
  doc: text(
    'A recurrent layer with a memory c beside its state h. With i, f, g, o = x W + h U + b: c′ = σ(f) ⊗ c + σ(i) ⊗ tanh(g), h′ = σ(o) ⊗ tanh(c′), along the last axis but one of x. y is h at every place; weights, gates (i, f, g, o) and first values as in PyTorch.',
    '在状态 h 之外另有记忆 c 的循环层。i, f, g, o = x W + h U + b，c′ = σ(f) ⊗ c + σ(i) ⊗ tanh(g)，h′ = σ(o) ⊗ tanh(c′)，沿 x 的倒数第二个轴展开。y 为每一处的 h；权重、门的次序（i、f、g、o）与初值同 PyTorch。',
  ),
  glyph: '↻',
  params: z.object({ ...recurrenceParams, ports: starts.param }),
  inputs: recurrenceInputs(starts),
  outputs: recurrenceOutputs(cell.carries),
  summary: recurrenceSummary,
  infer: (context) => inferRecurrence(context, cell.carries),
  lower: (context) => lowerRecurrence(context, cell),
  torch: (context) => torchRecurrence(context, 'LSTM', cell),
  learns: () => true,
  learnedAxes: learnedOfRecurrence,
  examples: [
    {
      // torch.nn.LSTM(2, 2)(x, (h0, c0))
      params: { units: 2 },
      inputs: {
        x: { axes: 't 3, i 2', values: [1, -0.5, 0.25, 2, -1, 0.5] },
        h0: { axes: 'h 2', values: [0.5, -0.25] },
        c0: { axes: 'h 2', values: [0.3, -0.6] },
      },
      state: {
        input: [0.3, -0.2, 0.8, 0.5, -0.4, 0.1, 0.7, -0.6, 0.6, 0.7, -0.3, 0.2, 0.9, -0.5, 0.15, 0.4],
        hidden: [
          0.1, -0.4, 0.6, 0.2, 0.3, -0.7, 0.45, 0.05, 0.5, 0.25, -0.15, 0.35, -0.45, 0.55, -0.35, 0.65,
        ],
        bias: [0.05, -0.1, 0.2, 0.15, -0.25, 0.3, 0.1, -0.05],
        'hidden-bias': [0.02, 0.04, -0.06, 0.08, 0.1, -0.12, 0.03, 0.01],
      },
      expect: {
        y: {
          axes: 't 3, h 2',
          values: [
            -0.05280189497646973, -0.09931950387228701, 0.38808114634928004, -0.4131625848809934,
            0.25158063261372837, -0.36570312406762123,
          ],
        },
        h: { axes: 'h 2', values: [0.25158063261372837, -0.36570312406762123] },
        c: { axes: 'h 2', values: [0.6205371860921561, -0.6702130448042363] },
      },
    },
    {
      params: { units: 2, layers: 2, bidirectional: true },
      inputs: { x: { axes: 'b 2, t 2, i 1' }, c0: { axes: 'layer 4, b 2, h 2' } },
      expect: {
        y: { axes: 'b 2, t 2, h 4' },
        h: { axes: 'layer 4, b 2, h 2' },
        c: { axes: 'layer 4, b 2, h 2' },
      },
    },
    {
      params: { units: 3 },
      inputs: { x: { axes: 'b 1, t 3, i 2' } },
      expect: { y: { axes: 'b 1, t 3, h 3' } },
    },
  ],
});
