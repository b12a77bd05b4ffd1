/**
 * Patterns of einops that do not keep every number: indices on the left alone are reduced, those on the right alone
 * are repeated. What a tensor's type becomes, and how it is computed: split, reduced or repeated, permuted, merged.
 */
import { z } from 'zod';
import { text } from '../base/text.ts';
import type { Builder } from '../ir/builder.ts';
import type { ValueId } from '../ir/program.ts';
import type { Axis } from '../tensor/axis.ts';
import { excerpt, isHidden } from '../tensor/einsum.ts';
import { type PatternKind, parseRearrange, type Rearrangement, spread } from '../tensor/rearrange.ts';
import { asNumber, product } from '../tensor/size.ts';
import type { BoundType } from './bound.ts';
import type { InferContext } from './define.ts';
import { multipleOf } from './divisibility.ts';
import { freshName, shapeOf } from './given.ts';
import * as params from './params.ts';

export const regroupingParams = (pattern: string) => ({
  pattern: z
    .string()
    .max(1000)
    .default(pattern)
    .meta({ label: text('Pattern', '模式'), widget: 'expression' }),
  sizes: z
    .array(z.object({ name: params.indexName, size: params.size }))
    .max(32)
    .default([])
    .meta({
      label: text('Sizes', '大小'),
      doc: text('Of split and of new indices: h 8', '拆分出的与新的指标：h 8'),
      widget: 'axes',
    }),
});

interface RegroupingParams {
  readonly pattern: string;
  readonly sizes: readonly { readonly name: string; readonly size: number | string }[];
}

/** The pattern for what is wired, with a diagnostic where it cannot be read or names another number of axes. */
function patternOf(context: InferContext<RegroupingParams>, kind: PatternKind): Rearrangement | undefined {
  const { params: given, inputs, report } = context;
  const read = parseRearrange(given.pattern, kind);
  if ('error' in read) {
    const form = read.meant ?? (kind === 'reduce' ? 'b t d -> b d' : 'b d -> b t d');
    report(
      'bad-pattern',
      { param: 'pattern' },
      { pattern: excerpt(given.pattern), detail: read.error, form },
    );
    return undefined;
  }
  const axes = inputs.x?.axes ?? [];
  const whole = spread(read.pattern, axes.length);
  if (whole.left.length === axes.length) return whole;
  const names = axes.map((a) => a.name).join(', ') || '–';
  const values = { what: 'x', actual: axes.length, axes: names, expected: whole.left.length };
  report('rank-mismatch', { port: 'x' }, values);
  return undefined;
}

/** The axes that come out; undefined, with a diagnostic, where there are none. */
export function inferRegrouping(
  context: InferContext<RegroupingParams>,
  kind: PatternKind,
): readonly Axis[] | undefined {
  const { params: given, inputs, size, fresh, unify, report } = context;
  const pattern = patternOf(context, kind);
  if (!pattern) return undefined;
  const named = new Set([...pattern.left, ...pattern.right].flat());
  for (const { name, size: written } of given.sizes) {
    if (named.has(name)) continue;
    report('size-unused', { param: 'sizes', axis: name }, { axis: name });
    size(written, 'sizes');
  }
  const known = new Map<string, Axis>();
  const writtenOf = (name: string) => given.sizes.find((s) => s.name === name);
  for (const [d, group] of pattern.left.entries()) {
    const axis = inputs.x?.axes[d] as Axis;
    const factors = group.map((name): Axis => {
      const written = writtenOf(name);
      if (written) return { name, size: size(written.size, 'sizes') };
      if (isHidden(name)) return axis;
      return group.length === 1 ? { ...axis, name } : { name, size: fresh() };
    });
    const whole = asNumber(axis.size);
    const rest = factors.reduce((n: number, f) => n * (asNumber(f.size) ?? 1), 1);
    if (whole !== undefined && group.length > 1 && (rest < 1 || whole % rest !== 0)) {
      report('not-a-multiple', { port: 'x', axis: axis.name }, multipleOf(axis.name, whole, rest));
      return undefined;
    }
    for (const [i, factor] of factors.entries()) known.set(group[i] as string, factor);
    const merged = { name: axis.name, size: product(factors.map((f) => f.size)) };
    unify(axis, merged, { port: 'x', axis: axis.name });
  }
  for (const name of pattern.right.flat()) {
    if (known.has(name)) continue;
    const written = writtenOf(name);
    if (!written) {
      const detail = text(
        `${name} is new: give its size, as ${name} 4`,
        `${name} 是新指标：请给出大小，如 ${name} 4`,
      );
      report('bad-param', { param: 'sizes', axis: name }, { param: 'sizes', detail });
      return undefined;
    }
    known.set(name, { name, size: size(written.size, 'sizes') });
  }
  const axes: Axis[] = [];
  for (const group of pattern.right) {
    const factors = group.map((name) => known.get(name) as Axis);
    const [only] = factors;
    if (factors.length === 1 && only) axes.push(only);
    else {
      const name = freshName(factors.map((f) => f.name).join('') || 'one', axes);
      axes.push({ name, size: product(factors.map((f) => f.size)) });
    }
  }
  return axes;
}

