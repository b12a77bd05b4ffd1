/** A recurrent layer: the same weights for every term of a sequence. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number, unary } from '../../ir/expr.ts';
import { defineNode } from '../define.ts';
import {
  type Cell,
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

const functions = {
  tanh: unary('tanh', e.add(arg(0), arg(1))),
  relu: binary('max', number(0), e.add(arg(0), arg(1))),
} as const;

const carries = ['h'];

const cellOf = (name: keyof typeof functions): Cell => ({
  gates: 1,
  carries,
  biases: ['bias'],
  step: (ir, driven, fedBack) => [ir.map([driven, fedBack], functions[name])],
});

/** torch.nn.RNN adds two biases, of which one is enough: the second stays 0. */
const withOneBias = `def with_one_bias(rnn):
    for name, parameter in rnn.named_parameters():
        if name.startswith('bias_hh'):
            nn.init.zeros_(parameter).requires_grad_(False)
    return rnn`;

const starts = startsOf(carries);

export const recurrent = defineNode({
  type: 'recurrent',
  category: 'layer',
  title: text('Recurrent', '循环层'),
  // J. L. Elman, "Finding structure in time", Cognitive Science 14 (1990); the weights of torch.nn.RNN.
  doc: text(
    'h[t] = tanh(x[t] W + h[t−1] U + b) along the last axis but one of x, with h = 0 before the first term unless it is wired in. y is h at every place. W, U and b begin even in ±1/√units, as in PyTorch, which has a second bias.',
    'h[t] = tanh(x[t] W + h[t−1] U + b)，沿 x 的倒数第二个轴展开，未接入初始状态时起始 h = 0。y 为每一处的 h。W、U、b 的初值均匀分布于 ±1/√单元数，同 PyTorch（它另有一个偏置）。',
  ),
  glyph: '↻',
  params: z.object({
    ...recurrenceParams,
    ports: starts.param,
    function: z
      .enum(['tanh', 'relu'])
      .default('tanh')
      .meta({ label: text('Function', '函数') }),
  }),
  inputs: recurrenceInputs(starts),
  outputs: recurrenceOutputs(carries),
  summary: recurrenceSummary,
  infer: (context) => inferRecurrence(context, carries),
  lower: (context) => lowerRecurrence(context, cellOf(context.params.function)),
  torch(context) {
    const options = context.params.function === 'tanh' ? '' : ", nonlinearity='relu'";
    const wrap = context.helper(withOneBias);
    return torchRecurrence(context, 'RNN', cellOf(context.params.function), { options, wrap });
  },
  learns: () => true,
  learnedAxes: learnedOfRecurrence,
  examples: [
    {
      // torch.nn.RNN(2, 2) with weight_ih = W.T, weight_hh = U.T, bias_ih = b, bias_hh = 0
      params: { units: 2 },
      inputs: { x: { axes: 't 3, i 2', values: [1, -0.5, 0.25, 2, -1, 0.5] } },
      state: { input: [0.3, -0.2, 0.8, 0.5], hidden: [0.1, -0.4, 0.6, 0.2], bias: [0.05, -0.1] },
      expect: {
        y: {
          axes: 't 3, h 2',
          values: [
            -0.04995837495788, -0.5005202111902353, 0.8895346612605046, 0.64685926455374, 0.5560307107055418,
            0.12293303532620313,
          ],
        },
      },
    },
    {
      // The same with nonlinearity='relu' and a first state.
      params: { units: 2, function: 'relu' },
      inputs: {
        x: { axes: 't 3, i 2', values: [1, -0.5, 0.25, 2, -1, 0.5] },
        h0: { axes: 'h 2', values: [0.5, -0.25] },
      },
      state: { input: [0.3, -0.2, 0.8, 0.5], hidden: [0.1, -0.4, 0.6, 0.2], bias: [0.05, -0.1] },
      expect: {
        y: { axes: 't 3, h 2', values: [0, 0, 1.725, 0.85, 0.8325, 0] },
        h: { axes: 'h 2', values: [0.8325, 0] },
      },
    },
    {
      params: { units: 3 },
      inputs: { x: { axes: 'b 2, t 4, i 2' } },
      expect: { y: { axes: 'b 2, t 4, h 3' } },
    },
    {
      params: { units: 2, name: 'o', bidirectional: true },
      inputs: { x: { axes: 't 3, i 2' } },
      expect: { y: { axes: 't 3, o 4' }, h: { axes: 'layer 2, o 2' } },
    },
  ],
});
