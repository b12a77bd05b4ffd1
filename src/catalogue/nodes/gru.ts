/** A gated recurrent unit. */
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

/** h′ = n + z ⊗ (h − n); arguments: r, z and n of both products, then h. */
const next = (() => {
  const [r, z] = [unary('sigmoid', e.add(arg(0), arg(3))), unary('sigmoid', e.add(arg(1), arg(4)))];
  const n = unary('tanh', e.add(arg(2), e.mul(r, arg(5))));
  return e.add(n, e.mul(z, e.sub(arg(6), n)));
})();

const cell: Cell = {
  gates: 3,
  carries: ['h'],
  biases: ['bias', 'hidden-bias'],
  step(ir, driven, fedBack, [h = 0]) {
    const gates = [driven, fedBack].flatMap((x) => [0, 1, 2].map((index) => gate(ir, x, index, 3)));
    return [ir.map([...gates, h], next)];
  },
};

const starts = startsOf(cell.carries);

export const gru = defineNode({
  type: 'gru',
  category: 'layer',
  title: text('GRU', 'GRU'),
  // K. Cho et al., "Learning phrase representations using RNN encoder–decoder", arXiv 1406.1078; the reset gate
  // stands after the product, as in torch.nn.GRU.
  doc: text(
    'A recurrent layer that learns what to keep. r = σ(x W_r + h U_r), z = σ(x W_z + h U_z), n = tanh(x W_n + r ⊗ (h U_n)), h′ = (1 − z) ⊗ n + z ⊗ h, each product with a bias; along the last axis but one of x. y is h at every place; weights, gates (r, z, n) and first values as in PyTorch.',
    '学习保留什么的循环层。r = σ(x W_r + h U_r)，z = σ(x W_z + h U_z)，n = tanh(x W_n + r ⊗ (h U_n))，h′ = (1 − z) ⊗ n + z ⊗ h，每个乘积各有偏置；沿 x 的倒数第二个轴展开。y 为每一处的 h；权重、门的次序（r、z、n）与初值同 PyTorch。',
  ),
  glyph: '↻',
  params: z.object({ ...recurrenceParams, ports: starts.param }),
  inputs: recurrenceInputs(starts),
  outputs: recurrenceOutputs(cell.carries),
  summary: recurrenceSummary,
  infer: (context) => inferRecurrence(context, cell.carries),
  lower: (context) => lowerRecurrence(context, cell),
  torch: (context) => torchRecurrence(context, 'GRU', cell),
  learns: () => true,
  learnedAxes: learnedOfRecurrence,
  examples: [
    {
      // torch.nn.GRU(2, 2)(x, h0)
      params: { units: 2 },
      inputs: {
        x: { axes: 't 3, i 2', values: [1, -0.5, 0.25, 2, -1, 0.5] },
        h0: { axes: 'h 2', values: [0.5, -0.25] },
      },
      state: {
        input: [0.3, -0.2, 0.8, 0.5, -0.4, 0.1, 0.6, 0.7, -0.3, 0.2, 0.9, -0.5],
        hidden: [0.1, -0.4, 0.6, 0.2, 0.3, -0.7, 0.5, 0.25, -0.15, 0.35, -0.45, 0.55],
        bias: [0.05, -0.1, 0.2, 0.15, -0.25, 0.3],
        'hidden-bias': [0.02, 0.04, -0.06, 0.08, 0.1, -0.12],
      },
      expect: {
        y: {
          axes: 't 3, h 2',
          values: [
            0.26287591682257505, -0.012526191620088334, 0.6085529840525101, -0.23216142755820884,
            0.640201069912948, -0.31920061268475236,
          ],
        },
        h: { axes: 'h 2', values: [0.640201069912948, -0.31920061268475236] },
      },
    },
    {
      // torch.nn.GRU(2, 1, num_layers=2, bidirectional=True, batch_first=True)(x, h0)
      params: { units: 1, layers: 2, bidirectional: true },
      inputs: {
        x: { axes: 'b 2, t 3, i 2', values: [1, -0.5, 0.25, 2, -1, 0.5, 0.75, -1.25, 0.3, 0.1, -0.2, 1.5] },
        h0: { axes: 'layer 4, b 2, h 1', values: [0.1, -0.2, 0.3, -0.4, 0.5, -0.6, 0.7, -0.8] },
      },
      state: {
        input: [-0.9, 0.1, 0.6, 0.6, 0.1, -0.9],
        hidden: [-0.5, -0.6, 0.7],
        bias: [-0.4, -0.1, -0.3],
        'hidden-bias': [0.9, -0.3, -0.1],
        'input-reverse': [-0.4, 0.7, -0.6, -0.5, -0.9, 0.1],
        'hidden-reverse': [0.6, 0.6, 0.1],
        'bias-reverse': [-0.9, -0.5, -0.6],
        'hidden-bias-reverse': [0.7, -0.4, -0.1],
        'input-2': [-0.3, 0.9, -0.3, -0.1, -0.4, 0.7],
        'hidden-2': [-0.6, -0.5, -0.9],
        'bias-2': [0.1, 0.6, 0.6],
        'hidden-bias-2': [0.1, -0.9, -0.5],
        'input-2-reverse': [-0.6, 0.7, -0.4, -0.1, -0.3, 0.9],
        'hidden-2-reverse': [-0.3, -0.1, -0.4],
        'bias-2-reverse': [0.7, -0.6, -0.5],
        'hidden-bias-2-reverse': [-0.9, 0.1, 0.6],
      },
      expect: {
        y: {
          axes: 'b 2, t 3, h 2',
          values: [
            0.06780285606301983, -0.49469966870783216, 0.06606680501673243, -0.2426595246523045,
            0.3625623022007772, 0.16730206063432984, -0.3855749901961039, -0.6029857348005363,
            -0.17732300263247144, -0.47891898647147146, 0.11663802413717622, -0.3108329656486176,
          ],
        },
        h: {
          axes: 'layer 4, b 2, h 1',
          values: [
            -0.6974403646989994, -0.5183900423340846, -0.6706290688787585, -0.6916377727955576,
            0.3625623022007772, 0.11663802413717622, -0.49469966870783216, -0.6029857348005363,
          ],
        },
      },
    },
    {
      params: { units: 3, name: 'o' },
      inputs: { x: { axes: 'a 2, b 2, t 2, i 2' } },
      expect: { y: { axes: 'a 2, b 2, t 2, o 3' }, h: { axes: 'a 2, b 2, o 3' } },
    },
  ],
});
