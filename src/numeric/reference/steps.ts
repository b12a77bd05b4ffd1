/** Each kind of step as a closure that executes it, written as its definition in ir/plan.ts reads. */
import { draw } from '../../base/random.ts';
import {
  type BufferPlace,
  type FusedStep,
  type GatherStep,
  type GemmStep,
  type NestResult,
  type NestStep,
  productAt,
  type RandomStep,
  type ScatterAddStep,
  type Step,
} from '../../ir/plan.ts';
import { compileExpr } from '../../ir/scalars.ts';
import type { Arena } from '../arena.ts';

/** The iterations that the loops around a step are in, outermost first: the engine's loops count in it. */
type Iterations = number[];

/** The step, ready to be executed on the arena's numbers any number of times. */
export function prepare(step: Step, arena: Arena, now: Iterations = [], depth = 0): () => void {
  switch (step.kind) {
    case 'gemm':
      return () => gemm(step, arena, now);
    case 'nest': {
      const run = nest(step, 0, arena, now);
      return () => run([]);
    }
    case 'fused':
      return fused(step, arena, now);
    case 'loop': {
      const inner = step.steps.map((s) => prepare(s, arena, now, depth + 1));
      return () => {
        for (let t = 0; t < step.count; t++) {
          now[depth] = t;
          for (const execute of inner) execute();
        }
      };
    }
    case 'barrier':
      return () => {};
    case 'fill':
      return () => {
        const start = locate(step.out, arena, now);
        arena.numbers.fill(step.value, start, start + step.count);
      };
    case 'random':
      return () => random(step, arena, now);
    case 'gather':
      return () => gather(step, arena, now);
    case 'scatterAdd':
      return () => scatterAdd(step, arena, now);
  }
}

/** The index of a place's first element in this iteration. */
function locate({ buffer, offset, loopStrides }: BufferPlace, arena: Arena, now: Iterations): number {
  let at = arena.start(buffer) + offset;
  if (loopStrides) for (const [d, stride] of loopStrides.entries()) at += stride * (now[d] as number);
  return at;
}

/**
 * Visits every point of a loop nest in row-major order. `at[w]` is where window w's element lies; the
 * array is reused from point to point.
 */
function walk(
  dims: readonly number[],
  windows: readonly (readonly number[])[],
  start: readonly number[],
  visit: (at: readonly number[]) => void,
): void {
  const at = [...start];
  const loop = (d: number): void => {
    if (d === dims.length) return visit(at);
    const size = dims[d] as number;
    for (let i = 0; i < size; i++) {
      loop(d + 1);
      for (let w = 0; w < at.length; w++) at[w] = (at[w] as number) + (windows[w]?.[d] as number);
    }
    for (let w = 0; w < at.length; w++) at[w] = (at[w] as number) - size * (windows[w]?.[d] as number);
  };
  loop(0);
}

function gemm({ batch, m, n, k, a, b, c, scale }: GemmStep, arena: Arena, now: Iterations): void {
  const x = arena.numbers;
  const [outer, ends] = [batch.length + m.length, batch.length + k.length];
  const rows = [a.strides.slice(0, outer), [...b.strides.slice(0, batch.length), ...m.map(() => 0)]];
  const terms = [a.strides.slice(outer), b.strides.slice(batch.length, ends)];
  const starts = [a, b, c].map((operand) => locate(operand, arena, now));
  // For each row and column, the sum over the terms.
  walk([...batch, ...m], [...rows, c.strides.slice(0, outer)], starts, ([atA = 0, atB = 0, atC = 0]) =>
    walk(n, [b.strides.slice(ends), c.strides.slice(outer)], [atB, atC], ([column = 0, target = 0]) => {
      let sum = 0;
      walk(k, terms, [atA, column], ([p = 0, q = 0]) => {
        sum += (x[p] as number) * (x[q] as number);
      });
      x[target] = scale * sum;
    }),
  );
}

/** How a reduction begins and takes in the value at the next position. */
const reductions: Readonly<
  Record<NestResult['reduce'], { initial: number; take: (total: number, value: number) => number }>
> = {
  none: { initial: 0, take: (_, value) => value },
  sum: { initial: 0, take: (total, value) => total + value },
  max: { initial: Number.NEGATIVE_INFINITY, take: Math.max },
  min: { initial: Number.POSITIVE_INFINITY, take: Math.min },
  argmax: { initial: Number.NEGATIVE_INFINITY, take: Math.max },
};

/** A running reduction. */
interface Total {
  value: number;
  winner: number;
}

