/**
 * Two loop nests over the same points become one with the results of both: an optimizer's moments and
 * parameter, a derivative and its column sums, an exponential and its sum. What both read is read once;
 * what the later one reads of the earlier one's results is computed on the spot, and need not be stored
 * where nobody else reads it.
 */
import { arg, cost, type Expr, e, number, substituteArgs } from '../../../ir/expr.ts';
import type { NestResult, NestStep, Operand, Step } from '../../../ir/plan.ts';
import { elements } from '../../../ir/program.ts';

/** Registers are finite, and so is compile time. */
const most = { cost: 160, operands: 12, results: 6, summed: 4 };
/** Shorter rows are better summed apart from what is done to their elements. */
const leastRow = 16;

export function mergeNests(earlier: Step, later: NestStep): { step: NestStep } | undefined {
  if (earlier.kind !== 'nest' || earlier.dims.length !== later.dims.length) return undefined;
  if (elements(earlier.dims) !== elements(later.dims)) return undefined;
  if ([earlier, later].some(({ results }) => results.some((r) => r.reduce === 'argmax'))) return undefined;
  if (earlier.results.length + later.results.length > most.results) return undefined;
  const tried: number[][] = [];
  for (const a of windowsOf(earlier))
    for (const b of later.operands) {
      const order = orderAlong(earlier, a, later, b);
      if (!order || tried.some((other) => isSameOrder(other, order))) continue;
      tried.push(order);
      const merged = merge(spread(earlier), spread(later, order));
      if (merged) return { step: merged };
    }
  return undefined;
}

const windowsOf = ({ operands, results }: Pick<NestStep, 'operands' | 'results'>): Operand[] => [
  ...operands,
  ...results.map((r) => r.out),
];

const isSameOrder = (a: readonly number[], b: readonly number[]): boolean => a.every((x, d) => x === b[d]);

/**
 * The order of the later nest's dimensions in which it walks through window b as the earlier one walks
 * through a: `order[d]` is its dimension that runs along the earlier one's dimension d.
 */
function orderAlong(earlier: NestStep, a: Operand, later: NestStep, b: Operand): number[] | undefined {
  if (a.buffer !== b.buffer || a.offset !== b.offset || a.strides.length !== b.strides.length)
    return undefined;
  return match(earlier.dims, a.strides, later.dims, b.strides);
}

function match(
  sizes: readonly number[],
  strides: readonly number[],
  otherSizes: readonly number[],
  otherStrides: readonly number[],
): number[] | undefined {
  const order: number[] = [];
  for (const [d, size] of sizes.entries()) {
    const fits = (x: number) =>
      otherSizes[x] === size && otherStrides[x] === strides[d] && !order.includes(x);
    const x = fits(d) ? d : otherSizes.findIndex((_, i) => fits(i));
    if (x < 0) return undefined;
    order.push(x);
  }
  return order;
}

/** A nest whose windows have a stride for every dimension, and any of whose dimensions may be reduced. */
interface Spread {
  readonly step: NestStep;
  readonly dims: readonly number[];
  readonly reduced: readonly boolean[];
  readonly operands: readonly Operand[];
  readonly results: readonly NestResult[];
}

function spread(step: NestStep, order: readonly number[] = step.dims.map((_, d) => d)): Spread {
  const kept = step.dims.length - step.reduced;
  return {
    step,
    dims: order.map((d) => step.dims[d] as number),
    reduced: order.map((d) => d >= kept),
    operands: step.operands.map((o) => turned(o, order)),
    results: step.results.map((r) => resultTurned(r, order)),
  };
}

/** The window with its strides in this order, 0 where it has none: itself where nothing moves. */
const turned = (w: Operand, order: readonly number[]): Operand =>
  order.length === w.strides.length && order.every((from, to) => from === to)
    ? w
    : { ...w, strides: order.map((d) => w.strides[d] ?? 0) };

function resultTurned(result: NestResult, order: readonly number[]): NestResult {
  const out = turned(result.out, order);
  return out === result.out ? result : { ...result, out };
}

const same = (a: Operand, b: Operand) =>
  a.buffer === b.buffer && a.offset === b.offset && a.strides.every((s, d) => s === b.strides[d]);

