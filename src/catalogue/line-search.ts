/**
 * A line search for the strong Wolfe conditions, one evaluation after the other: what a loop carries from one to the
 * next, and what an evaluation changes of it. Bracketing and zoom with cubic interpolation, after J. Nocedal and
 * S. Wright, "Numerical optimization" (2006), algorithms 3.5 and 3.6, with the details of PyTorch's L-BFGS.
 */
import type { Builder } from '../ir/builder.ts';
import { arg, binary, type Expr, e, number, select, unary } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';

/** Arithmetic of scalars and choices among vectors in one builder. Truth is 1, falsehood 0. */
export function scalarsOf(ir: Builder) {
  const of =
    (expr: Expr) =>
    (...args: ValueId[]): ValueId =>
      ir.map(
        args,
        expr,
        args.map(() => []),
        [],
      );
  const [a, b, c] = [arg(0), arg(1), arg(2)];
  return {
    of,
    number: (value: number) => ir.full([], value),
    add: of(e.add(a, b)),
    sub: of(e.sub(a, b)),
    mul: of(e.mul(a, b)),
    abs: of(unary('abs', a)),
    lt: of(binary('lt', a, b)),
    le: of(binary('le', a, b)),
    equals: (value: number) => of(binary('eq', a, number(value))),
    and: of(e.mul(a, b)),
    or: of(binary('max', a, b)),
    not: of(e.sub(number(1), a)),
    /** The second or the third: numbers, or tensors of one shape. */
    choose(condition: ValueId, then: ValueId, otherwise: ValueId): ValueId {
      const all = ir.shape(then).map((_, d) => d);
      return ir.map([condition, then, otherwise], select(a, b, c), [[], all, all], ir.shape(then));
    },
    dot: (x: ValueId, y: ValueId) => ir.contract([x, y], [[0], [0]], []),
    /** The largest magnitude. */
    largest: (x: ValueId) => ir.reduce('max', ir.apply('abs', x), [0]),
  };
}

/** A point on the line: how far along, loss, gradient [n], and the slope along the line. */
interface LinePoint {
  readonly t: ValueId;
  readonly f: ValueId;
  readonly g: ValueId;
  readonly slope: ValueId;
}

/** Of a search that is under way; all but the gradients are scalars. */
export interface LineSearch {
  /** The step to be tried next. */
  readonly t: ValueId;
  /** 0: over; 1: an interval is looked for; 2: it is made smaller. */
  readonly phase: ValueId;
  /** How many evaluations there have been. */
  readonly tries: ValueId;
  /** Loss and slope where the line begins, and the largest element of its direction. */
  readonly f0: ValueId;
  readonly slope0: ValueId;
  readonly size: ValueId;
  /** The ends of the interval, in the order in which they came; in phase 1 the first is the point before. */
  readonly ends: readonly [LinePoint, LinePoint];
  /** Which of the two has the lower loss. */
  readonly low: ValueId;
  /** Whether the last step of phase 2 came close to an end. */
  readonly stuck: ValueId;
}

export interface LineSearchOptions {
  /** Sufficient decrease, and how much flatter the slope must become. */
  readonly c1: number;
  readonly c2: number;
  /** An interval below this is not divided any more. */
  readonly least: number;
  /** Evaluations in one search. */
  readonly most: number;
}

export const usualSearch = { c1: 1e-4, least: 1e-9, most: 25 } as const;

/** A search along `direction` from a point with this loss and gradient; the first step to try is t. */
export function beginSearch(
  ir: Builder,
  { f, g, slope, t, direction }: LinePoint & { readonly direction: ValueId },
): LineSearch {
  const s = scalarsOf(ir);
  const zero = s.number(0);
  const start = { t: zero, f, g, slope };
  return {
    ...{ t, phase: s.number(1), tries: zero, f0: f, slope0: slope, size: s.largest(direction) },
    ...{ ends: [start, start], low: zero, stuck: zero },
  };
}

