/** Adam: gradient descent whose step is scaled, for each element, by how large its gradients have been. */
import { text } from '../../base/text.ts';
import { adamDirection, adamInTorch, adamParams } from '../moments.ts';
import { defineOptimizer } from '../optimizer.ts';

export const adam = defineOptimizer({
  type: 'adam',
  title: text('Adam', 'Adam'),
  doc: text(
    'Kingma and Ba 2015: θ ← θ − η m̂ / (√v̂ + ε), with running means m of the gradient and v of its square: heavy-ball motion in a metric that each element scales by its own gradients. For small η and steady gradients it follows the preconditioned flow dθ/dt = −∇L / √v. Weight decay is L2 in the gradient, as in PyTorch’s Adam.',
    'Kingma 与 Ba 2015：θ ← θ − η m̂ / (√v̂ + ε)，m、v 为梯度及其平方的滑动平均：在由各分量自身梯度缩放的度量下的重球运动。η 小而梯度平稳时，它遵循预条件流 dθ/dt = −∇L / √v。权重衰减为梯度中的 L2 项，同 PyTorch 的 Adam。',
  ),
  rate: 0.001,
  decay: 'coupled',
  params: adamParams,
  // Until weights could decay in both ways in one type, they decayed beside the step where it did not say `coupled`.
  migrations: [
    {
      replaces: ['weightDecay', 'coupled'],
      by: ({ weightDecay = 0 }) => ({ decay: weightDecay }),
      becomes: ({ weightDecay, coupled }) =>
        coupled === true || weightDecay === undefined || weightDecay === 0 ? undefined : 'adamw',
    },
  ],
  // "Adam: a method for stochastic optimization", arXiv 1412.6980, algorithm 1.
  direction: adamDirection,
  torch: (params) => ({ class: 'torch.optim.Adam', ...adamInTorch(params) }),
  examples: [
    {
      // torch.optim.Adam([theta], lr=0.1); loss = (theta ** 2).sum()
      params: { rate: 0.1 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.9000000005, -1.90000000025, 0.400000001],
          2: [0.8004122286917927, -1.800166486115701, 0.3011874216591668],
          10: [0.07624915560691205, -1.0245868378253593, -0.2033228261019808],
        },
      },
    },
    {
      // g = 2 θ + 0.2 θ in "Adam", algorithm 1, by NumPy; what torch.optim.Adam(…, weight_decay=0.2) does.
      params: { rate: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 1e-6, decay: 0.2 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.9000000454545248, -1.9000000227272675, 0.40000009090900823],
          5: [0.511174950159692, -1.504418284507529, 0.03566883612910833],
        },
      },
    },
    {
      // torch.optim.Adam([theta], lr=0.3, betas=(0.5, 0.6), amsgrad=True)
      params: { rate: 0.3, beta1: 0.5, beta2: 0.6, amsgrad: true },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          2: [0.4092243874267196, -1.403020882165993, -0.027683987170016605],
          8: [-0.05982417803910385, -0.23359294136583414, 0.027875638739170854],
        },
      },
    },
    {
      // The rate on the wire counts.
      params: { rate: 7 },
      inputs: { rate: { axes: '', values: [0.1] } },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: { 2: [0.8004122286917927, -1.800166486115701, 0.3011874216591668] },
      },
    },
  ],
});