function merge(a: Spread, b: Spread): NestStep | undefined {
  const [reducesA, reducesB] = [a.step.reduced > 0, b.step.reduced > 0];
  if (reducesA && reducesB && a.reduced.some((r, d) => r !== b.reduced[d])) return undefined;
  const touched = windowsOf(a);
  if (b.results.some((r) => touched.some((w) => w.buffer === r.out.buffer))) return undefined;

  const operands = [...a.operands];
  const replacements: Expr[] = [];
  let shares = false;
  for (const operand of b.operands) {
    const made = a.results.filter((r) => r.out.buffer === operand.buffer);
    if (made.length > 0) {
      const result = made.find((r) => r.reduce === 'none' && same(r.out, operand));
      if (!result) return undefined;
      replacements.push(result.scale === 1 ? result.expr : e.mul(result.expr, number(result.scale)));
      shares = true;
      continue;
    }
    const known = operands.findIndex((o) => same(o, operand));
    if (known >= 0) shares ||= operand.strides.every((s) => s !== 0);
    replacements.push(arg(known >= 0 ? known : operands.push(operand) - 1));
  }
  const added = b.results.map((r) => ({
    ...r,
    expr: substituteArgs(r.expr, (i) => replacements[i] as Expr),
  }));
  const results = [...a.results, ...added];
  const work = results.reduce((sum, r) => sum + cost(r.expr), 0);
  if (!shares || operands.length > most.operands || work > most.cost) return undefined;
  if (!runsOneWay(windowsOf({ operands, results }))) return undefined;
  const isReduced = reducesA ? a.reduced : b.reduced;
  if (reducesA !== reducesB && !isWorthwhile(a.dims, isReduced, operands, results)) return undefined;
  if (isFlat(a) !== isFlat(b) && Math.min(run(a), run(b)) < leastRow) return undefined;
  return gathered(a, isReduced, operands, results, a.step.flops + b.step.flops);
}

/** Whether all windows that hold all points lie in memory in one direction: none is another one transposed. */
function runsOneWay(windows: readonly Operand[]): boolean {
  let way: number | undefined;
  for (const { strides } of windows) {
    if (strides.length === 0 || strides.includes(0)) continue;
    const sizes = strides.map(Math.abs);
    const nearest = sizes.indexOf(Math.min(...sizes));
    way ??= nearest;
    if (nearest !== way) return false;
  }
  return true;
}

/** Whether no window is repeated along a dimension: all of them can be walked through as one. */
const isFlat = ({ operands }: Spread): boolean =>
  operands.every((o) => o.strides.every((s) => s !== 0) || o.strides.every((s) => s === 0));

/** How many points in a row every window either walks through or stays at. */
const run = ({ dims, operands }: Spread): number =>
  Math.min(
    ...operands.map(({ strides }) => {
      const still = strides.at(-1) === 0;
      const change = strides.findLastIndex((s) => (s === 0) !== still);
      return elements(dims.slice(change + 1));
    }),
    Number.POSITIVE_INFINITY,
  );

/**
 * Whether a reduction and element-wise results go well together. Rows are walked the same way for both;
 * for sums of columns the loops turn round, which pays only where what is stored is what is summed, and
 * simple.
 */
function isWorthwhile(
  dims: readonly number[],
  isReduced: readonly boolean[],
  operands: readonly Operand[],
  results: readonly NestResult[],
): boolean {
  const length = dims.reduce((n, size, d) => (isReduced[d] ? n * size : n), 1);
  const near = (which: boolean) =>
    Math.min(
      ...operands.flatMap((o) =>
        o.strides.flatMap((s, d) => (s !== 0 && isReduced[d] === which ? [Math.abs(s)] : [])),
      ),
      Number.POSITIVE_INFINITY,
    );
  if (near(true) < near(false)) return length >= leastRow;
  const exprs = new Set(results.map((r) => JSON.stringify(r.expr)));
  return exprs.size === 1 && results.every((r) => cost(r.expr) <= most.summed);
}

/** The reduced dimensions last. */
function gathered(
  { step, dims }: Spread,
  isReduced: readonly boolean[],
  operands: readonly Operand[],
  results: readonly NestResult[],
  flops: number,
): NestStep {
  const kept = [...dims.keys()].filter((d) => !isReduced[d]);
  const order = [...kept, ...[...dims.keys()].filter((d) => isReduced[d])];
  return {
    ...step,
    dims: order.map((d) => dims[d] as number),
    reduced: order.length - kept.length,
    operands: operands.map((o) => turned(o, order)),
    results: results.map((r) => resultTurned(r, r.reduce === 'none' ? order : kept)),
    flops,
  };
}
