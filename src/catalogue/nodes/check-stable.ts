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
  torchEigenvalue,
} from '../extreme-eigenvalue.ts';
import { clipParams, groupsParam } from '../parameter-groups.ts';
import { stableDescent, stableStep, torchStableStep } from '../stable-rate.ts';
import { isAdapted, stepHessian, torchStepHessian } from '../step-hessian.ts';
import { pythonNumber } from '../torch.ts';

const bowl = quadratic([1, -0.5], [3, 0.5, 0.5, 1]);

export const checkStable = defineNode({
  type: 'check-stable',
  category: 'check',
  title: text('Check stable', '检验稳定性'),
  doc: text(
    'Holds a learning rate against the largest stable one, 2 (1 + μ) / λ max for gradient descent with momentum μ, λ max being the largest eigenvalue of the Hessian of “of” where the parameters are now (power iteration). Of the optimizer that trains “of”, or of the numbers given here. With “by” left open: by all parameters that “of” depends on and that are not frozen. Rates and decays of groups count, and clipping as it is now: clipped elements do not answer, and a shortened gradient is a smaller rate. Adam rescales each coordinate as it goes and has no such bound.',
    '把学习率与稳定的最大学习率相比：带动量 μ 的梯度下降为 2 (1 + μ) / λ max，λ max 是“函数”的黑塞矩阵在参数当前处的最大特征值（幂迭代）。可取训练“函数”的优化器，也可取此处给出的数。“变量”不接线时，对“函数”所依赖且未冻结的全部参数计算。参数组的学习率与衰减计入在内，裁剪按当前情形计入：被裁剪的分量不再响应，被缩短的梯度相当于更小的学习率。Adam 边走边缩放每个坐标，没有这样的上限。',
  ),
  glyph: '✓',
  // Documents from before it could follow an optimizer say what they mean without a word.
  preset: { ofOptimizer: true },
  params: z.object({
    ofOptimizer: z
      .boolean()
      .default(false)
      .meta({
        label: text('Of the optimizer', '取自优化器'),
        doc: text(
          'All but the steps follows from the optimizer that trains “of”, and what is given below does not count',
          '除步数外均取自训练“函数”的优化器，下面的数不起作用',
        ),
      }),
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
    limit: z
      .number()
      .positive()
      .optional()
      .meta({
        label: text('Limit of η λ', 'η λ 的上限'),
        doc: text(
          'Up to which η λ a step is stable; empty: 2 (1 + μ), as of gradient descent',
          'η λ 不超过多少时一步是稳定的；留空即梯度下降的 2 (1 + μ)',
        ),
      }),
    order: z
      .enum(['first', 'second'])
      .default('first')
      .meta({
        label: text('Order in time', '时间阶数'),
        options: {
          first: text('first: η λ is bounded', '一阶：η λ 有上限'),
          second: text('second, motion with inertia: η² λ is', '二阶（有惯性）：η² λ 有上限'),
        },
      }),
    decay: z
      .number()
      .min(0)
      .default(0)
      .meta({ label: text('Weight decay', '权重衰减'), doc: text('Adds to λ', '加到 λ 上') }),
    groups: groupsParam,
    ...clipParams,
    ...eigenvalueParams.shape,
  }),
  inputs: [...eigenvalueInputs, { name: 'rate', title: text('rate', '学习率'), optional: true }],
  outputs: [],
  summary: ({ ofOptimizer, rate, momentum, limit, order }, wired) => {
    if (ofOptimizer) return 'η ≤ η max';
    const most = limit ?? (momentum === 0 ? 2 : `2 (1 + ${momentum})`);
    return `${wired.includes('rate') ? 'η' : `η = ${rate}`} ≤ ${order === 'first' ? `${most} / λ` : `√(${most} / λ)`}`;
  },
  followsOptimizer: ({ ofOptimizer }) => (ofOptimizer ? 'of' : undefined),
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
    const { params, inputs, ir, check, tagsOf } = context;
    const rate = inputs.rate ?? ir.full([], params.rate);
    const { momentum, limit = stableDescent(momentum), order } = params;
    const isOwn = isAdapted(params);
    const { value: largest } = lowerEigenvalue(context, 'largest', (times, f) => {
      if (!isOwn) return times;
      const tags = f.variables.map((value) => (inputs.by === undefined ? tagsOf(value) : []));
      return stepHessian(ir, f, times, params, tags);
    });
    const decay = isOwn ? 0 : params.decay;
    const bound = ir.map([largest], stableStep({ limit, order: order === 'first' ? 1 : 2, decay }));
    const beyond = binary('max', e.sub(arg(0), arg(1)), number(0));
    const residual = ir.map([rate, bound] as readonly ValueId[], beyond);
    check({ value: rate, theory: bound, residual, tolerance: ir.full([], 0), basis: largest });
    return {};
  },
  torch(context) {
    const { params, inputs, let: assign, helper, check, parametersOf } = context;
    const { momentum, limit = stableDescent(momentum), order } = params;
    const isOwn = isAdapted(params);
    const tagged = (tag: string) => (inputs.by === undefined ? parametersOf('of', tag) : '[]');
    const found = torchEigenvalue(context, 'largest', (times, parameters) =>
      isOwn ? torchStepHessian(params, { times, parameters }, tagged, helper) : times,
    );
    const decay = isOwn ? 0 : params.decay;
    const curvature = assign('curvature', `${found}[0]`);
    const given = [pythonNumber(limit), order === 'first' ? '1' : '2', pythonNumber(decay)];
    const bound = assign('bound', `${helper(torchStableStep)}(${[curvature, ...given].join(', ')})`);
    const rate = inputs.rate ?? pythonNumber(params.rate);
    check({
      value: rate,
      theory: bound,
      residual: `torch.clamp(${rate} - ${bound}, min=0)`,
      tolerance: '0.0',
    });
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
    {
      // 2.785293563405282 / numpy.linalg.eigvalsh
      params: { rate: 0.9, limit: 2.785293563405282 },
      ...bowl,
      expect: {},
      check: { value: 0.9, theory: 0.8932851833735084, residual: 0.006714816626491649, met: false },
    },
    {
      // (4 * 2 / (numpy.linalg.eigvalsh + 0.5)) ** 0.5
      params: { rate: 1.4, order: 'second', limit: 8, decay: 0.5 },
      ...bowl,
      expect: {},
      check: { value: 1.4, theory: 1.4869921378407378, residual: 0, met: true },
    },
    {
      // ∇L is (2.75, 0): 2 * 2.750001 / numpy.linalg.eigvalsh
      params: { rate: 1.7, clipNorm: 1 },
      ...bowl,
      expect: {},
      check: { value: 1.7, theory: 1.7639326639300368, residual: 0, met: true },
    },
    {
      // Its first element is clipped: 2 / numpy.linalg.eigvalsh([[0.5, 0], [0, 0.5 / 1.000001 + 0.5]])
      params: { rate: 2.5, clipNorm: 0.5, clipValue: 1, decay: 0.5 },
      ...bowl,
      expect: {},
      check: { value: 2.5, theory: 2.0000009999995, residual: 0.4999990000005, met: false },
    },
    {
      // By a parameter that has a rate and a decay of its own: 2 / (0.5 * (numpy.linalg.eigvalsh + 1))
      params: { rate: 0.9, groups: [{ tag: 'parameter', rate: 0.5, decay: 1 }] },
      drawn: {
        nodes: {
          w: {
            type: 'parameter',
            params: { axes: [{ name: 'i', size: 2 }], init: 'values', values: [1, -0.5] },
          },
          A: {
            type: 'tensor',
            params: {
              axes: [
                { name: 'i', size: 2 },
                { name: 'j', size: 2 },
              ],
              fill: 'values',
              values: [3, 0.5, 0.5, 1],
            },
          },
          form: { type: 'contract', params: { expression: 'i,ij,j->' } },
          half: { type: 'scale', params: { factor: 0.5 } },
        },
        wires: [
          ...['w.out > form.a', 'A.out > form.b', 'w.out > form.c'],
          ...['form.out > half.x', 'half.out > node.of'],
        ],
      },
      expect: {},
      check: { value: 0.9, theory: 0.9713372961290865, residual: 0, met: true },
    },
  ],
});
