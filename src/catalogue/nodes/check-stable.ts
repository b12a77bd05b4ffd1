/** Whether a learning rate is one at which gradient descent is stable now. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { quadratic } from '../example-functions.ts';
import {
  eigenvalueInputs,
  eigenvalueParams,
  inferEigenvalue,
  lowerEigenvalue,
} from '../extreme-eigenvalue.ts';
import { stableRate } from '../stable-rate.ts';

const bowl = quadratic([1, -0.5], [3, 0.5, 0.5, 1]);

export const checkStable = defineNode({
  type: 'check-stable',
  category: 'check',
  title: text('Check stable', '检验稳定性'),
  doc: text(
    'Holds the rate against 2 (1 + μ) / λ max, λ max being the largest eigenvalue of the Hessian of “of” where the parameters are now (power iteration). Give it the rate and the momentum of SGD. With “by” left open: by all parameters that “of” depends on. Adam rescales each coordinate as it goes and has no such bound.',
    '把学习率与 2 (1 + μ) / λ max 相比，λ max 是 “of” 的黑塞矩阵在参数当前处的最大特征值（幂迭代）。请给出 SGD 的学习率与动量。“by” 不接线时，对 “of” 所依赖的全部参数计算。Adam 边走边缩放每个坐标，没有这样的上限。',
  ),
  glyph: '✓',
  params: z.object({
    rate: z
      .number()
      .min(0)
      .default(0.1)
      .meta({ label: text('Learning rate η', '学习率 η') }),
    momentum: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .meta({ label: text('Momentum μ', '动量 μ') }),
    ...eigenvalueParams.shape,
  }),
  inputs: [...eigenvalueInputs, { name: 'rate', title: text('rate', '学习率'), optional: true }],
  outputs: [],
  summary: ({ rate, momentum }, wired) =>
    `${wired.includes('rate') ? 'η' : `η = ${rate}`} ≤ ${momentum === 0 ? '2' : `2 (1 + ${momentum})`} / λ`,
  evaluates: { of: 'of', by: ['by'], times: 16 },
  infer(context) {
    const { inputs, report } = context;
    const axes = inputs.rate?.axes ?? [];
    if (axes.length > 0)
      report('not-scalar', { port: 'rate' }, { what: 'rate', axes: axes.map(({ name }) => name).join(', ') });
    inferEigenvalue(context);
    return {};
  },
  lower(context) {
    const { params, inputs, ir, check } = context;
    const rate = inputs.rate ?? ir.full([], params.rate);
    const bound = ir.map([lowerEigenvalue(context, 'largest').value], stableRate(params.momentum));
    const beyond = binary('max', e.sub(arg(0), arg(1)), number(0));
    const residual = ir.map([rate, bound] as readonly ValueId[], beyond);
    check({ value: rate, theory: bound, residual, tolerance: ir.full([], 0) });
    return {};
  },
  examples: [
    {
      // 2 / numpy.linalg.eigvalsh
      params: { rate: 0.6 },
      ...bowl,
      expect: {},
      check: { value: 0.6, theory: 0.6414298263637128, residual: 0, met: true },
    },
    {
      params: { momentum: 0.5 },
      ...bowl,
      inputs: { ...bowl.inputs, rate: { axes: '', values: [1] } },
      expect: {},
      check: { value: 1, theory: 0.9621447395455692, residual: 0.0378552604544308, met: false },
    },
  ],
});