/** The point of a search that is over. */
export const bestOf = (ir: Builder, { ends, low }: LineSearch): LinePoint => pick(ir, low, ends[1], ends[0]);

function pick(ir: Builder, condition: ValueId, then: LinePoint, otherwise: LinePoint): LinePoint {
  const { choose } = scalarsOf(ir);
  return {
    t: choose(condition, then.t, otherwise.t),
    f: choose(condition, then.f, otherwise.f),
    g: choose(condition, then.g, otherwise.g),
    slope: choose(condition, then.slope, otherwise.slope),
  };
}

/**
 * The least of the cubic through two points with their slopes, kept between bounds; their middle where there is none.
 * Nocedal and Wright, equation 3.59.
 */
function cubic(ir: Builder, p: LinePoint, q: LinePoint, bounds: readonly [ValueId, ValueId]): ValueId {
  const s = scalarsOf(ir);
  const [x1, f1, g1, x2, f2, g2] = [0, 1, 2, 3, 4, 5].map(arg) as [Expr, Expr, Expr, Expr, Expr, Expr];
  const given = [p.t, p.f, p.slope, q.t, q.f, q.slope];
  const d1 = s.of(e.sub(e.add(g1, g2), e.div(e.mul(number(3), e.sub(f1, f2)), e.sub(x1, x2))))(...given);
  const square = s.of(e.sub(e.mul(arg(0), arg(0)), e.mul(arg(1), arg(2))))(d1, p.slope, q.slope);
  const [first, second] = [arg(6), unary('sqrt', arg(7))];
  const twice = e.mul(number(2), second);
  const after = e.sub(
    x2,
    e.mul(e.sub(x2, x1), e.div(e.sub(e.add(g2, second), first), e.add(e.sub(g2, g1), twice))),
  );
  const before = e.sub(
    x1,
    e.mul(e.sub(x1, x2), e.div(e.sub(e.add(g1, second), first), e.add(e.sub(g1, g2), twice))),
  );
  const least = s.of(select(binary('le', x1, x2), after, before))(...given, d1, square);
  const kept = binary('min', binary('max', arg(0), arg(1)), arg(2));
  const middle = e.mul(number(0.5), e.add(arg(1), arg(2)));
  return s.of(select(binary('le', number(0), arg(3)), kept, middle))(least, ...bounds, square);
}

/** The next step between the ends of an interval, and whether it came close to one of them. */
function divide(
  ir: Builder,
  [a, b]: LineSearch['ends'],
  stuck: ValueId,
): { readonly t: ValueId; readonly stuck: ValueId } {
  const s = scalarsOf(ir);
  const lower = s.of(binary('min', arg(0), arg(1)))(a.t, b.t);
  const upper = s.of(binary('max', arg(0), arg(1)))(a.t, b.t);
  const t = cubic(ir, a, b, [lower, upper]);
  // Arguments: t, both bounds, and what there was.
  const [x, from, to] = [arg(0), arg(1), arg(2)];
  const margin = e.mul(number(0.1), e.sub(to, from));
  const [toUpper, toLower] = [e.sub(to, x), e.sub(x, from)];
  const isClose = binary('lt', binary('min', toUpper, toLower), margin);
  const isOutside = binary('max', binary('le', to, x), binary('le', x, from));
  const isMoved = e.mul(isClose, binary('max', arg(3), isOutside));
  const inside = select(
    binary('lt', unary('abs', toUpper), unary('abs', toLower)),
    e.sub(to, margin),
    e.add(from, margin),
  );
  return {
    t: s.of(select(isMoved, inside, x))(t, lower, upper, stuck),
    stuck: s.of(e.mul(isClose, e.sub(number(1), isMoved)))(t, lower, upper, stuck),
  };
}

