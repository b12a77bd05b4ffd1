/** The flow of a linear system: e^(tA). */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { Builder } from '../../ir/builder.ts';
import { arg, binary, e, number, select, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { scan } from '../../ir/scan.ts';
import { defineNode } from '../define.ts';
import { refuseInput } from '../expectations.ts';
import { shapeOf } from '../given.ts';
import { pythonNumber } from '../torch.ts';
import { continuous } from '../value-kinds.ts';

/** Of the Taylor series of a matrix of norm 1 at most: what is left out is below 1 / 19! ≈ 8e−18. */
const degree = 18;
/** At most: norms up to 2²⁰. */
const squarings = 20;

/**
 * e^X for matrices [batch, n, n] by scaling and squaring: e^X = (e^(X / 2ˢ))^(2ˢ), s the least at which the norm of
 * X / 2ˢ is 1 at most. N. J. Higham, "Functions of Matrices", section 10.3, with a Taylor series for the small matrix,
 * so that there are products only. NaN where the norm is above 2²⁰.
 */
function exponential(ir: Builder, matrices: ValueId): ValueId {
  const [batch = 1, n = 1] = ir.shape(matrices);
  const matrix = [0, 1, 2];
  // The largest sum of magnitudes along a row; how often to square follows from it, and has no derivative.
  const norm = ir.reduce('max', ir.sum(ir.apply('abs', matrices), [2]), [1], true);
  const log2 = e.mul(number(Math.LOG2E), unary('log', binary('max', arg(0), number(1))));
  const s = ir.map([norm], e.neg(unary('floor', e.neg(log2))));
  const isInReach = binary('le', arg(1), number(squarings));
  const factor = select(isInReach, unary('exp', e.mul(number(-Math.LN2), arg(1))), number(Number.NaN));
  const small = ir.map([matrices, s], e.mul(arg(0), factor), [matrix, [0]]);
  const identity = ir.contract([], [], [0, 1, 1], { sizes: [batch, n] });
  // Horner's scheme: 1 + X (1 + X/2 (1 + X/3 (…)))
  const series = scan(ir, {
    length: degree,
    carries: [identity],
    rows: [
      ir.constant(
        [degree],
        Array.from({ length: degree }, (_, i) => 1 / (degree - i)),
      ),
    ],
    constants: [small],
    body(inner, [sum = 0], [share = 0], [x = 0]) {
      const one = inner.contract([], [], [0, 1, 1], { sizes: [batch, n] });
      const next = e.add(arg(0), e.mul(arg(1), arg(2)));
      return {
        carries: [inner.map([one, share, inner.einsum('bij,bjk->bik', x, sum)], next, [matrix, [], matrix])],
      };
    },
  });
  const squared = scan(ir, {
    length: squarings,
    carries: series.last,
    rows: [ir.iota(squarings)],
    constants: [s],
    body(inner, [root = 0], [i = 0], [times = 0]) {
      const square = inner.einsum('bij,bjk->bik', root, root);
      const isDue = binary('lt', arg(2), arg(3));
      return {
        carries: [
          inner.map([root, square, i, times], select(isDue, arg(1), arg(0)), [matrix, matrix, [], [0]]),
        ],
      };
    },
  });
  return squared.last[0] as ValueId;
}

const outOfReach = text('a norm of t A above 2²⁰ is out of reach', 't A 的范数超过 2²⁰ 时无法计算');

export const matrixExponential = defineNode({
  type: 'matrix-exponential',
  category: 'math',
  title: text('Matrix exponential', '矩阵指数'),
  doc: text(
    'e^(tA) = 1 + tA + (tA)²/2! + …: what dx/dt = A x makes of x in the time t, exactly. With times on the wire “t”: one matrix for each. Computed by contractions alone (scaling and squaring); exact to the digits of the precision for moderate t‖A‖.',
    'e^(tA) = 1 + tA + (tA)²/2! + …：dx/dt = A x 在时间 t 内对 x 的精确作用。“t” 接入多个时刻时，每个时刻给出一个矩阵。只用收缩计算（缩放与平方）；t‖A‖ 适中时精确到所用精度的位数。',
  ),
  glyph: 'eᴬ',
  params: z.object({
    t: z
      .number()
      .default(1)
      .meta({ label: text('Time t', '时间 t') }),
  }),
  inputs: [{ name: 'A' }, { name: 't', title: text('t', 't'), optional: true }],
  outputs: [{ name: 'out' }],
  summary: ({ t }, wired) => (wired.includes('t') ? 'exp(t A)' : t === 1 ? 'exp A' : `exp(${t} A)`),
  notFinite: outOfReach,
  infer(context) {
    const { params, inputs, unify, report } = context;
    const sizeOf = (numbers: readonly number[]) => Math.max(...numbers.map(Math.abs));
    const time = sizeOf(inputs.t ? (inputs.t.written ?? [0]) : [params.t]);
    // The norm is at least the largest of the numbers.
    if (time * sizeOf(inputs.A?.written ?? [0]) > 2 ** squarings) refuseInput(context, 'A', outOfReach);
    const axes = inputs.A?.axes ?? [];
    const [rows, columns] = axes.slice(-2);
    if (!rows || !columns) {
      const names = axes.map(({ name }) => name).join(', ') || '–';
      report('rank-mismatch', { port: 'A' }, { what: 'A', actual: axes.length, axes: names, expected: 2 });
      return {};
    }
    unify(rows, columns, { port: 'A', axis: columns.name });
    const times = inputs.t?.axes ?? [];
    const twice = times.find(({ name }) => axes.some((axis) => axis.name === name));
    if (twice) report('name-twice', { port: 't', axis: twice.name }, { axis: twice.name });
    return { out: { axes: [...times, ...axes], valueKind: continuous } };
  },
  lower({ params: { t }, inputs, inputTypes, ir }) {
    const [times, shape] = [shapeOf(inputTypes.t), shapeOf(inputTypes.A)];
    const whole = [...times, ...shape];
    const axes = whole.map((_, d) => d);
    const scaled = ir.map(
      [inputs.A as ValueId, inputs.t ?? ir.full([], t)],
      e.mul(arg(1), arg(0)),
      [axes.slice(times.length), axes.slice(0, times.length)],
      whole,
    );
    const [n = 1] = shape.slice(-1);
    const batch = whole.slice(0, -2).reduce((count, size) => count * size, 1);
    return { out: ir.reshape(exponential(ir, ir.reshape(scaled, [batch, n, n])), whole) };
  },
  torch({ params: { t }, inputs, inputTypes }) {
    const rank = inputTypes.A?.axes.length ?? 2;
    const time = inputs.t ?? pythonNumber(t);
    const isMany = (inputTypes.t?.axes.length ?? 0) > 0;
    const times = isMany ? `${time}[(...,) + (None,) * ${rank}]` : time;
    const scaled = inputs.t === undefined && t === 1 ? inputs.A : `${times} * ${inputs.A}`;
    return { out: `torch.linalg.matrix_exp(${scaled})` };
  },
  examples: [
    {
      // scipy.linalg.expm, as the others
      inputs: { A: { axes: 'i 2, j 2', values: [0, 1, -1, 0] } },
      expect: {
        out: {
          axes: 'i 2, j 2',
          values: [0.5403023058681397, 0.8414709848078966, -0.8414709848078965, 0.5403023058681397],
        },
      },
    },
    {
      params: { t: -2.5 },
      notDifferentiable: ['A'],
      inputs: { A: { axes: 'i 3, j 3', values: [4, 1, 0.5, 1, 3, -1, 0.5, -1, 2] } },
      expect: {
        out: {
          axes: 'i 3, j 3',
          values: [
            0.007307483464736744, -0.012727620182440974, -0.017248775234576914, -0.012727620182440955,
            0.022212096675849027, 0.030143564411811263, -0.01724877523457691, 0.030143564411811295,
            0.04147069594430379,
          ],
        },
      },
    },
    {
      inputs: {
        A: { axes: 'i 2, j 2', values: [-1, 0.5, 0.25, -3] },
        t: { axes: 't 3', values: [0, 0.5, 40] },
      },
      expect: {
        out: {
          axes: 't 3, i 2, j 2',
          values: [
            1.0, 0.0, 0.0, 1.0, 0.613520364687043, 0.09634197971646359, 0.048170989858231796,
            0.22815244582118854, 4.6708504154078403e-17, 1.133338354225953e-17, 5.666691771129783e-18,
            1.3749699850401248e-18,
          ],
        },
      },
    },
  ],
});
