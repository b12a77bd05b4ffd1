/** How much one step of a method stretches each direction of a quadratic: stable where it is at most 1. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { defineNode } from '../define.ts';
import { expectNumber } from '../picture-axes.ts';
import { picturesInTorch, unsupported } from '../torch.ts';

export const stabilityPicture = defineNode({
  type: 'stability-picture',
  category: 'picture',
  picture: 'stability',
  title: text('Stability', '稳定性'),
  doc: text(
    'The factor |1 − ηλ| by which a step of gradient descent stretches an eigenvector, over ηλ: below 1 it shrinks, above it diverges. The eigenvalues λ are drawn on it at the rate η; with momentum β, RK4 and leapfrog it is the factor of that method (Hairer, Nørsett & Wanner, Solving ODEs I–II).',
    '梯度下降一步沿特征向量的伸缩因子 |1 − ηλ| 对 ηλ 的曲线：小于 1 收缩，大于 1 发散。特征值 λ 按步长 η 标在其上；带动量 β、RK4 与蛙跳法时为相应方法的因子（Hairer 等，Solving ODEs I–II）。',
  ),
  glyph: '∨',
  params: z.object({
    method: z
      .enum(['euler', 'momentum', 'rk4', 'leapfrog'])
      .default('euler')
      .meta({
        label: text('Method', '方法'),
        options: {
          euler: text('gradient descent (Euler)', '梯度下降（欧拉）'),
          momentum: text('momentum', '动量法'),
          rk4: text('RK4', 'RK4'),
          leapfrog: text('leapfrog, over (hω)²', '蛙跳法，对 (hω)²'),
        },
      }),
    rate: z
      .number()
      .default(0.1)
      .meta({ label: text('Rate η', '步长 η'), doc: text('Where none is wired', '未接入时使用') }),
    momentum: z
      .number()
      .min(0)
      .max(1)
      .default(0.9)
      .meta({ label: text('Momentum β', '动量 β') }),
  }),
  inputs: [
    { name: 'eigenvalues', title: text('eigenvalues λ', '特征值 λ') },
    { name: 'rate', title: text('rate η', '步长 η'), optional: true },
  ],
  outputs: [],
  summary: ({ method }) =>
    ({ euler: '|1 − ηλ|', momentum: '|μ(ηλ, β)|', rk4: '|R(−ηλ)|', leapfrog: '|μ((hω)²)|' })[method],
  infer(context) {
    expectNumber(context, 'rate');
    return {};
  },
  lower: () => ({}),
  torch: unsupported(picturesInTorch),
  examples: [
    { inputs: { eigenvalues: { axes: 'k 3' } }, expect: {} },
    { params: { method: 'momentum' }, inputs: { eigenvalues: { axes: '' }, rate: { axes: '' } }, expect: {} },
  ],
});
