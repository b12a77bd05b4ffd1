/** Random steps for the engines' conformance suite: any strides that the plan's contract allows. */
import * as fc from 'fast-check';
import { arg, type Expr, number, select } from '../../src/ir/expr.ts';
import type { GemmStep, NestResult, NestStep, Operand } from '../../src/ir/plan.ts';
import type { Sketch } from './engines.plans.ts';

interface Layout {
  readonly strides: readonly number[];
  readonly offset: number;
  /** Elements that the window spans, from its buffer's first to its last. */
  readonly span: number;
}

const steps = (dims: readonly number[], strides: readonly number[]): Layout => {
  const reach = dims.map((n, d) => (n - 1) * (strides[d] as number));
  const offset = reach.reduce((sum, r) => sum - Math.min(r, 0), 0);
  return { strides, offset, span: offset + 1 + reach.reduce((sum, r) => sum + Math.max(r, 0), 0) };
};

const unequal = <T>(items: readonly T[]) => fc.shuffledSubarray([...items], { minLength: items.length });

/**
 * Every element has a place of its own: dimensions in any order from the inside out, with gaps, some
 * backwards, from any offset. `fixed` dimensions come first and dense (C's columns).
 */
function distinct(dims: readonly number[], fixed: readonly number[] = []): fc.Arbitrary<Layout> {
  const free = dims.map((_, d) => d).filter((d) => !fixed.includes(d));
  return fc
    .record({
      order: unequal(free),
      gaps: fc.array(fc.constantFrom(0, 0, 0, 1, 3), { minLength: dims.length, maxLength: dims.length }),
      backwards: fc.array(fc.constantFrom(false, false, false, true), {
        minLength: dims.length,
        maxLength: dims.length,
      }),
      shift: fc.constantFrom(0, 0, 1, 5),
    })
    .map(({ order, gaps, backwards, shift }) => {
      const strides = dims.map(() => 0);
      let next = 1;
      for (const d of [...fixed, ...order]) {
        const dense = fixed.includes(d);
        strides[d] = dense || !backwards[d] ? next : -next;
        next = next * (dims[d] as number) + (dense ? 0 : (gaps[d] as number));
      }
      const layout = steps(dims, strides);
      return { ...layout, offset: layout.offset + shift, span: layout.span + shift };
    });
}

/** For reading: also broadcast, or with strides that make elements meet (diagonals, windows). */
const readable = (dims: readonly number[]): fc.Arbitrary<Layout> =>
  fc.oneof(
    distinct(dims),
    fc
      .tuple(distinct(dims), fc.array(fc.boolean(), { minLength: dims.length, maxLength: dims.length }))
      .map(([layout, kept]) =>
        steps(
          dims,
          layout.strides.map((s, d) => (kept[d] ? s : 0)),
        ),
      ),
    fc
      .array(fc.integer({ min: -4, max: 9 }), { minLength: dims.length, maxLength: dims.length })
      .map((strides) => steps(dims, strides)),
  );

const windowOf = (buffer: number, { offset, strides }: Layout): Operand => ({ buffer, offset, strides });

/** Data that float32 holds exactly, with many ties: multiples of ⅛ in [−2, 2]. */
export function eighths(sketch: Sketch, seed: number): number[][] {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return ((state >>> 16) % 33) / 8 - 2;
  };
  return sketch.shapes.map((shape) => Array.from({ length: shape.reduce((n, s) => n * s, 1) }, next));
}

const size = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 6 }) },
  { weight: 1, arbitrary: fc.integer({ min: 7, max: 40 }) },
);

const bin = (op: 'add' | 'sub' | 'mul' | 'max' | 'min' | 'lt' | 'le' | 'eq', a: Expr, b: Expr): Expr => ({
  op,
  a,
  b,
});
/** Exact on eighths, in float32 too, so that comparisons and ties fall out alike everywhere. */
const exact: readonly Expr[] = [
  arg(0),
  bin('add', arg(0), arg(1)),
  bin('sub', bin('mul', arg(0), arg(1)), arg(2)),
  select(bin('lt', arg(0), arg(1)), arg(2), bin('max', arg(1), number(0.5))),
  bin('add', bin('eq', arg(0), arg(2)), bin('le', arg(1), arg(0))),
  bin('min', { op: 'abs', a: arg(0) }, bin('max', { op: 'floor', a: arg(1) }, arg(2))),
  number(1.5),
];
/** Rounded differently in each precision. */
const smooth: readonly Expr[] = [
  bin('mul', { op: 'tanh', a: arg(0) }, arg(1)),
  bin('sub', { op: 'atan', a: arg(0) }, { op: 'atan', a: bin('mul', arg(1), arg(2)) }),
  bin('add', { op: 'exp', a: arg(0) }, { op: 'erf', a: bin('mul', arg(1), arg(2)) }),
  bin('mul', bin('mul', { op: 'sin', a: arg(0) }, arg(0)), { op: 'softplus', a: arg(2) }),
];

