/** Checks that a drawn function of positions turns with them: F(Q r + t) = Q F(r). */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { Builder } from '../../ir/builder.ts';
import { arg, e, number, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { scan } from '../../ir/scan.ts';
import { defineNode, type LowerContext } from '../define.ts';
import { numbersOfRotation, rotationsOf, torchRotations } from '../rotations.ts';
import { shouldParams, tellDifference, tellTorchDifference } from '../should.ts';
import { pythonBoolean, pythonNumber } from '../torch.ts';

export const checkEquivariant = defineNode({
  type: 'check-equivariant',
  category: 'check',
  title: text('Check: equivariant', '检验：等变'),
  doc: text(
    'Puts positions that are turned and shifted at random into what is drawn from “by” to “of”, and compares: F(Q r + t) = Q F(r), or = F(r) where “of” should stay as it is. The last index of both is that of the coordinates. The residual is the largest difference as a part of the largest element of F(r).',
    '把随机旋转、平移后的位置代入从“位置 r”画到“函数 F”的函数并比较：F(Q r + t) = Q F(r)；若“函数 F”应保持不变，则比较 F(r)。两者的最后一个指标为坐标。残差为最大差与 F(r) 最大元素之比。',
  ),
  glyph: '✓',
  params: z.object({
    trials: z
      .int()
      .min(1)
      .max(10_000)
      .default(100)
      .meta({ label: text('Trials', '次数') }),
    shift: z
      .number()
      .min(0)
      .default(1)
      .meta({
        label: text('Shift', '平移'),
        doc: text(
          'Standard deviation of each coordinate; 0: rotations alone',
          '每个坐标的标准差；0 为仅旋转',
        ),
      }),
    turns: z
      .boolean()
      .default(true)
      .meta({
        label: text('“of” turns too', '“函数 F”随之旋转'),
        doc: text('Off: it should stay as it is, as an energy does', '关闭：应保持不变，如能量'),
      }),
    tolerance: z
      .number()
      .min(0)
      .default(1e-10)
      .meta({ label: text('Tolerance', '容差') }),
    ...shouldParams,
  }),
  inputs: [
    { name: 'of', title: text('of F', '函数 F') },
    { name: 'by', title: text('by r', '位置 r') },
  ],
  outputs: [],
  summary: ({ turns }) => (turns ? 'F(Qr + t) = Q F(r)' : 'F(Qr + t) = F(r)'),
  evaluates: { of: 'of', by: ['by'], times: 2 },
  infer({ params: { turns }, inputs, unify, report }) {
    const last = inputs.by?.axes.at(-1);
    if (!last) {
      report('rank-mismatch', { port: 'by' }, { what: 'by', actual: 0, axes: '–', expected: 1 });
      return {};
    }
    const turned = inputs.of?.axes.at(-1);
    if (turns && !turned)
      report('rank-mismatch', { port: 'of' }, { what: 'of', actual: 0, axes: '–', expected: 1 });
    if (turns && turned) unify(last, turned, { port: 'of', axis: turned.name });
    return {};
  },
  lower(context) {
    const { params, inputs, ir, function: functionOf } = context;
    const [of, by] = [inputs.of as ValueId, inputs.by as ValueId];
    const f = functionOf('of', ['by']);
    const { rotations, shifts } = motions(context);
    const { outs } = scan(ir, {
      length: params.trials,
      carries: [],
      rows: [rotations, shifts],
      constants: [by, of, ...f.captured],
      body(inner, _, [rotation = 0, shift = 0], [r = 0, force = 0, ...captured]) {
        const moved = f.at(inner, [shifted(inner, turned(inner, r, rotation), shift)], captured);
        const expected = params.turns ? turned(inner, force, rotation) : force;
        return { carries: [], outs: [largest(inner, inner.sub(moved, expected))] };
      },
    });
    // 0 / 0 of a force that is 0 everywhere is NaN, and not met: nothing was checked.
    const difference = ir.map([largest(ir, outs[0] as ValueId), largest(ir, of)], e.div(arg(0), arg(1)));
    tellDifference(context, difference, ir.full([], params.tolerance));
    return {};
  },
  torch(context) {
    const { params, inputs, inputTypes, let: assign, drawn, helper, function: functionOf } = context;
    const { trials, shift, turns, tolerance } = params;
    const n = inputTypes.by?.axes.at(-1)?.size as number;
    const count = numbersOfRotation(n);
    const numbers = drawn('normal', [trials, count + n]);
    helper(torchRotations);
    const given = [functionOf('of', ['by']), inputs.by, inputs.of, `rotations(${numbers}, ${n})`];
    const shifts = `${pythonNumber(shift)} * ${numbers}[:, ${count}:]`;
    const call = `${helper(torchEquivariance)}(${[...given, shifts, pythonBoolean(turns)].join(', ')})`;
    tellTorchDifference(context, assign('difference', call), pythonNumber(tolerance));
    return {};
  },
  examples: [
    {
      // A spring to the centre turns with the positions; it does not move with them.
      params: { shift: 0, trials: 20, tolerance: 1e-6 },
      inputs: { by: { axes: 'i 3, d 2', values: [1, 2, 4, 6, -1, 0.5] } },
      drawn: {
        nodes: { spring: { type: 'scale', params: { factor: -2 } } },
        wires: ['in-by.out > spring.x', 'spring.out > node.of'],
      },
      expect: {},
      check: { value: 0, theory: 0, residual: 0, met: true },
    },
    {
      // On a line there is nothing to turn, so nothing is broken.
      params: { shift: 0, trials: 200, turns: false, should: 'break', least: 3 },
      inputs: { by: { axes: 'd 1', values: [1] } },
      expect: {},
      drawn: {
        nodes: { spring: { type: 'scale', params: { factor: -2 } } },
        wires: ['in-by.out > spring.x', 'spring.out > node.of'],
      },
      check: { value: 0, residual: 3, met: false },
    },
  ],
});

/** One rotation and one shift for each trial. */
function motions({
  params: { trials, shift },
  inputs,
  ir,
  drawn,
}: LowerContext<{ readonly trials: number; readonly shift: number }>) {
  const n = ir.shape(inputs.by as ValueId).at(-1) as number;
  const count = numbersOfRotation(n);
  const numbers = drawn('normal', [trials, count + n]);
  return {
    rotations: rotationsOf(ir, numbers, n),
    shifts: ir.map([ir.part(numbers, 1, count, n)], e.mul(number(shift), arg(0))),
  };
}

/** Q x for the vectors along the last axis. */
function turned(ir: Builder, x: ValueId, rotation: ValueId): ValueId {
  const all = ir.shape(x).map((_, d) => d);
  const last = all.length - 1;
  return ir.contract([x, rotation], [all, [last + 1, last]], [...all.slice(0, -1), last + 1]);
}

function shifted(ir: Builder, x: ValueId, shift: ValueId): ValueId {
  const all = ir.shape(x).map((_, d) => d);
  return ir.map([x, shift], e.add(arg(0), arg(1)), [all, all.slice(-1)], ir.shape(x));
}

/** The largest magnitude. */
const largest = (ir: Builder, x: ValueId): ValueId =>
  ir.reduce(
    'max',
    ir.map([x], unary('abs', arg(0))),
    ir.shape(x).map((_, d) => d),
  );

const torchEquivariance = `def equivariance(function, r, value, rotations, shifts, turns):
    """The largest difference of F(Q r + t) from Q F(r), or from F(r), in units of the largest element of F."""
    worst = torch.tensor(0.0)
    for q, t in zip(rotations, shifts):
        expected = value @ q.T if turns else value
        worst = torch.maximum(worst, (function(r @ q.T + t) - expected).abs().max())
    return worst / value.abs().max()`;