/** A pattern with the sizes of its indices. */
export interface Regrouping extends Rearrangement {
  readonly sizes: ReadonlyMap<string, number>;
  /** Indices on the left that the right lacks, and the other way round. */
  readonly lost: readonly string[];
  readonly fresh: readonly string[];
}

export function regroupingOf(
  given: RegroupingParams,
  kind: PatternKind,
  input: BoundType | undefined,
  bound: (size: number | string) => number,
): Regrouping {
  const read = parseRearrange(given.pattern, kind);
  if ('error' in read) throw new Error('internal: a pattern was lowered that does not check');
  const { left, right } = spread(read.pattern, input?.axes.length ?? 0);
  const [named, others] = [left.flat(), right.flat()];
  const sizes = new Map<string, number>();
  for (const { name, size } of given.sizes)
    if (named.includes(name) || others.includes(name)) sizes.set(name, bound(size));
  for (const [d, group] of left.entries()) {
    const open = group.filter((name) => !sizes.has(name));
    const rest = group.reduce((n, name) => n * (sizes.get(name) ?? 1), 1);
    if (open[0] !== undefined) sizes.set(open[0], (input?.axes[d]?.size ?? 1) / rest);
  }
  return {
    left,
    right,
    sizes,
    lost: named.filter((name) => !others.includes(name)),
    fresh: others.filter((name) => !named.includes(name)),
  };
}

/** x with its axes split, and the places of those that are lost. */
export function splitApart(ir: Builder, x: ValueId, { left, sizes, lost }: Regrouping) {
  const names = left.flat();
  const split = ir.reshape(
    x,
    names.map((name) => sizes.get(name) as number),
  );
  return { split, over: names.flatMap((name, d) => (lost.includes(name) ? [d] : [])) };
}

/** What is left of x, with the axes that are kept, is repeated, permuted and merged. */
export function merge(ir: Builder, x: ValueId, { left, right, sizes, lost }: Regrouping): ValueId {
  const kept = left.flat().filter((name) => !lost.includes(name));
  const wanted = right.flat();
  const whole = ir.broadcast(
    x,
    kept.map((name) => wanted.indexOf(name)),
    wanted.map((name) => sizes.get(name) as number),
  );
  return ir.reshape(
    whole,
    right.map((group) => group.reduce((n, name) => n * (sizes.get(name) as number), 1)),
  );
}

/** Steps in Python: `.reshape(…)`, `.permute(…)`; `length` says how long an axis of the input is. */
export function torchRegrouping(
  { left, right, sizes, lost, fresh }: Regrouping,
  input: BoundType | undefined,
  length: (axis: number) => string,
): { readonly split: string; readonly over: readonly number[]; readonly rest: string } {
  const shape = shapeOf(input);
  const names = left.flat();
  /** A size in Python: that of an axis which stands alone may be another for other batches. */
  const sizeOf = (name: string): string => {
    const d = left.findIndex((group) => group.includes(name));
    return d >= 0 && left[d]?.length === 1 && shape[d] === sizes.get(name) ? length(d) : `${sizes.get(name)}`;
  };
  const isSplit = left.some((group) => group.length !== 1);
  const split = isSplit ? `.reshape(${names.map(sizeOf).join(', ')})` : '';
  const over = names.flatMap((name, d) => (lost.includes(name) ? [d] : []));
  const kept = names.filter((name) => !lost.includes(name));
  const wanted = right.flat();
  const known = wanted.filter((name) => !fresh.includes(name));
  const order = known.map((name) => kept.indexOf(name));
  const permuted = order.some((at, d) => at !== d) ? `.permute(${order.join(', ')})` : '';
  const repeated =
    fresh.length === 0
      ? ''
      : `[${wanted.map((name) => (fresh.includes(name) ? 'None' : ':')).join(', ')}].expand(${wanted
          .map((name) => (fresh.includes(name) ? `${sizes.get(name)}` : '-1'))
          .join(', ')})`;
  const isMerged = right.some((group) => group.length !== 1);
  const merged = isMerged
    ? `.reshape(${right.map((group) => group.map(sizeOf).join(' * ') || '1').join(', ')})`
    : '';
  return { split, over, rest: permuted + repeated + merged };
}
