/** A scalar function applied to every element. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, type Expr, e, number, unary } from '../../ir/expr.ts';
import { defineNode } from '../define.ts';

const x = arg(0);
const one = number(1);
/** x/2 · (1 + a): halved first, so that it does not overflow before x does. */
const halfTimes = (a: Expr) => e.mul(e.mul(number(0.5), x), e.add(one, a));

/** y = f(x) for each function, as users write it and as it is computed. */
const functions = {
  relu: { formula: 'max(0, x)', torch: (x: string) => `F.relu(${x})`, expr: binary('max', number(0), x) },
  tanh: { formula: 'tanh x', torch: (x: string) => `torch.tanh(${x})`, expr: unary('tanh', x) },
  sigmoid: {
    formula: '1 / (1 + e⁻ˣ)',
    torch: (x: string) => `torch.sigmoid(${x})`,
    expr: unary('sigmoid', x),
  },
  // Hendrycks and Gimpel, "Gaussian error linear units", arXiv 1606.08415, eq. 2; the exact form.
  gelu: {
    formula: 'x Φ(x)',
    torch: (x: string) => `F.gelu(${x})`,
    expr: halfTimes(unary('erf', e.mul(x, number(Math.SQRT1_2)))),
  },
  // The same paper's approximation, with √(2/π); PyTorch's approximate='tanh'.
  'gelu-tanh': {
    formula: 'x Φ(x), by tanh',
    torch: (x: string) => `F.gelu(${x}, approximate="tanh")`,
    expr: halfTimes(
      unary(
        'tanh',
        e.mul(number(Math.sqrt(2 / Math.PI)), e.add(x, e.mul(number(0.044715), e.mul(x, e.mul(x, x))))),
      ),
    ),
  },
  silu: { formula: 'x σ(x)', torch: (x: string) => `F.silu(${x})`, expr: e.mul(x, unary('sigmoid', x)) },
  softplus: { formula: 'ln(1 + eˣ)', torch: (x: string) => `F.softplus(${x})`, expr: unary('softplus', x) },
  exp: { formula: 'eˣ', torch: (x: string) => `torch.exp(${x})`, expr: unary('exp', x) },
  log: { formula: 'ln x', torch: (x: string) => `torch.log(${x})`, expr: unary('log', x) },
  sqrt: { formula: '√x', torch: (x: string) => `torch.sqrt(${x})`, expr: unary('sqrt', x) },
  reciprocal: { formula: '1/x', torch: (x: string) => `torch.reciprocal(${x})`, expr: unary('recip', x) },
  square: { formula: 'x²', torch: (x: string) => `${x}.square()`, expr: e.mul(x, x) },
  sin: { formula: 'sin x', torch: (x: string) => `torch.sin(${x})`, expr: unary('sin', x) },
  cos: { formula: 'cos x', torch: (x: string) => `torch.cos(${x})`, expr: unary('cos', x) },
  abs: { formula: '|x|', torch: (x: string) => `torch.abs(${x})`, expr: unary('abs', x) },
} as const;

const names = Object.keys(functions) as [keyof typeof functions, ...(keyof typeof functions)[]];

export const activation = defineNode({
  type: 'activation',
  category: 'layer',
  title: text('Activation', '激活'),
  doc: text(
    'One function applied to every element. It bends what would otherwise be one linear map.',
    '对每个元素施加同一个函数。没有它，层层相叠仍只是一个线性映射。',
  ),
  glyph: '⌁',
  params: z.object({
    function: z
      .enum(names)
      .default('relu')
      .meta({ label: text('Function', '函数') }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: (params) => `${params.function}: ${functions[params.function].formula}`,
  infer: ({ inputs }) => (inputs.x ? { y: inputs.x } : {}),
  lower: ({ params, inputs, ir }) => ({ y: ir.map([inputs.x as number], functions[params.function].expr) }),
  torch: ({ params, inputs }) => ({ y: functions[params.function].torch(inputs.x as string) }),
  examples: [
    {
      params: { function: 'relu' },
      inputs: { x: { axes: 'i 3', values: [-1, 0.5, 2] } },
      expect: { y: { axes: 'i 3', values: [0, 0.5, 2] } },
    },
    {
      params: { function: 'square' },
      inputs: { x: { axes: 'i 2', values: [-3, 2] } },
      expect: { y: { axes: 'i 2', values: [9, 4] } },
    },
    {
      params: { function: 'gelu' },
      inputs: { x: { axes: 'i 1', values: [1] } },
      expect: { y: { axes: 'i 1', values: [0.841344746068543] } },
    },
    {
      params: { function: 'gelu-tanh' },
      inputs: { x: { axes: 'i 2', values: [1, -0.5] } },
      expect: { y: { axes: 'i 2', values: [0.8411919906082768, -0.15428599017485606] } },
    },
    {
      params: { function: 'softplus' },
      inputs: { x: { axes: 'i 1', values: [0] } },
      expect: { y: { axes: 'i 1', values: [Math.LN2] } },
    },
    {
      params: { function: 'reciprocal' },
      inputs: { x: { axes: 'i 3', values: [-4, 0.5, 3] } },
      expect: { y: { axes: 'i 3', values: [-0.25, 2, 1 / 3] } },
    },
    {
      params: { function: 'log' },
      inputs: { x: { axes: 'i 2', values: [1, Math.E] } },
      expect: { y: { axes: 'i 2', values: [0, 1] } },
    },
    {
      params: { function: 'sqrt' },
      inputs: { x: { axes: 'i 2', values: [4, 9] } },
      expect: { y: { axes: 'i 2', values: [2, 3] } },
    },
    ...(['tanh', 'sigmoid', 'silu', 'exp', 'sin', 'cos', 'abs'] as const).map((name) => ({
      params: { function: name },
      inputs: { x: { axes: 'i 4', values: [-1.5, -0.25, 0.5, 2] } },
      expect: { y: { axes: 'i 4' } },
    })),
  ],
});
