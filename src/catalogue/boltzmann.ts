/**
 * The Boltzmann distribution P ∝ exp(−U/T) of a potential that is given at the middles of equal cells: the integrals
 * by the midpoint rule, whose error falls off with the square of the cells' width, and faster where P vanishes at
 * both ends.
 */
import { z } from 'zod';
import { type Text, text } from '../base/text.ts';
import type { Builder } from '../ir/builder.ts';
import { arg, e, unary } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';
import type { Axis } from '../tensor/axis.ts';
import type { InferContext, LowerContext, PortSpec } from './define.ts';
import { expectCount, expectPositive } from './expectations.ts';
import { meetAxes } from './meeting.ts';
import { pythonNumber, type TorchContext } from './torch.ts';

/** Inputs that give a potential: numbers of U, the places that they stand at, and the temperature. */
export const boltzmannInputs: readonly PortSpec[] = [
  { name: 'potential', title: text('potential', '势能') },
  { name: 'places', title: text('places', '坐标') },
  { name: 'temperature', title: text('temperature', '温度'), optional: true },
];

/** In units of the potential: Boltzmann's constant is 1. */
export const boltzmannTemperature = z
  .number()
  .positive()
  .default(0.5)
  .meta({ label: text('Temperature T', '温度 T') });

/** Why a density may not be finite. */
export const boltzmannNotFinite = text(
  'the temperature must be above 0, the potential finite and the places different',
  '温度须大于 0，势能须有限，各坐标须不同',
);

/** The axis of the places; undefined where potential and places are no curve, which is told. `least`: of places, for a reason. */
export function inferBoltzmann(
  context: InferContext<unknown>,
  least = 2,
  reason: Text = text('how wide a cell is follows from two places', '格宽由两个坐标得出'),
): Axis | undefined {
  const { inputs, report } = context;
  const axesOf = (port: string) => inputs[port]?.axes ?? [];
  const written = (port: string) =>
    axesOf(port)
      .map((a) => a.name)
      .join(', ') || '–';
  const heat = axesOf('temperature');
  if (heat.length > 0)
    report('not-scalar', { port: 'temperature' }, { what: 'temperature', axes: written('temperature') });
  expectPositive(context, 'temperature');
  expectCount(context, 'places', 0, least, reason);
  const [potential, places] = ['potential', 'places'].map((port) => {
    const axes = axesOf(port);
    if (axes.length === 1) return axes[0];
    const values = { what: port, actual: axes.length, axes: written(port), expected: 1 };
    report('rank-mismatch', { port }, values);
    return undefined;
  });
  if (!potential || !places) return undefined;
  return meetAxes(
    context,
    { axis: potential, axes: [potential] },
    { axis: places, axes: [places] },
    'places',
  );
}

export interface Boltzmann {
  /** The width of a cell: a scalar. */
  readonly width: ValueId;
  /** The probability of each cell, of sum 1: [x]. */
  readonly shares: ValueId;
  readonly places: ValueId;
}

/** Of inputs that `inferBoltzmann` has found to be a curve. A single place has the width 0. */
export function boltzmann({
  ir,
  inputs,
  params,
}: Pick<LowerContext<{ readonly temperature: number }>, 'ir' | 'inputs' | 'params'>): Boltzmann {
  const [potential, places] = [inputs.potential as ValueId, inputs.places as ValueId];
  const temperature = inputs.temperature ?? ir.full([], params.temperature);
  // Whatever is subtracted from U cancels: the least of U, so that no exponential overflows.
  const least = ir.reduce('min', potential, [0], true);
  const weight = unary('exp', e.div(e.sub(arg(1), arg(0)), arg(2)));
  const weights = ir.map([potential, least, temperature], weight, [[0], [], []]);
  const shares = ir.map([weights, ir.sum(weights)], e.div(arg(0), arg(1)), [[0], []]);
  const count = ir.shape(places)[0] as number;
  const end = (at: number) => ir.reshape(ir.part(places, 0, at, 1), []);
  const whole = ir.map([end(0), end(count - 1)], e.sub(arg(1), arg(0)));
  return { width: ir.scale(whole, 1 / Math.max(1, count - 1)), shares, places };
}

/** Σ shares·f of a function of the places: a scalar. */
export const meanOf = (ir: Builder, shares: ValueId, values: ValueId): ValueId =>
  ir.sum(ir.mul(shares, values));

/** x − m for a scalar m. */
export const centredBy = (ir: Builder, x: ValueId, m: ValueId): ValueId =>
  ir.map([x, m], e.sub(arg(0), arg(1)), [ir.shape(x).map((_, d) => d), []]);

export const powerOf = (ir: Builder, x: ValueId, n: 2 | 4): ValueId => {
  const square = e.mul(arg(0), arg(0));
  return ir.map([x], n === 2 ? square : e.mul(square, square));
};

/** The same in Python: probabilities of the cells, and their width. */
export function torchBoltzmann({
  params,
  inputs,
  inputTypes,
  let: assign,
}: Pick<
  TorchContext<{ readonly temperature: number }>,
  'params' | 'inputs' | 'inputTypes' | 'let'
>): Readonly<Record<'shares' | 'width', string>> {
  const { potential, places } = inputs;
  const temperature = inputs.temperature ?? pythonNumber(params.temperature);
  const count = inputTypes.places?.axes[0]?.size as number;
  return {
    shares: assign('shares', `torch.softmax(-${potential} / ${temperature}, 0)`),
    width: assign('width', `(${places}[-1] - ${places}[0]) / ${Math.max(1, count - 1)}`),
  };
}