/** The part of a nest that lies at one point of its first `outer` dimensions. */
function nest(
  step: NestStep,
  outer: number,
  arena: Arena,
  now: Iterations,
): (point: readonly number[]) => void {
  const { dims, reduced, operands, results } = step;
  const kept = dims.length - reduced;
  const windows = [...operands, ...results.map((r) => r.out)];
  // Where a result has one place for all reduced points, it stays there.
  const strides = windows.map((w) => dims.map((_, d) => w.strides[d] ?? 0));
  const args = new Float64Array(operands.length);
  const made = results.map(({ expr, reduce, scale }) => ({
    evaluate: compileExpr(expr),
    reduce,
    scale,
    ...reductions[reduce],
  }));
  const totals = results.map((): Total => ({ value: 0, winner: 0 }));
  const values = new Float64Array(results.length);

  return (point) => {
    const x = arena.numbers;
    const starts = windows.map((window, w) =>
      point.reduce((at, i, d) => at + i * (strides[w]?.[d] as number), locate(window, arena, now)),
    );
    const between = strides.map((s) => s.slice(outer, kept));
    const within = strides.map((s) => s.slice(kept));
    walk(dims.slice(outer, kept), between, starts, (at) => {
      for (const [r, total] of totals.entries()) Object.assign(total, { value: made[r]?.initial, winner: 0 });
      const places = [...at];
      let position = 0;
      walk(dims.slice(kept), within, places, (here) => {
        for (let w = 0; w < args.length; w++) args[w] = x[here[w] as number] as number;
        for (const [r, { evaluate }] of made.entries()) values[r] = evaluate(args);
        for (const [r, { reduce, scale, take }] of made.entries()) {
          const value = values[r] as number;
          if (reduce === 'none') x[here[args.length + r] as number] = scale * value;
          else {
            const total = totals[r] as Total;
            const next = take(total.value, value);
            // A larger value takes over, and so does the first NaN; Object.is knows that NaN stays NaN.
            if (!Object.is(next, total.value) && next !== total.value) total.winner = position;
            total.value = next;
          }
        }
        position++;
      });
      for (const [r, { reduce, scale }] of made.entries())
        if (reduce !== 'none') {
          const { value, winner } = totals[r] as Total;
          x[places[args.length + r] as number] = scale * (reduce === 'argmax' ? winner : value);
        }
    });
  };
}

function fused({ outer, nests }: FusedStep, arena: Arena, now: Iterations): () => void {
  const parts = nests.map((step) =>
    step.kind === 'gemm'
      ? (at: readonly number[]) => gemm(productAt(step, at), arena, now)
      : nest(step, outer.length, arena, now),
  );
  const point = outer.map(() => 0);
  const loop = (d: number): void => {
    if (d === outer.length) for (const part of parts) part(point);
    else
      for (let i = 0; i < (outer[d] as number); i++) {
        point[d] = i;
        loop(d + 1);
      }
  };
  return () => loop(0);
}

function random({ key, stream, out, count }: RandomStep, arena: Arena, now: Iterations): void {
  const x = arena.numbers;
  const at = locate(key, arena, now);
  const [a, b, c, d] = x.subarray(at, at + 4) as unknown as Quad;
  x.set(draw([a * 65536 + b, c * 65536 + d], stream, count), locate(out, arena, now));
}
type Quad = readonly [number, number, number, number];

/** Whether an index is the number of a row. */
const isRow = (index: number, rows: number) => Number.isInteger(index) && index >= 0 && index < rows;

function gather(step: GatherStep, arena: Arena, now: Iterations): void {
  const { rows, rowSize, count } = step;
  const x = arena.numbers;
  const [data, indices, out] = [step.data, step.indices, step.out].map((place) =>
    locate(place, arena, now),
  ) as Three;
  for (let i = 0; i < count; i++) {
    const row = x[indices + i] as number;
    const found = isRow(row, rows);
    for (let r = 0; r < rowSize; r++)
      x[out + i * rowSize + r] = found ? (x[data + row * rowSize + r] as number) : Number.NaN;
  }
}
type Three = [number, number, number];

function scatterAdd(step: ScatterAddStep, arena: Arena, now: Iterations): void {
  const { rows, rowSize, count } = step;
  const x = arena.numbers;
  const places = [step.indices, step.updates, step.out];
  const [indices, updates, out] = places.map((place) => locate(place, arena, now)) as Three;
  x.fill(0, out, out + rows * rowSize);
  for (let i = 0; i < count; i++) {
    const index = x[indices + i] as number;
    if (!isRow(index, rows)) continue;
    const row = out + index * rowSize;
    for (let r = 0; r < rowSize; r++)
      x[row + r] = (x[row + r] as number) + (x[updates + i * rowSize + r] as number);
  }
}
