/** Potentials of one and two dimensions on which dynamics can be watched, for every member of an ensemble at once. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { Builder } from '../../ir/builder.ts';
import { arg, binary, type Expr, e, number, select } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { scalar, type TensorType } from '../../tensor/axis.ts';
import { constant } from '../../tensor/size.ts';
import { defineNode, type InferContext } from '../define.ts';
import { cellCall, cellMiddles, rangeParams, refuseEmptyRange, torchCellMiddles } from '../ranges.ts';
import { pythonNumber } from '../torch.ts';

const real = (value: number, en: string, zh: string, doc?: readonly [en: string, zh: string]) =>
  z
    .number()
    .default(value)
    .meta({ label: text(en, zh), ...(doc && { doc: text(...doc) }) });

const positive = (value: number, en: string, zh: string, doc: readonly [en: string, zh: string]) =>
  z
    .number()
    .positive()
    .default(value)
    .meta({ label: text(en, zh), doc: text(...doc) });

const schema = z.object({
  kind: z
    .enum(['harmonic', 'double-well', 'wide-and-narrow', 'two-dimensional'])
    .default('double-well')
    .meta({
      label: text('Kind', '种类'),
      options: {
        harmonic: text('harmonic', '谐振'),
        'double-well': text('double well', '双势阱'),
        'wide-and-narrow': text('wide and narrow well', '宽阱与窄阱'),
        'two-dimensional': text('double well in the plane', '平面双势阱'),
      },
    }),
  curvature: positive(1, 'Curvature λ', '曲率 λ', [
    'Of the harmonic potential; in the plane, across the wells',
    '谐振势的曲率；在平面中为横向曲率',
  ]),
  barrier: positive(1, 'Barrier b', '势垒 b', ['Height of the top over the wells', '垒顶高出势阱的高度']),
  distance: positive(1, 'Distance a', '距离 a', ['From the top to a well', '垒顶到势阱的距离']),
  ratio: positive(4, 'Ratio r', '宽度比 r', [
    'How many times wider the right well is, in “wide and narrow well”',
    '“宽阱与窄阱”中右阱是左阱的几倍宽',
  ]),
  tilt: real(0, 'Tilt c', '倾斜 c', [
    'Adds c x: the well on the left becomes the deeper one',
    '加上 c x：左阱变得更深',
  ]),
  ...rangeParams(-2, 2, 400, text('places of the curve', '曲线的点数')),
});
type Params = z.output<typeof schema>;

/** U of x = argument 0 and, in the plane, y = argument 1. */
function potentialOf({ kind, curvature, barrier, distance, ratio, tilt }: Params): Expr {
  const squared = (a: Expr) => e.mul(a, a);
  const [x, y] = [arg(0), arg(1)];
  const wells = (width: Expr) => e.mul(number(barrier), squared(e.sub(squared(e.mul(x, width)), number(1))));
  const bowl = (a: Expr) => e.mul(number(curvature / 2), squared(a));
  const tilted = (u: Expr) => (tilt === 0 ? u : e.add(u, e.mul(number(tilt), x)));
  const one = number(1 / distance);
  switch (kind) {
    case 'harmonic':
      return tilted(bowl(x));
    case 'double-well':
      return tilted(wells(one));
    case 'wide-and-narrow':
      return tilted(wells(select(binary('lt', x, number(0)), one, number(1 / (ratio * distance)))));
    case 'two-dimensional':
      return tilted(e.add(wells(one), bowl(y)));
  }
}

/** The same in Python. */
function torchPotential(
  { kind, curvature, barrier, distance, ratio, tilt }: Params,
  x: string,
  y: string,
): string {
  const n = pythonNumber;
  const wells = (a: string) => `${n(barrier)} * ((${x} / ${a}) ** 2 - 1) ** 2`;
  const bowl = (a: string) => `${n(curvature / 2)} * ${a} ** 2`;
  const tilted = (u: string) => (tilt === 0 ? u : `${u} + ${n(tilt)} * ${x}`);
  switch (kind) {
    case 'harmonic':
      return tilted(bowl(x));
    case 'double-well':
      return tilted(wells(n(distance)));
    case 'wide-and-narrow':
      return tilted(`torch.where(${x} < 0, ${wells(n(distance))}, ${wells(n(ratio * distance))})`);
    case 'two-dimensional':
      return tilted(`${wells(n(distance))} + ${bowl(y)}`);
  }
}

const isPlanar = ({ kind }: Params) => kind === 'two-dimensional';

/** Axes of the potential of an ensemble: those of its places, in the plane without the last, which has 2 elements. */
function membersOf({ inputs, params, report, unify }: InferContext<Params>): TensorType | undefined {
  const axes = inputs.x?.axes ?? [];
  if (!isPlanar(params)) return { axes };
  const last = axes.at(-1);
  if (last === undefined) {
    report('rank-mismatch', { port: 'x' }, { what: 'x', actual: 0, axes: '–', expected: 1 });
    return undefined;
  }
  unify(last, { name: 'xy', size: constant(2) }, { port: 'x', axis: last.name });
  return { axes: axes.slice(0, -1) };
}

