/** Mean and variance over the steps of a run: time averages, which ergodicity sets beside those of an ensemble. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number, select } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { scalar } from '../../tensor/axis.ts';
import { defineNode } from '../define.ts';
import { shapeOf } from '../given.ts';

export const runningStatistics = defineNode({
  type: 'running-statistics',
  category: 'math',
  title: text('Running statistics', '时间统计'),
  // B. P. Welford, "Note on a method for calculating corrected sums of squares and products", Technometrics 4 (1962).
  doc: text(
    'Mean and variance of each element of x over the steps of the run, the first of them left out, by Welford’s recurrence. They are state of the node: what training has seen so far, kept with the run; before that they are 0.',
    '对 x 的每个元素，求运行各步上的均值与方差（Welford 递推），略去最初若干步。它们是节点的状态：训练至今所见，随运行保存；此前为 0。',
  ),
  glyph: 'x̄',
  params: z.object({
    burnIn: z
      .int()
      .min(0)
      .default(100)
      .meta({ label: text('Burn-in', '预热步数'), doc: text('Steps that are left out', '略去的步数') }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [
    { name: 'mean', title: text('mean', '均值') },
    { name: 'variance', title: text('variance', '方差') },
    { name: 'count', title: text('steps', '步数') },
  ],
  summary: ({ burnIn }) => `⟨x⟩, t ≥ ${burnIn}`,
  infer: ({ inputs }) => {
    const type = inputs.x && { axes: inputs.x.axes };
    return { mean: type, variance: type, count: scalar };
  },
  lower({ params, inputs, ir, state, update, step, training }) {
    const x = inputs.x as ValueId;
    const shape = ir.shape(x);
    const all = shape.map((_, d) => d);
    const [mean, variance, count] = [state('mean', shape), state('variance', shape), state('count', [])];
    if (!training) return { mean, variance, count };
    const counts = binary('le', number(params.burnIn), arg(1));
    const next = ir.map([count, step()], e.add(arg(0), counts));
    // Of x, the mean so far, the variance so far, how many there are now, and the step.
    const given = [x, mean, variance, next];
    const axes = [all, all, all, []];
    const part = (of: ReturnType<typeof arg>) =>
      select(binary('lt', number(0), arg(3)), e.div(of, arg(3)), number(0));
    const isCounted = (then: ReturnType<typeof arg>, otherwise: ReturnType<typeof arg>) =>
      select(binary('le', number(params.burnIn), arg(4)), then, otherwise);
    const deviation = e.sub(arg(0), arg(1));
    const nextMean = e.add(arg(1), part(deviation));
    // v + ((x − m)(x − m′) − v) / n, for m′ the mean with x: no sum grows with the run, and no digits are lost to it.
    const nextVariance = e.add(arg(2), part(e.sub(e.mul(deviation, e.sub(arg(0), nextMean)), arg(2))));
    const after = {
      mean: ir.map([...given, step()], isCounted(nextMean, arg(1)), [...axes, []]),
      variance: ir.map([...given, step()], isCounted(nextVariance, arg(2)), [...axes, []]),
      count: next,
    };
    update(mean, after.mean);
    update(variance, after.variance);
    update(count, next);
    return after;
  },
  detached: ['x'],
  keepsState: true,
  learnedAxes: (_, { x }) => x?.axes ?? [],
  torch({ params, inputs, inputTypes, let: assign, line, buffer, step, training }) {
    const shape = shapeOf(inputTypes.x);
    const [mean, variance, count] = [buffer('mean', shape), buffer('variance', shape), buffer('count', [])];
    const [x, before] = [assign('x', `${inputs.x}.detach()`), assign('before', mean)];
    // Welford's method: no sum grows with the run.
    line(
      [
        `if ${training} and ${step()} >= ${params.burnIn}:`,
        `    ${count} = ${count} + 1`,
        `    ${mean} = ${before} + (${x} - ${before}) / ${count}`,
        `    ${variance} = ${variance} + ((${x} - ${before}) * (${x} - ${mean}) - ${variance}) / ${count}`,
      ].join('\n'),
    );
    return { mean: `${mean} + 0`, variance: `${variance} + 0`, count: `${count} + 0` };
  },
  examples: [
    {
      inputs: { x: { axes: 'chain 2' } },
      expect: {
        mean: { axes: 'chain 2', values: [0, 0] },
        variance: { axes: 'chain 2', values: [0, 0] },
        count: { axes: '', values: [0] },
      },
      notDifferentiable: ['x'],
    },
  ],
});