/** What a search becomes by an evaluation at its t; `isOver` where it ends. Nothing is said of one that is over. */
export function searchOn(
  ir: Builder,
  search: LineSearch,
  found: LinePoint,
  { c1, c2, least, most }: LineSearchOptions,
): { readonly search: LineSearch; readonly isOver: ValueId } {
  const s = scalarsOf(ir);
  const { tries, f0, slope0, low } = search;
  const [a, b] = search.ends;
  const { f, slope } = found;
  const [isFirst, isSecond] = [s.equals(1)(search.phase), s.equals(2)(search.phase)];
  const allowed = e.add(arg(1), e.mul(number(c1), e.mul(arg(2), arg(3))));
  const isHigh = s.of(binary('lt', allowed, arg(0)))(f, f0, found.t, slope0);
  const isFlat = s.of(binary('le', unary('abs', arg(0)), e.mul(number(-c2), arg(1))))(slope, slope0);
  // Phase 1: until an interval holds a point that satisfies the conditions.
  const notLower = s.and(s.lt(s.number(1), tries), s.le(a.f, f));
  const rises = s.or(isHigh, notLower);
  const isUphill = s.le(s.number(0), slope);
  const metFirst = s.and(isFirst, s.and(s.not(rises), isFlat));
  const toSecond = s.and(isFirst, s.or(rises, s.and(s.not(isFlat), isUphill)));
  const goesOn = s.and(isFirst, s.not(s.or(metFirst, toSecond)));
  // Phase 2: the new point takes the place of the higher end, or becomes the lower one.
  const [lower, higher] = [pick(ir, low, b, a), pick(ir, low, a, b)];
  const isWorse = s.and(isSecond, s.or(isHigh, s.le(lower.f, f)));
  const isBetter = s.and(isSecond, s.not(isWorse));
  const metSecond = s.and(isBetter, isFlat);
  const across = s.le(s.number(0), s.mul(slope, s.sub(higher.t, lower.t)));
  const turns = s.and(isBetter, s.and(s.not(isFlat), across));
  const isLowB = low;
  const isLowA = s.not(low);
  const any = (...all: ValueId[]) => all.reduce((x, y) => s.or(x, y));
  const setsA = any(goesOn, metFirst, s.and(isWorse, isLowB), s.and(isBetter, isLowA));
  const setsB = any(toSecond, metFirst, s.and(isWorse, isLowA), s.and(isBetter, isLowB));
  const nextA = pick(ir, setsA, found, pick(ir, s.and(turns, isLowB), b, a));
  const nextB = pick(ir, setsB, found, pick(ir, s.and(turns, isLowA), a, b));
  const ends = [nextA, nextB] as const;
  const isNew = any(toSecond, isWorse);
  const lowest = s.choose(isNew, s.not(s.le(nextA.f, nextB.f)), s.choose(metFirst, s.number(0), low));
  // Whether there is another evaluation, and where.
  const isLast = s.le(s.number(most), tries);
  const isSmall = s.of(binary('lt', e.mul(unary('abs', e.sub(arg(0), arg(1))), arg(2)), number(least)))(
    nextB.t,
    nextA.t,
    search.size,
  );
  const divides = s.and(any(toSecond, isSecond), s.not(metSecond));
  const isExhausted = s.and(goesOn, s.le(s.number(most), s.add(tries, s.number(1))));
  const isOver = any(metFirst, metSecond, s.and(divides, s.or(isLast, isSmall)), isExhausted);
  const least1 = s.of(e.add(arg(0), e.mul(number(0.01), e.sub(arg(0), arg(1)))))(found.t, a.t);
  const farther = cubic(ir, a, found, [least1, s.of(e.mul(number(10), arg(0)))(found.t)]);
  const between = divide(ir, ends, search.stuck);
  return {
    search: {
      ...search,
      t: s.choose(goesOn, farther, between.t),
      phase: s.choose(goesOn, s.number(1), s.number(2)),
      tries: s.add(tries, s.number(1)),
      ends,
      low: lowest,
      stuck: s.choose(divides, between.stuck, s.number(0)),
    },
    isOver,
  };
}
