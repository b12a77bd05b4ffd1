/** What the norms share: which axis the channels are, and numbers brought to mean 0 and variance 1, scaled and shifted. */
import { z } from 'zod';
import { text } from '../base/text.ts';
import type { Builder } from '../ir/builder.ts';
import { arg, type Expr, e, number, unary } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';
import type { InferContext, LowerContext } from './define.ts';
import * as params from './params.ts';

export const epsilon = z
  .number()
  .positive()
  .default(1e-5)
  .meta({ label: text('ε', 'ε') });

export const learned = z
  .boolean()
  .default(true)
  .meta({ label: text('Scale and shift', '缩放与平移') });

export const channel = params.indexName.optional().meta({
  label: text('Channel axis', '通道轴'),
  doc: text('Its name; empty: the second axis, as in PyTorch', '通道轴的名字；留空则为第二个轴，同 PyTorch'),
});

/** The place of the channels: of the named axis, or the second. */
export const channelPlace = (axes: readonly { readonly name: string }[], name: string | undefined): number =>
  name === undefined ? 1 : axes.findIndex((axis) => axis.name === name);

/** The same, with a diagnostic where x has too few axes or none of the name. `after`: so many must follow it. */
export function findChannel(
  { params: { channel: name }, inputs, report }: InferContext<{ readonly channel?: string | undefined }>,
  after: number,
): number | undefined {
  const axes = inputs.x?.axes ?? [];
  const place = channelPlace(axes, name);
  const there = axes.map((axis) => axis.name).join(', ') || '–';
  const expected = Math.max(2, place + 1 + after);
  if (axes.length < expected) {
    report('rank-mismatch', { port: 'x' }, { what: 'x', actual: axes.length, axes: there, expected });
    return undefined;
  }
  if (place >= 0) return place;
  const detail = text(`“${name}” is not among ${there}`, `“${name}” 不在 ${there} 之中`);
  report('bad-param', { param: 'channel' }, { param: 'channel', detail });
  return undefined;
}

/** Axes of a tensor: those that are averaged over, and the others. */
export interface Averaged {
  readonly over: readonly number[];
  readonly kept: readonly number[];
}

export const averagedOver = (rank: number, over: readonly number[]): Averaged => ({
  over,
  kept: Array.from({ length: rank }, (_, d) => d).filter((d) => !over.includes(d)),
});

/** Tensors that are multiplied with what was normalised, and added to it; `axes`: those of x that they run along. */
export interface Affine {
  readonly gain?: ValueId;
  readonly shift?: ValueId;
  readonly axes: readonly number[];
}

/** The scale and shift that a node learns along some axes; it begins with 1 and 0. */
export const learnedAffine = (
  { parameter }: LowerContext<unknown>,
  shape: readonly number[],
  axes: readonly number[],
): Affine => ({
  gain: parameter('weight', shape, { kind: 'ones' }),
  shift: parameter('bias', shape, { kind: 'zeros' }),
  axes,
});

/** (x − mean) / √(variance + ε), or x / √(mean square + ε) where nothing is taken off, scaled and shifted; and what was averaged. */
export function standardise(
  ir: Builder,
  x: ValueId,
  { over, kept }: Averaged,
  epsilon: number,
  { affine, isCentred = true }: { readonly affine?: Affine | undefined; readonly isCentred?: boolean } = {},
): { readonly y: ValueId; readonly mean: ValueId | undefined; readonly variance: ValueId } {
  const shape = ir.shape(x);
  const all = shape.map((_, d) => d);
  const mean = isCentred ? ir.mean(x, over) : undefined;
  const centred = mean === undefined ? x : ir.map([x, mean], e.sub(arg(0), arg(1)), [all, kept], shape);
  const variance = ir.mean(ir.mul(centred, centred), over);
  // One root and one quotient a row, not one an element.
  const sharpness = ir.map([variance], unary('recip', unary('sqrt', e.add(arg(0), number(epsilon)))));
  const args = [centred, sharpness];
  const axes: (readonly number[])[] = [all, kept];
  let scaled: Expr = e.mul(arg(0), arg(1));
  for (const part of ['gain', 'shift'] as const) {
    const of = affine?.[part];
    if (of === undefined || affine === undefined) continue;
    scaled = (part === 'gain' ? e.mul : e.add)(scaled, arg(args.length));
    args.push(of);
    axes.push(affine.axes);
  }
  return { y: ir.map(args, scaled, axes, shape), mean, variance };
}
