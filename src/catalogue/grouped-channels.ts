/** What convolution and its transpose share: kernels of their own or from a wire, channels in groups. */
import { z } from 'zod';
import { text } from '../base/text.ts';
import { arg, e } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';
import { commonDivisor, divisorsNear, multiplesAround } from '../tensor/divisors.ts';
import { asNumber, constant, divideExactly, multiply, type Size } from '../tensor/size.ts';
import type { Proposal, SeenAxis } from './adapt.ts';
import type { BoundType, Initialiser } from './bound.ts';
import type { Axis, InferContext, LowerContext, PortContext, PortSpec } from './define.ts';
import { multipleOf } from './divisibility.ts';
import { optionalPorts } from './optional-ports.ts';
import * as params from './params.ts';

export const channels = params.size.default(16).meta({
  label: text('Channels', '通道数'),
  doc: text('Size of the output’s channel axis', '输出通道轴的大小'),
});

export const groups = z
  .union([z.int().min(1).max(65_536), z.enum(['depthwise'])])
  .default(1)
  .meta({
    label: text('Groups', '分组'),
    doc: text(
      'Channels in so many groups, each by itself; “depthwise”: every channel is one',
      '通道分成几组，各组独立；depthwise：每个通道自成一组',
    ),
    widget: 'per-axis',
  });
export type Groups = z.output<typeof groups>;

export const bias = z
  .boolean()
  .default(true)
  .meta({ label: text('Bias', '偏置') });

/** A kernel that another node gives. */
export const kernelPort = optionalPorts([{ name: 'weight', title: text('weight', '权重') }]);

export const ports = (context: PortContext<{ readonly ports: readonly string[] }>): readonly PortSpec[] => [
  { name: 'x' },
  ...kernelPort.shown(context),
];

/** A kernel from a wire is not the node's own. */
export const learnsKernel = (params: { readonly bias: boolean }, wired: readonly string[]): boolean =>
  params.bias || !wired.includes('weight');

const groupsUnit = text(' groups', ' 组');

/** Channels as they stand on a wire or in a parameter, with where that is told. */
interface Channels {
  readonly axis: Axis;
  readonly place: { readonly port: string } | { readonly param: string };
}

/** How many channels of x, and of the output, are in one group; undefined, with a diagnostic, where they are not whole. */
export function inGroups(
  context: InferContext<{ readonly groups: Groups }>,
  x: Axis,
  y: Axis,
): { readonly x: Size; readonly y: Size } | undefined {
  const { groups: count } = context.params;
  if (count === 1) return { x: x.size, y: y.size };
  const whole = count === 'depthwise' ? x.size : constant(count);
  const ofX = count === 'depthwise' ? constant(1) : partOf(context, whole, { axis: x, place: { port: 'x' } });
  const ofY = ofX && partOf(context, whole, { axis: y, place: { param: 'channels' } });
  return ofX && ofY && { x: ofX, y: ofY };
}

function partOf(
  { fresh, unify, report }: InferContext<unknown>,
  whole: Size,
  { axis, place }: Channels,
): Size | undefined {
  const exact = divideExactly(axis.size, whole);
  if (exact) return exact;
  const [size, count] = [asNumber(axis.size), asNumber(whole)];
  if (size !== undefined && count !== undefined) {
    report('not-a-multiple', { ...place, axis: axis.name }, multipleOf(axis.name, size, count, groupsUnit));
    return undefined;
  }
  const part = fresh();
  unify(axis, { name: axis.name, size: multiply(whole, part) }, { ...place, axis: axis.name });
  return part;
}

/** Parameters with which channels are whole in each group: other groups, or as many channels as groups ask for. */
export function fittingGroups(
  params: { readonly groups: Groups; readonly channels: number | string },
  channelsOfX: SeenAxis | undefined,
): Proposal[] {
  const { groups: count, channels: made } = params;
  const given = channelsOfX?.size;
  if (count === 1 || given === undefined || typeof made !== 'number') return [];
  const parts = groupCount(count, given);
  if (given % parts === 0 && made % parts === 0) return [];
  const fitting = divisorsNear(commonDivisor([given, made]), parts).map((groups) => ({
    params: { groups },
    does: text(`Set groups to ${groups}`, `把分组设为 ${groups}`),
  }));
  if (given % parts !== 0) return fitting;
  const multiples = multiplesAround(made, parts).map((channels) => ({
    params: { channels },
    does: text(`Set channels to ${channels}`, `把通道数设为 ${channels}`),
  }));
  return [...multiples, ...fitting];
}

/** The number of groups, once sizes are known. */
export const groupCount = (count: Groups, channelsOfX: number): number =>
  count === 'depthwise' ? channelsOfX : count;

/** A kernel that comes by a wire has the sizes that the parameters say: told where it has not. */
export function expectKernel(
  { inputs, unify, report }: InferContext<unknown>,
  sizes: readonly (readonly [name: string, size: Size])[],
): boolean {
  const { weight } = inputs;
  if (!weight) return true;
  if (weight.axes.length !== sizes.length) {
    const names = weight.axes.map(({ name }) => name).join(', ') || '–';
    const values = { what: 'weight', actual: weight.axes.length, axes: names, expected: sizes.length };
    report('rank-mismatch', { port: 'weight' }, values);
    return false;
  }
  for (const [d, [name, size]] of sizes.entries()) {
    const axis = weight.axes[d] as Axis;
    unify({ name, size }, axis, { port: 'weight', axis: axis.name });
  }
  return true;
}

/** The kernel: what is wired, or a parameter of the node. */
export const kernelOf = (
  { inputs, parameter }: LowerContext<unknown>,
  shape: readonly number[],
  init: Initialiser,
): ValueId => inputs.weight ?? parameter('weight', shape, init);

/** One number for each channel added to y, whose axis `channel` they are. */
export function addBias(
  { ir, parameter }: LowerContext<unknown>,
  y: ValueId,
  channel: number,
  init: Initialiser,
): ValueId {
  const shape = ir.shape(y);
  const of = parameter('bias', [shape[channel] as number], init);
  return ir.map([y, of], e.add(arg(0), arg(1)), [shape.map((_, d) => d), [channel]]);
}

/** Axis d in two: groups, and what is in each; as it is where there is one group. */
export const split = (shape: readonly number[], d: number, count: number): number[] =>
  count === 1 ? [...shape] : shape.toSpliced(d, 1, count, (shape[d] as number) / count);

export const sizeAt = (type: BoundType | undefined, d: number): number => type?.axes.at(d)?.size as number;
