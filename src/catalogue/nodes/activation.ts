/** A scalar function applied to every element. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { defineNode } from '../define.ts';
import { functionNames, scalarFunctions, torchFunction } from '../scalar-functions.ts';

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
      .enum(functionNames)
      .default('relu')
      .meta({ label: text('Function', '函数') }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: (params) => `${params.function}: ${scalarFunctions[params.function].formula}`,
  infer: ({ inputs }) => (inputs.x ? { y: inputs.x } : {}),
  lower: ({ params, inputs, ir }) => ({
    y: ir.map([inputs.x as number], scalarFunctions[params.function].expr),
  }),
  torch: ({ params, inputs }) => ({ y: torchFunction(params.function, inputs.x as string) }),
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
    ...(
      [
        // torch.nn.functional.leaky_relu(x) … torch.erf(x)
        ['leaky-relu', [-3.5, -0.75, 0.3, 1.5], [-0.035, -0.0075, 0.3, 1.5]],
        ['elu', [-3.5, -0.75, 0.3, 1.5], [-0.9698026165776815, -0.5276334472589853, 0.3, 1.5]],
        [
          'selu',
          [-3.5, -0.75, 0.3, 1.5],
          [-1.705009340957283, -0.9276320158350512, 0.31521029620664415, 1.5760514810332207],
        ],
        [
          'mish',
          [-3.5, -0.75, 0.3, 1.5],
          [-0.10409575448637122, -0.27649471450546514, 0.20800137234811503, 1.4033782663958028],
        ],
        ['relu6', [-1.0, 2.0, 7.0], [0.0, 2.0, 6.0]],
        ['hardtanh', [-3.5, -0.75, 0.3, 1.5], [-1.0, -0.75, 0.3, 1.0]],
        ['hardsigmoid', [-3.5, -0.75, 0.3, 1.5], [0.0, 0.375, 0.5499999999999999, 0.75]],
        ['hardswish', [-3.5, -0.75, 0.3, 1.5], [0.0, -0.28125, 0.16499999999999998, 1.125]],
        [
          'softsign',
          [-3.5, -0.75, 0.3, 1.5],
          [-0.7777777777777778, -0.42857142857142855, 0.23076923076923075, 0.6],
        ],
        [
          'log-sigmoid',
          [-3.5, -0.75, 0.3, 1.5],
          [-3.5297504182726205, -1.1368710061148999, -0.5543552444685271, -0.2014132779827524],
        ],
        [
          'expm1',
          [-3.5, -0.75, 0.3, 1.5],
          [-0.9698026165776815, -0.5276334472589853, 0.3498588075760031, 3.481689070338065],
        ],
        ['log1p', [0.25, 3.0], [0.22314355131420976, 1.3862943611198906]],
        ['log2', [0.25, 3.0], [-2.0, 1.584962500721156]],
        ['log10', [0.25, 3.0], [-0.6020599913279624, 0.47712125471966244]],
        ['rsqrt', [0.25, 3.0], [2.0, 0.5773502691896258]],
        ['tan', [-0.75, 0.3], [-0.9315964599440725, 0.30933624960962325]],
        [
          'sinh',
          [-3.5, -0.75, 0.3, 1.5],
          [-16.542627287634996, -0.82231673193583, 0.3045202934471426, 2.1292794550948173],
        ],
        [
          'cosh',
          [-3.5, -0.75, 0.3, 1.5],
          [16.572824671057315, 1.2946832846768448, 1.0453385141288605, 2.352409615243247],
        ],
        ['atanh', [-0.75, 0.3], [-0.9729550745276566, 0.30951960420311175]],
        ['asin', [-0.75, 0.3], [-0.848062078981481, 0.30469265401539747]],
        ['acos', [-0.75, 0.3], [2.4188584057763776, 1.2661036727794992]],
        [
          'atan',
          [-3.5, -0.75, 0.3, 1.5],
          [-1.2924966677897853, -0.6435011087932844, 0.2914567944778671, 0.982793723247329],
        ],
        [
          'asinh',
          [-3.5, -0.75, 0.3, 1.5],
          [-1.9657204716496515, -Math.LN2, 0.29567304756342244, 1.1947632172871094],
        ],
        ['acosh', [1.25, 3.0], [Math.LN2, 1.762747174039086]],
        ['sinc', [-1.25, 0.125, 0.3], [-0.18006326323142122, 0.9744953584044327, 0.8583936913341398]],
        ['trunc', [-3.5, -0.75, 0.3, 1.5], [-3.0, 0.0, 0.0, 1.0]],
        ['frac', [-3.5, -0.75, 0.3, 1.5], [-0.5, -0.75, 0.3, 0.5]],
        [
          'exp2',
          [-3.5, -0.75, 0.3, 1.5],
          [0.08838834764831845, 0.5946035575013605, 1.2311444133449163, 2.8284271247461903],
        ],
        [
          'erfc',
          [-3.5, -0.75, 0.3, 1.5],
          [1.9999992569016276, 1.7111556336535152, 0.6713732405408726, 0.033894853524689274],
        ],
        ['logit', [0.25, 0.9], [-1.0986122886681098, 2.1972245773362196]],
        [
          'tanhshrink',
          [-3.5, -0.75, 0.3, 1.5],
          [-2.501822102388801, -0.1148510476127127, 0.008687387548409087, 0.5948517463551336],
        ],
        ['softshrink', [-3.5, -0.75, 0.3, 1.5], [-3.0, -0.25, 0.0, 1.0]],
        ['hardshrink', [-3.5, -0.75, 0.3, 1.5], [-3.5, -0.75, 0.0, 1.5]],
        ['sign', [-0.75, 0.3], [-1.0, 1.0]],
        ['floor', [-3.5, -0.75, 0.3, 1.5], [-4.0, -1.0, 0.0, 1.0]],
        ['ceil', [-3.5, -0.75, 0.3, 1.5], [-3.0, 0.0, 1.0, 2.0]],
        ['round', [-1.5, -0.5, 0.5, 1.5, 2.5, 0.7], [-2.0, 0.0, 0.0, 2.0, 2.0, 1.0]],
        [
          'erf',
          [-3.5, -0.75, 0.3, 1.5],
          [-0.9999992569016276, -0.7111556336535151, 0.3286267594591274, 0.9661051464753108],
        ],
      ] as const
    ).map(([name, x, y]) => ({
      params: { function: name },
      inputs: { x: { axes: `i ${x.length}`, values: x } },
      expect: { y: { axes: `i ${x.length}`, values: y } },
      // At the kinks of these no difference tells a slope.
      ...(name === 'round' && { notDifferentiable: ['x'] }),
    })),
    ...(['tanh', 'sigmoid', 'silu', 'exp', 'sin', 'cos', 'abs'] as const).map((name) => ({
      params: { function: name },
      inputs: { x: { axes: 'i 4', values: [-1.5, -0.25, 0.5, 2] } },
      expect: { y: { axes: 'i 4' } },
    })),
  ],
});
