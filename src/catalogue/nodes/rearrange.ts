/** Splits, permutes and merges axes by a pattern. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { twice as namedTwice } from '../../tensor/axes-text.ts';
import type { Axis } from '../../tensor/axis.ts';
import { excerpt, isHidden } from '../../tensor/einsum.ts';
import { parseRearrange, type Rearrangement, spaced, spread } from '../../tensor/rearrange.ts';
import { asNumber, product } from '../../tensor/size.ts';
import type { Proposal, SeenAxis } from '../adapt.ts';
import { defineNode } from '../define.ts';
import { multipleOf } from '../divisibility.ts';
import { shapeOf } from '../given.ts';
import * as params from '../params.ts';
import { rearrangements } from '../patterns.ts';

/** The name of an axis merged from several: h and w give hw. */
const merged = (names: readonly string[]) => names.join('') || 'one';

export const rearrange = defineNode({
  type: 'rearrange',
  category: 'layer',
  title: text('Rearrange', '重排'),
  doc: text(
    'Regroups axes by a pattern: b h w -> b (h w) merges, b (h w) -> b h w splits, b i j -> b j i transposes.',
    '按模式重组轴：b h w -> b (h w) 合并，b (h w) -> b h w 拆分，b i j -> b j i 转置。',
  ),
  glyph: '⤨',
  params: z.object({
    pattern: z
      .string()
      .max(1000)
      .default('i j -> j i')
      .meta({ label: text('Pattern', '模式'), widget: 'expression' }),
    sizes: z
      .array(z.object({ name: params.indexName, size: params.size }))
      .max(32)
      .default([])
      .meta({
        label: text('Sizes', '大小'),
        doc: text('Of split indices: h 8', '拆分出的指标：h 8'),
        widget: 'axes',
      }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ pattern }) => pattern.replace('->', '→'),
  infer({ params: { pattern, sizes }, inputs, size, fresh, unify, report }) {
    const read = parseRearrange(pattern);
    if ('error' in read) {
      const form = read.meant ?? 'b h w -> b (h w)';
      report('bad-pattern', { param: 'pattern' }, { pattern: excerpt(pattern), detail: read.error, form });
      return {};
    }
    const twice = sizes.find(({ name }, i) => sizes.findIndex((other) => other.name === name) !== i);
    if (twice) {
      report(
        'bad-param',
        { param: 'sizes', axis: twice.name },
        { param: 'sizes', detail: namedTwice(twice.name) },
      );
      return {};
    }
    for (const { name, size: written } of unused(sizes, read.pattern)) {
      report('size-unused', { param: 'sizes', axis: name }, { axis: name });
      size(written, 'sizes');
    }
    const given = inputs.x?.axes ?? [];
    const { left, right } = spread(read.pattern, given.length);
    if (left.length !== given.length) {
      const axes = given.map((a) => a.name).join(', ') || '–';
      report(
        'rank-mismatch',
        { port: 'x' },
        { what: 'x', actual: given.length, axes, expected: left.length },
      );
      return {};
    }
    const known = new Map<string, Axis>();
    for (const [d, group] of left.entries()) {
      const axis = given[d] as Axis;
      const factors = group.map((name): Axis => {
        const written = sizes.find((s) => s.name === name);
        if (written) return { name, size: size(written.size, 'sizes') };
        if (isHidden(name)) return axis;
        return group.length === 1 ? { ...axis, name } : { name, size: fresh() };
      });
      const uneven = unevenSplit(axis, factors);
      if (uneven) {
        report('not-a-multiple', { port: 'x', axis: axis.name }, uneven);
        return {};
      }
      for (const [i, factor] of factors.entries()) known.set(group[i] as string, factor);
      unify(
        axis,
        { name: axis.name, size: product(factors.map((f) => f.size)) },
        { port: 'x', axis: axis.name },
      );
    }
    const axes = right.map((group) =>
      group.length === 1
        ? (known.get(group[0] as string) as Axis)
        : {
            name: merged(group.map((n) => (known.get(n) as Axis).name)),
            size: product(group.map((n) => (known.get(n) as Axis).size)),
          },
    );
    return { y: { axes: namedApart(axes, right), written: inputs.x?.written } };
  },
  lower({ params, inputs, inputTypes, outputTypes, ir, size: bound }) {
    const { names, order, sizeOf } = factorsOf(params, shapeOf(inputTypes.x), shapeOf(outputTypes.y), bound);
    const split = ir.reshape(
      inputs.x as number,
      names.map((name) => sizeOf.get(name) as number),
    );
    return { y: ir.reshape(ir.transpose(split, order), shapeOf(outputTypes.y)) };
  },
  torch({ params, inputs, inputTypes, outputTypes, length, outputLength, size: bound }) {
    const [input, output] = [shapeOf(inputTypes.x), shapeOf(outputTypes.y)];
    const { names, order, sizeOf, left, right } = factorsOf(params, input, output, bound);
    let code = inputs.x as string;
    /** A size that depends on the batch is read, or left for PyTorch to find, which it can once. */
    const shape = (groups: readonly (readonly string[])[], read: (d: number) => string) => {
      const sizes = groups.map((group, d) =>
        group.length === 1 && /\D/.test(read(d)) ? read(d) : undefined,
      );
      return groups.flatMap((group, d) => sizes[d] ?? group.map((name) => String(sizeOf.get(name))));
    };
    if (left.some((group) => group.length !== 1))
      code = `${code}.reshape(${shape(left, (d) => length('x', d)).join(', ')})`;
    if (order.some((d, i) => d !== i)) code = `${code}.permute(${order.join(', ')})`;
    if (right.some((group) => group.length !== 1)) {
      const dims = right.map((group, d) => {
        const written = outputLength('y', d);
        if (/^\d+$/.test(written) || group.length === 1) return written;
        return right.some((other, k) => k !== d && other.length !== 1 && /\D/.test(outputLength('y', k)))
          ? written
          : '-1';
      });
      code = `${code}.reshape(${dims.join(', ')})`;
    }
    return { y: names.length === 0 && code === inputs.x ? `${code}.clone()` : code };
  },
  adapt: rearrangements,
  repair: ({ pattern, sizes }, inputs) => [
    ...rewritten(pattern, inputs.x?.length ?? 0),
    ...withoutUnused(pattern, sizes),
    ...divisors(pattern, sizes, inputs.x ?? []),
  ],
  examples: [
    {
      params: { pattern: '... i j -> ... j i' },
      inputs: { x: { axes: 'n 1, i 2, j 3', values: [1, 2, 3, 4, 5, 6] } },
      expect: { y: { axes: 'n 1, j 3, i 2', values: [1, 4, 2, 5, 3, 6] } },
    },
    {
      params: { pattern: 'b ... -> b (...)' },
      inputs: { x: { axes: 'b 2, h 3, w 4' } },
      expect: { y: { axes: 'b 2, hw 12' } },
    },
    {
      params: { pattern: 'i j -> j i' },
      inputs: { x: { axes: 'i 2, j 3', values: [1, 2, 3, 4, 5, 6] } },
      expect: { y: { axes: 'j 3, i 2', values: [1, 4, 2, 5, 3, 6] } },
    },
    {
      params: { pattern: 'b h w -> b (h w)' },
      inputs: { x: { axes: 'b 2, h 3, w 4' } },
      expect: { y: { axes: 'b 2, hw 12' } },
    },
    {
      params: { pattern: 'b (h w) -> w b h', sizes: [{ name: 'h', size: 2 }] },
      inputs: { x: { axes: 'b 1, p 4', values: [1, 2, 3, 4] } },
      expect: { y: { axes: 'w 2, b 1, h 2', values: [1, 3, 2, 4] } },
    },
  ],
});

/** The axes that a pattern splits its input into, with their sizes, and the order in which it puts them together. */
function factorsOf(
  { pattern, sizes }: { readonly pattern: string; readonly sizes: readonly WrittenFactor[] },
  input: readonly number[],
  output: readonly number[],
  bound: (written: number | string) => number,
) {
  const read = parseRearrange(pattern);
  if ('error' in read) throw new Error('internal: a rearrangement was lowered that does not check');
  const { left, right } = spread(read.pattern, input.length);
  // Sizes of the split indices: each is written, alone on its axis, or the one its axis leaves over.
  const sizeOf = new Map<string, number>();
  for (const [d, group] of right.entries())
    if (group.length === 1) sizeOf.set(group[0] as string, output[d] as number);
  const unread = unused(sizes, read.pattern);
  for (const factor of sizes) if (!unread.includes(factor)) sizeOf.set(factor.name, bound(factor.size));
  for (const [d, group] of left.entries()) {
    const open = group.filter((name) => !sizeOf.has(name));
    const rest = group.reduce((n, name) => n * (sizeOf.get(name) ?? 1), 1);
    if (open[0] !== undefined) sizeOf.set(open[0], (input[d] ?? 1) / rest);
  }
  const names = left.flat();
  const order = right.flat().map((name) => names.indexOf(name));
  return { names, order, sizeOf, left, right };
}

/** What is told of an axis of known size that is no multiple of the factors that are written, where one is left over. */
function unevenSplit(axis: Axis, factors: readonly Axis[]) {
  const whole = asNumber(axis.size);
  const sizes = factors.map(({ size }) => asNumber(size));
  const written = sizes.reduce((p: number, size) => p * (size ?? 1), 1);
  const isOneOpen = sizes.filter((size) => size === undefined).length === 1;
  if (whole === undefined || factors.length < 2 || !isOneOpen || written < 1 || whole % written === 0)
    return undefined;
  return multipleOf(axis.name, whole, written);
}

/** The axes, where new ones of one element go by names that no other has. */
function namedApart(axes: readonly Axis[], groups: Rearrangement['right']): readonly Axis[] {
  const isNew = (d: number) => groups[d]?.length === 0;
  const others = axes.filter((_, d) => !isNew(d)).map(({ name }) => name);
  return axes.map((axis, d) => {
    if (!isNew(d)) return axis;
    let name = 'one';
    for (let n = 2; others.includes(name); n++) name = `one${n}`;
    others.push(name);
    return { ...axis, name };
  });
}

interface WrittenFactor {
  readonly name: string;
  readonly size: number | string;
}

/** Sizes under names that the left side of a pattern does not have: they say nothing. */
const unused = (sizes: readonly WrittenFactor[], { left }: Rearrangement): readonly WrittenFactor[] =>
  sizes.filter(({ name }) => !left.some((group) => group.includes(name)));

/** A pattern that cannot be read, or names too few axes, with blanks put in. */
function rewritten(pattern: string, rank: number): Proposal[] {
  const read = parseRearrange(pattern);
  const fits = 'pattern' in read && spread(read.pattern, rank).left.length === rank;
  const meant = fits ? undefined : spaced(pattern);
  if (meant === undefined) return [];
  const does = text(`Write ${meant} instead of ${pattern}`, `用 ${meant} 代替 ${pattern}`);
  return [{ params: { pattern: meant }, does }];
}

function withoutUnused(pattern: string, sizes: readonly WrittenFactor[]): Proposal[] {
  const read = parseRearrange(pattern);
  const left = 'error' in read ? [] : unused(sizes, read.pattern);
  if (left.length === 0) return [];
  const names = left.map(({ name }) => name).join(', ');
  const kept = sizes.filter((factor) => !left.includes(factor)).map((factor) => ({ ...factor }));
  return [{ params: { sizes: kept }, does: text(`Take ${names} out of the sizes`, `从大小中去掉 ${names}`) }];
}

/** A written factor that does not divide its axis, replaced by the nearest that does. */
function divisors(pattern: string, sizes: readonly WrittenFactor[], axes: readonly SeenAxis[]): Proposal[] {
  const read = parseRearrange(pattern);
  if ('error' in read) return [];
  return spread(read.pattern, axes.length).left.flatMap((group, d) => {
    const whole = axes[d]?.size;
    const factors = sizes.filter((s) => group.includes(s.name));
    const [factor] = factors;
    if (whole === undefined || factors.length !== 1 || typeof factor?.size !== 'number') return [];
    const { name, size } = factor;
    if (whole % size === 0) return [];
    const nearest = Array.from({ length: Math.min(whole, 4096) }, (_, i) => i + 1)
      .filter((n) => whole % n === 0 && n !== size)
      .sort((a, b) => Math.abs(a - size) - Math.abs(b - size));
    return nearest.slice(0, 2).map((n) => ({
      params: { sizes: sizes.map((s) => (s.name === name ? { name, size: n } : { ...s })) },
      does: text(
        `Set ${name} to ${n} (${whole} = ${n} × ${whole / n})`,
        `把 ${name} 设为 ${n}（${whole} = ${n} × ${whole / n}）`,
      ),
    }));
  });
}