const points = (dims: readonly number[]) => dims.reduce((n, d) => n * d, 1);

/** A nest whose operands are buffers 0, 1, 2 and whose results, up to three, are the buffers from 3 on. */
export const nests: fc.Arbitrary<Sketch> = fc
  .record({
    dims: fc.array(size, { minLength: 0, maxLength: 4 }).filter((dims) => points(dims) <= 5_000),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    reduce: fc.constantFrom('sum', 'max', 'min', 'argmax'),
    scale: fc.constantFrom(1, 1, -0.5),
    others: fc.array(fc.constantFrom('none', 'sum', 'max', 'min'), { maxLength: 2 }),
  })
  .chain(({ dims, share, reduce, scale, others }) => {
    const reduced = reduce === 'argmax' ? Math.min(1, dims.length) : Math.round(share * dims.length);
    const kept = dims.slice(0, dims.length - reduced);
    const kinds: NestResult['reduce'][] = reduced === 0 ? ['none'] : [reduce];
    for (const other of others) kinds.push(reduced === 0 ? 'none' : other);
    const layouts = kinds.map((kind) => distinct(kind === 'none' ? dims : kept));
    const exprs = kinds.map((kind, i) =>
      fc.constantFrom(...(i === 0 && (kind === 'none' || kind === 'sum') ? [...exact, ...smooth] : exact)),
    );
    return fc
      .tuple(readable(dims), readable(dims), readable(dims), fc.tuple(...layouts), fc.tuple(...exprs))
      .map(([a, b, c, outs, made]): Sketch => {
        const results = kinds.map((kind, i) => ({
          out: windowOf(3 + i, outs[i] as Layout),
          expr: made[i] as Expr,
          reduce: kind,
          scale,
        }));
        const operands = [windowOf(0, a), windowOf(1, b), windowOf(2, c)];
        const step: NestStep = { kind: 'nest', dims, reduced, operands, results, flops: 0 };
        return { shapes: [a, b, c, ...outs].map((l) => [l.span]), steps: [step] };
      });
  });

/**
 * Nests that share one or two outer dimensions: one makes a row (buffer 2, used again for each point)
 * out of buffers 0 and 1, the next sums it (buffer 3), the last writes buffer 4 from the row and its sum.
 */
export const rows: fc.Arbitrary<Sketch> = fc
  .record({
    outer: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 2 }),
    inner: fc.array(size, { minLength: 1, maxLength: 2 }),
  })
  .filter(({ outer, inner }) => points([...outer, ...inner]) <= 5_000)
  .chain(({ outer, inner }) => {
    const dims = [...outer, ...inner];
    return fc
      .tuple(readable(dims), readable(dims), distinct(inner), distinct(outer), distinct(dims))
      .map(([a, b, row, sums, out]): Sketch => {
        const still = outer.map(() => 0);
        const rowWindow = windowOf(2, { ...row, strides: [...still, ...row.strides] });
        const spread = windowOf(3, { ...sums, strides: [...sums.strides, ...inner.map(() => 0)] });
        const nest = (
          reduced: number,
          operands: readonly Operand[],
          result: Pick<NestResult, 'out' | 'expr' | 'reduce'>,
        ): NestStep => ({
          kind: 'nest',
          dims,
          reduced,
          operands,
          results: [{ ...result, scale: 1 }],
          flops: 0,
        });
        const nests = [
          nest(0, [windowOf(0, a), windowOf(1, b)], {
            out: rowWindow,
            expr: bin('sub', arg(0), bin('mul', arg(1), number(0.5))),
            reduce: 'none',
          }),
          nest(inner.length, [rowWindow], { out: windowOf(3, sums), expr: arg(0), reduce: 'sum' }),
          nest(0, [rowWindow, spread, windowOf(1, b)], {
            out: windowOf(4, out),
            expr: bin('max', bin('sub', arg(1), arg(0)), arg(2)),
            reduce: 'none',
          }),
        ];
        return {
          shapes: [a, b, row, sums, out].map((l) => [l.span]),
          steps: [{ kind: 'fused', outer, nests, flops: 0 }],
        };
      });
  });

