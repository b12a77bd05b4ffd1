/** The largest eigenvalue of the Hessian of a scalar: how steep the steepest direction bends. */
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

export const lambdaMax = defineNode({
  type: 'lambda-max',
  category: 'math',
  title: text('λ max', '最大特征值'),
  doc: text(
    'The largest eigenvalue of the Hessian ∂²of/∂by², by power iteration on Hessian-vector products: v ← Hv / ‖Hv‖, λ = vᵀHv; then with a shift, in case the eigenvalue of largest magnitude is negative. The residual is ‖Hv − λv‖. With “by” left open: by all parameters that “of” depends on.',
    '黑塞矩阵 ∂²f/∂x² 的最大特征值，对黑塞–向量积作幂迭代：v ← Hv / ‖Hv‖，λ = vᵀHv；随后加移位再迭代，以防绝对值最大的特征值为负。残差为 ‖Hv − λv‖。“变量”不接线时，对“函数”所依赖的全部参数计算。',
  ),
  glyph: 'λ',
  params: eigenvalueParams,
  inputs: eigenvalueInputs,
  outputs: eigenvalueOutputs,
  summary: () => 'max λ(∂²f / ∂x²)',
  evaluates: { of: 'of', by: ['by'], times: 16 },
  infer: inferEigenvalue,
  lower: (context) => ({ ...lowerEigenvalue(context, 'largest') }),
  torch(context) {
    const found = context.let('found', torchEigenvalue(context, 'largest'));
    return { value: `${found}[0]`, residual: `${found}[1]` };
  },
  examples: [
    {
      // numpy.linalg.eigvalsh, as the one below
      params: { steps: 6 },
      ...quartic([1, -0.5], [3, 0.5, 0.5, 1]),
      notDifferentiable: ['A'],
      expect: { value: { axes: '', values: [18.313238154653714] }, residual: { axes: '' } },
    },
    {
      // The eigenvalue of largest magnitude is −17.8.
      params: { steps: 8 },
      ...quartic([1, -0.5], [-3, 0.5, 0.5, 1]),
      expect: { value: { axes: '', values: [2.5492628725623163] } },
    },
  ],
});