/** U at places of which the last axis, in the plane, holds x and y. */
function evaluated(ir: Builder, x: ValueId, params: Params): ValueId {
  const expr = potentialOf(params);
  if (!isPlanar(params)) return ir.map([x], expr);
  const shape = ir.shape(x).slice(0, -1);
  const coordinate = (k: number) => ir.reshape(ir.part(x, shape.length, k, 1), shape);
  return ir.map([coordinate(0), coordinate(1)], expr);
}

export const potential = defineNode({
  type: 'potential',
  category: 'math',
  title: text('Potential', '势能'),
  doc: text(
    'U at every place: harmonic ½λx²; double well b((x/a)² − 1)²; wide and narrow, the same with a replaced by r·a on the right, so that the right well is exactly r times as wide; in the plane b((x/a)² − 1)² + ½λy². To each c·x is added. Total is the sum over the ensemble, the loss of its dynamics. The curve is U at the middles of equal cells between the ends.',
    '各处的 U：谐振 ½λx²；双势阱 b((x/a)² − 1)²；宽阱与窄阱同上，但右侧以 r·a 代替 a，使右阱恰为 r 倍宽；平面 b((x/a)² − 1)² + ½λy²。各式再加 c·x。“总和”对系综求和，作为其动力学的损失。曲线是两端之间等分小格中点处的 U。',
  ),
  glyph: 'U',
  params: schema,
  inputs: [{ name: 'x' }],
  outputs: ({ params }) => [
    { name: 'u', title: text('U(x)', 'U(x)') },
    { name: 'total', title: text('total', '总和'), meaning: 'loss' },
    { name: 'curve', title: text('curve', '曲线') },
    { name: 'places', title: text('places', '坐标') },
    ...(isPlanar(params) ? [{ name: 'yPlaces', title: text('places of y', 'y 坐标') }] : []),
  ],
  summary: ({ kind, tilt }) => {
    const formula = {
      harmonic: '½λx²',
      'double-well': 'b((x/a)² − 1)²',
      'wide-and-narrow': 'b((x/a)² − 1)², r·a',
      'two-dimensional': 'b((x/a)² − 1)² + ½λy²',
    }[kind];
    return tilt === 0 ? formula : `${formula} + cx`;
  },
  infer(context) {
    const { params } = context;
    refuseEmptyRange(context);
    const along = (name: string) => ({ name, size: constant(params.count) });
    return {
      u: membersOf(context),
      total: scalar,
      curve: { axes: isPlanar(params) ? [along('x'), along('y')] : [along('x')] },
      places: { axes: [along('x')] },
      ...(isPlanar(params) && { yPlaces: { axes: [along('y')] } }),
    };
  },
  lower({ params, inputs, ir }) {
    const places = cellMiddles(ir, params);
    const { count } = params;
    const isPlane = isPlanar(params);
    const expr = potentialOf(params);
    const curve = isPlane
      ? ir.map([places, places], expr, [[0], [1]], [count, count])
      : ir.map([places], expr);
    const u = evaluated(ir, inputs.x as ValueId, params);
    return { u, total: ir.sum(u), curve, places, ...(isPlane && { yPlaces: places }) };
  },
  // By hand.
  torch({ params, inputs, let: assign, helper }): Readonly<Record<string, string>> {
    const places = assign('places', helper(torchCellMiddles) + cellCall(params));
    if (!isPlanar(params)) {
      const u = assign('u', torchPotential(params, inputs.x as string, ''));
      return { u, total: `${u}.sum()`, curve: torchPotential(params, places, ''), places };
    }
    const u = assign('u', torchPotential(params, `${inputs.x}[..., 0]`, `${inputs.x}[..., 1]`));
    const curve = torchPotential(params, `${places}[:, None]`, places);
    return { u, total: `${u}.sum()`, curve, places, yPlaces: places };
  },
  examples: [
    {
      params: { kind: 'harmonic', curvature: 4, from: 0, to: 2, count: 2 },
      inputs: { x: { axes: 'chain 3', values: [-1, 0.5, 3] } },
      expect: {
        u: { axes: 'chain 3', values: [2, 0.5, 18] },
        total: { axes: '', values: [20.5] },
        curve: { axes: 'x 2', values: [0.5, 4.5] },
        places: { axes: 'x 2', values: [0.5, 1.5] },
      },
    },
    {
      params: { kind: 'double-well', barrier: 2, distance: 2, tilt: 0.5, from: -2, to: 2, count: 2 },
      inputs: { x: { axes: 'chain 3', values: [-2, 0, 4] } },
      expect: {
        u: { axes: 'chain 3', values: [-1, 2, 20] },
        curve: { axes: 'x 2', values: [0.625, 1.625] },
      },
    },
    {
      params: { kind: 'wide-and-narrow', ratio: 4 },
      inputs: { x: { axes: 'chain 4', values: [-1, -0.5, 2, 4] } },
      expect: { u: { axes: 'chain 4', values: [0, 0.5625, 0.5625, 0] } },
    },
    {
      params: { kind: 'two-dimensional', curvature: 2, from: -2, to: 2, count: 2 },
      inputs: {
        x: { axes: 'chain 2, xy 2', values: [1, 0.5, 0, -2] },
      },
      expect: {
        u: { axes: 'chain 2', values: [0.25, 5] },
        total: { axes: '', values: [5.25] },
        curve: { axes: 'x 2, y 2', values: [1, 1, 1, 1] },
        yPlaces: { axes: 'y 2', values: [-1, 1] },
      },
    },
  ],
});