/** So many rows or batches, some of which are outer dimensions, and the kinds of what follows a product. */
const finished = fc.record({
  batch: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 1 }),
  m: fc.array(fc.constantFrom(1, 2, 3, 7, 26), { minLength: 1, maxLength: 2 }),
  n: fc.array(fc.constantFrom(1, 2, 5, 8, 17), { minLength: 1, maxLength: 2 }),
  k: fc.constantFrom([1], [3], [16], [260], [2, 3]),
  outer: fc.nat(99),
  inRoom: fc.boolean(),
  scale: fc.constantFrom(1, -0.5),
});

/**
 * A product of buffers 0 and 1 whose rows are finished block by block: buffer 2 holds them, all or one
 * block at a time; each gets a bias (buffer 3) and a bound in buffer 4, its sum in buffer 5.
 */
export const epilogues: fc.Arbitrary<Sketch> = finished
  .filter(({ batch, m, n, k }) => points([...batch, ...m, ...n, ...k]) <= 60_000)
  .chain(({ batch, m, n, k, outer: depth, inRoom, scale }) => {
    const rows = [...batch, ...m];
    const outer = rows.slice(0, 1 + (depth % rows.length));
    const dims = [...rows, ...n];
    const inner = dims.slice(outer.length);
    const still = (sizes: readonly number[]) => sizes.map(() => 0);
    const held = inRoom
      ? distinct(inner).map((room) => ({ ...room, strides: [...still(outer), ...room.strides] }))
      : distinct(dims);
    return fc
      .tuple(
        readable([...rows, ...k]),
        readable([...batch, ...k, ...n]),
        held,
        distinct(n),
        distinct(dims),
        distinct(rows),
      )
      .map(([a, b, c, bias, out, sums]): Sketch => {
        const windows = { a: windowOf(0, a), b: windowOf(1, b), c: windowOf(2, c) };
        const product: GemmStep = { kind: 'gemm', batch, m, n, k, ...windows, scale, flops: 0 };
        const nest = { kind: 'nest', dims, flops: 0 } as const;
        const spread = windowOf(3, { ...bias, strides: [...still(rows), ...bias.strides] });
        const bounded: NestStep = {
          ...nest,
          reduced: 0,
          operands: [windows.c, spread],
          results: [
            {
              out: windowOf(4, out),
              expr: bin('max', bin('add', arg(0), arg(1)), number(0)),
              reduce: 'none',
              scale: 1,
            },
            { out: windows.c, expr: bin('sub', arg(0), arg(1)), reduce: 'none', scale: 1 },
          ],
        };
        const summed: NestStep = {
          ...nest,
          reduced: n.length,
          operands: [windows.c, windowOf(4, out)],
          results: [{ out: windowOf(5, sums), expr: bin('add', arg(0), arg(1)), reduce: 'sum', scale: 1 }],
        };
        return {
          shapes: [a, b, c, bias, out, sums].map((l) => [l.span]),
          steps: [{ kind: 'fused', outer, nests: [product, bounded, summed], flops: 0 }],
        };
      });
  });

const edge = fc.oneof(fc.integer({ min: 1, max: 70 }), fc.constantFrom(1, 2, 4, 8, 16, 33));
const depth = fc.oneof(edge, fc.constantFrom(1, 256, 257, 530));
/** Multiplications in one product: the naive reading makes a few millions a second. */
const MOST_PRODUCTS = 150_000;

/** A role of the product: so many elements along one axis, or shared out over two or three. */
const axes = (size: fc.Arbitrary<number>) =>
  fc.oneof(
    { weight: 3, arbitrary: size.map((n) => [n]) },
    { weight: 2, arbitrary: fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 3 }) },
  );

/** A product whose operands are buffers 0 and 1 and whose result is buffer 2. */
export const gemms: fc.Arbitrary<Sketch> = fc
  .record({
    batch: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
    m: axes(edge),
    n: axes(edge),
    k: axes(depth),
    scale: fc.constantFrom(1, 1, 0.25, -3),
    dense: fc.boolean(),
  })
  .filter(
    ({ batch, m, n, k }) => [...batch, ...m, ...n, ...k].reduce((p, size) => p * size, 1) <= MOST_PRODUCTS,
  )
  .chain(({ batch, m, n, k, scale, dense }) => {
    const result = [...batch, ...m, ...n];
    const columns = n.map((_, d) => result.length - 1 - d);
    return fc
      .tuple(
        readable([...batch, ...m, ...k]),
        readable([...batch, ...k, ...n]),
        distinct(result, dense ? columns : []),
      )
      .map(([a, b, c]): Sketch => {
        const windows = { a: windowOf(0, a), b: windowOf(1, b), c: windowOf(2, c) };
        const step: GemmStep = { kind: 'gemm', batch, m, n, k, ...windows, scale, flops: 0 };
        return { shapes: [a, b, c].map((l) => [l.span]), steps: [step] };
      });
  });
