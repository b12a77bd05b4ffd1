/** A learned matrix whose columns stay orthonormal while it is trained. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { defineNode } from '../define.ts';
import { inferGiven, shapeOf } from '../given.ts';
import { iterationsParam, newtonSchulz, torchNewtonSchulz } from '../newton-schulz.ts';
import * as params from '../params.ts';

/** What is learned: V, orthogonal to begin with. */
const start = { kind: 'orthogonal', scale: 1 } as const;

export const orthonormalParameter = defineNode({
  type: 'orthonormal-parameter',
  category: 'tensor',
  title: text('Orthonormal', '正交归一参数'),
  doc: text(
    'A learned matrix Q whose columns have length 1 and stand at right angles in every step, QᵀQ = I (with more columns than rows its rows do): a point of the Stiefel manifold. Q is the orthonormal matrix nearest to a learned V, so that any optimizer keeps it there, as torch.nn.utils.parametrizations.orthogonal does.',
    '可学习的矩阵 Q，每一步其各列都长度为 1、两两垂直，QᵀQ = I（列多于行时对各行如此）：Stiefel 流形上的点。Q 是与可学习的 V 最接近的正交归一矩阵，因此任何优化器都保持这一点，如同 torch.nn.utils.parametrizations.orthogonal。',
  ),
  glyph: '⊥',
  params: z.object({
    axes: params.axes.default([
      { name: 'i', size: 4 },
      { name: 'j', size: 2 },
    ]),
    iterations: iterationsParam,
  }),
  inputs: [],
  outputs: [{ name: 'out' }],
  summary: ({ axes }) => axes.map(({ name }) => name).join(' '),
  infer(context) {
    const given = inferGiven(context, undefined);
    if (context.params.axes.length !== 2) {
      const detail = text(
        'a matrix is orthonormal: give it two axes',
        '只有矩阵才谈得上正交归一：请给两个轴',
      );
      context.report('bad-param', { param: 'axes' }, { param: 'axes', detail });
      return {};
    }
    return given;
  },
  lower: ({ ir, params: { iterations }, outputTypes, parameter }) => ({
    out: newtonSchulz(ir, parameter('value', shapeOf(outputTypes.out), start), iterations),
  }),
  learns: () => true,
  learnedAxes: (_, __, { out }) => out?.axes ?? [],
  torch: ({ params: { iterations }, outputTypes, parameter, helper }) => {
    const value = parameter('value', shapeOf(outputTypes.out), start);
    return { out: `${helper(torchNewtonSchulz)}(${value}, ${iterations})` };
  },
  examples: [
    // torch: u, _, v = torch.linalg.svd(V, full_matrices=False); u @ v
    {
      params: {
        axes: [
          { name: 'i', size: 3 },
          { name: 'j', size: 2 },
        ],
      },
      state: { value: [1, 2, -1, 1, 0.5, 3] },
      expect: {
        out: {
          axes: 'i 3, j 2',
          values: [
            0.5442436939490932, 0.4676005632429891, -0.835284393006217, 0.3793206311500562,
            0.07809471426979739, 0.7984144112168581,
          ],
        },
      },
    },
    {
      params: {
        axes: [
          { name: 'a', size: 2 },
          { name: 'b', size: 3 },
        ],
        iterations: 12,
      },
      state: { value: [2, 0, 1, 1, -1, 0.5] },
      expect: {
        out: {
          axes: 'a 2, b 3',
          values: [
            0.8453941774797626, 0.3265514597335966, 0.4226970887398814, 0.2920765048464428,
            -0.9451794243136361, 0.14603825242322144,
          ],
        },
      },
    },
    { params: {}, expect: { out: { axes: 'i 4, j 2' } } },
    {
      params: {
        axes: [
          { name: 'i', size: 1 },
          { name: 'j', size: 1 },
        ],
        iterations: 1,
      },
      state: { value: [-3] },
      expect: { out: { axes: 'i 1, j 1', values: [-1] } },
    },
  ],
});
