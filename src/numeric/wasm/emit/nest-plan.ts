/**
 * How a loop nest is run: which loops remain once neighbours are merged, in which order, and along
 * which of them the lanes of a vector lie. Pure arithmetic on strides; nest.ts writes the code.
 */
import { bytesOf, type Dtype, type NestStep } from '../../../ir/plan.ts';
import { weight } from './emit-expr.ts';

/** One loop; strides are in bytes. The windows are the operands in order, then the results. */
export interface Loop {
  readonly size: number;
  readonly strides: readonly number[];
  readonly reduced: boolean;
}

export interface NestPlan {
  /** Outermost first: kept loops, then reduced ones. */
  readonly loops: readonly Loop[];
  /** Position of the loop whose iterations share a vector. */
  readonly laneLoop: number;
  /** Position of the outermost reduced loop; loops.length when nothing is reduced. */
  readonly firstReduced: number;
  /** Bytes from where each window begins to the first of its elements that the loops visit. */
  readonly offsets: readonly number[];
  /** Vectors handled together: independent work for the processor, and fewer iterations of the loop. */
  readonly vectors: number;
}

/** For what is left of a nest when its first `outer` dimensions are at one point. */
export function planNest(step: NestStep, outer: number, dtype: Dtype): NestPlan {
  const size = bytesOf[dtype];
  const kept = step.dims.length - step.reduced;
  const windows = [...step.operands, ...step.results.map((r) => r.out)];
  const offsets = windows.map(() => 0);
  // A reduction stays where it is along the dimensions it reduces.
  const loops = step.dims.map((n, d): Loop => {
    const strides = windows.map((w) => (w.strides[d] ?? 0) * size);
    return { size: n, strides, reduced: d >= kept };
  });
  const first = step.operands.length;
  const turned = loops
    .slice(outer)
    .filter((loop) => loop.size > 1)
    .map((loop) => forwards(loop, first, offsets));
  const [around, inner] = [
    simplify(
      turned.filter((l) => !l.reduced),
      first,
    ),
    simplify(
      turned.filter((l) => l.reduced),
      first,
    ),
  ];

  // What two results have in common is computed once.
  const exprs = new Map(step.results.map(({ expr }) => [JSON.stringify(expr), expr]));
  const work = [...exprs.values()].reduce((sum, expr) => sum + weight(expr), 0);
  const lane = chooseLane(around, inner, step, size, work);
  const most = step.results.length > 2 ? 2 : 4;
  const vectors = work <= 6 ? most : work <= 24 ? 2 : 1;
  const others = around.filter((l) => l !== lane);
  if (lane?.reduced) {
    const ordered = [...others, ...inner.filter((l) => l !== lane), lane];
    return { loops: ordered, laneLoop: ordered.length - 1, firstReduced: others.length, offsets, vectors };
  }
  const single: Loop = { size: 1, strides: windows.map(() => 0), reduced: false };
  const [blocks, within] =
    lane && inner.length === 0 && others.length > 0 ? blocked(lane) : [[], lane ?? single];
  const before = [...blocks, ...others];
  const ordered = [...before, within, ...inner];
  return { loops: ordered, laneLoop: before.length, firstReduced: before.length + 1, offsets, vectors };
}

/**
 * A long loop whose lanes lie far apart in some window (a transpose) would use one number of each cache
 * line and lose the line before the next use: only as many lines as fit are walked at a time.
 */
function blocked(lane: Loop): [Loop[], Loop] {
  const width = [16, 8].find((n) => lane.size % n === 0);
  const isFar = lane.strides.some((s) => Math.abs(s) >= 256);
  if (width === undefined || lane.size < 64 || !isFar) return [[], lane];
  return [
    [{ ...lane, size: lane.size / width, strides: lane.strides.map((s) => s * width) }],
    { ...lane, size: width },
  ];
}

/** A kept loop that writes backwards runs the other way instead. `result` is the window that decides. */
function forwards(loop: Loop, result: number, offsets: number[]): Loop {
  if (loop.reduced || (loop.strides[result] as number) >= 0) return loop;
  for (const [w, stride] of loop.strides.entries())
    offsets[w] = (offsets[w] as number) + (loop.size - 1) * stride;
  return { ...loop, strides: loop.strides.map((s) => -s) };
}

/** Large strides outside, and neighbours that every window walks in one go merged into one loop. */
function simplify(loops: readonly Loop[], result: number): Loop[] {
  const reach = (loop: Loop) => loop.strides.reduce((sum, s) => sum + Math.abs(s), 0);
  const target = (loop: Loop) => loop.strides[result] as number;
  const sorted = [...loops].sort((a, b) => target(b) - target(a) || reach(b) - reach(a));
  const merged: Loop[] = [];
  for (const loop of sorted) {
    const last = merged.at(-1);
    if (last?.strides.every((s, w) => s === loop.size * (loop.strides[w] as number)))
      merged[merged.length - 1] = { ...loop, size: last.size * loop.size };
    else merged.push(loop);
  }
  return merged;
}

/** The loop with the least work for each point, counted in instructions; undefined for a single point. */
function chooseLane(
  outer: readonly Loop[],
  inner: readonly Loop[],
  { operands, results }: NestStep,
  size: number,
  work: number,
): Loop | undefined {
  const lanes = 16 / size;
  const total = inner.reduce((n, l) => n * l.size, 1);
  const price = (stride: number) => (stride === 0 ? 0 : stride === size ? 1 : lanes + 1);
  const cost = (loop: Loop): number => {
    const wasted = (Math.ceil(loop.size / lanes) * lanes) / loop.size;
    const loads = loop.strides.slice(0, operands.length).reduce((sum, s) => sum + price(s), 0);
    const stores = results.reduce((sum, { reduce }, r) => {
      const store = price(loop.strides[operands.length + r] as number);
      if (reduce === 'none') return sum + store;
      // A result for each lane is stored as it is; lanes of one result are first added up.
      return sum + (loop.reduced ? 6 * lanes : store) / total;
    }, 0);
    return wasted * (work + loads + 1) + stores;
  };
  // Positions are counted along the reduced loop, one point after another.
  const candidates = results.some((r) => r.reduce === 'argmax') ? [...outer] : [...outer, ...inner];
  return candidates
    .reverse()
    .reduce<Loop | undefined>((best, l) => (best && cost(best) <= cost(l) ? best : l), undefined);
}
