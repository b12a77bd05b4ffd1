/** The smallest eigenvalue of the Hessian of a scalar: below 0 where some direction bends down. */
import { text } from '../../base/text.ts';
import { defineNode } from '../define.ts';
import { quartic } from '../example-functions.ts';
import {
  eigenvalueInputs,
  eigenvalueOutputs,
  eigenvalueParams,
  inferEigenvalue,
  lowerEigenvalue,
  torchEigenvalue,
} from '../extreme-eigenvalue.ts';

export const lambdaMin = defineNode({
  type: 'lambda-min',
  category: 'math',
  title: text('λ min', '最小特征值'),
  doc: text(
    'The smallest eigenvalue of the Hessian ∂²of/∂by², by power iteration on σ − H: the shift σ makes the smallest eigenvalue the one of largest magnitude. The residual is ‖Hv − λv‖. With “by” left open: by all parameters that “of” depends on.',
    '黑塞矩阵 ∂²f/∂x² 的最小特征值，对 σ − H 作幂迭代：移位 σ 使最小特征值成为绝对值最大者。残差为 ‖Hv − λv‖。“变量”不接线时，对“函数”所依赖的全部参数计算。',
  ),
  glyph: 'λ',
  params: eigenvalueParams,
  inputs: eigenvalueInputs,
  outputs: eigenvalueOutputs,
  summary: () => 'min λ(∂²f / ∂x²)',
  evaluates: { of: 'of', by: ['by'], times: 16 },
  infer: inferEigenvalue,
  lower: (context) => ({ ...lowerEigenvalue(context, 'smallest') }),
  torch(context) {
    const found = context.let('found', torchEigenvalue(context, 'smallest'));
    return { value: `${found}[0]`, residual: `${found}[1]` };
  },
  examples: [
    {
      // numpy.linalg.eigvalsh, as the one below
      params: { steps: 12 },
      ...quartic([0.5, -0.25], [-3, 0.5, 0.5, 1]),
      notDifferentiable: ['A'],
      expect: { value: { axes: '', values: [-4.449815718140579] }, residual: { axes: '' } },
    },
    {
      params: { steps: 8 },
      ...quartic([1, -0.5], [3, 0.5, 0.5, 1]),
      notDifferentiable: ['A'],
      expect: { value: { axes: '', values: [2.4367618453462865] } },
    },
  ],
});
