/**
 * The search for what first made a number that is not finite, of those that reached a result. A step is to blame
 * whose operands were finite and whose result is not; from there the blame is handed on with the numbers, and where
 * a step makes finite ones of them again (the softmax of −∞) it ends.
 */
import type { BufferPlace, LoopStep, PlainStep, Plan, Step } from '../ir/plan.ts';
import type { Arena } from './arena.ts';
import type { BadSource } from './engine.ts';
import { prepare } from './reference/steps.ts';
import { readBy, type Window, writtenBy } from './step-windows.ts';

/**
 * Runs the plan's steps one by one, the i-th by `run(i)`, and says where the first number came from that is not
 * finite in an output or in a new state, or else in the outputs named. A loop after which not all is finite is run once more from where it began,
 * step by step by the reference engine's reading of them, on the same numbers.
 */
export function findBadSource(
  arena: Arena,
  run: (step: number) => void,
  outputs?: readonly string[],
): BadSource | undefined {
  const search = new Search(arena);
  for (const [i, step] of arena.plan.steps.entries())
    if (step.kind === 'loop') search.loop(step, i, () => run(i));
    else if (step.kind !== 'barrier') search.step(step, { path: [i], iterations: [] }, () => run(i));
  return search.answer(outputs);
}

type Place = Pick<Extract<BadSource, { path: unknown }>, 'path' | 'iterations'>;

class Search {
  readonly #arena: Arena;
  /** In the order in which they were found. */
  readonly #sources: BadSource[] = [];
  /** By buffer, which sources the numbers in it come from that are not finite. */
  readonly #blamed = new Map<number, ReadonlySet<number>>();

  constructor(arena: Arena) {
    this.#arena = arena;
    for (const [input, { buffer }] of Object.entries(arena.plan.inputs)) {
      const value = this.#firstBad(wholeOf(arena.plan, buffer), []);
      if (value !== undefined) this.#blamed.set(buffer, new Set([this.#sources.push({ input, value }) - 1]));
    }
  }

  /** Runs a step; in loops, in these iterations. */
  step(step: PlainStep, place: Place, execute: () => void): void {
    const now = place.iterations;
    const blamed = this.#blamedFor(readBy(step), now);
    const indices = step.kind === 'gather' ? this.#indicesOf(step, now) : [];
    execute();
    for (const window of writtenBy(step)) {
      const value = this.#firstBad(window, now);
      // A row that is not there is this step's doing, whatever the table holds elsewhere.
      const isOwn =
        blamed.size === 0 || (step.kind === 'gather' && !indices.every((i) => isRow(i, step.rows)));
      if (value === undefined) this.#clear(window);
      else if (isOwn) this.#blame(window, new Set([this.#sources.push({ ...place, value }) - 1]));
      else this.#blame(window, blamed);
    }
  }

  loop(loop: LoopStep, at: number, execute: () => void): void {
    const { numbers } = this.#arena;
    const before = numbers.slice();
    execute();
    const written = everyWindow(loop);
    if (written.every((window) => this.#firstBad(window, []) === undefined)) {
      for (const window of written) this.#clear(window);
      return;
    }
    numbers.set(before);
    const now: number[] = [];
    const iterate = ({ count, steps }: LoopStep, path: readonly number[], depth: number): void => {
      const executes = steps.map((step) => prepare(step, this.#arena, now, depth + 1));
      for (let t = 0; t < count; t++) {
        now[depth] = t;
        now.length = depth + 1;
        for (const [i, step] of steps.entries()) {
          if (step.kind === 'loop') iterate(step, [...path, i], depth + 1);
          else if (step.kind !== 'barrier')
            this.step(step, { path: [...path, i], iterations: [...now] }, executes[i] as () => void);
          now.length = depth + 1;
        }
      }
    };
    iterate(loop, [at], 0);
  }

  /** Where what is to blame for the results comes from; the first of several. */
  answer(outputs: readonly string[] | undefined): BadSource | undefined {
    const { plan } = this.#arena;
    const state = Object.values(plan.inputs).flatMap(({ role, buffer }) =>
      role === 'state' ? [buffer] : [],
    );
    const results = outputs?.map((name) => plan.outputs[name] as number) ?? [
      ...Object.values(plan.outputs),
      ...Object.values(plan.metrics),
      ...state,
    ];
    const found = results.flatMap((buffer) =>
      this.#firstBad(wholeOf(plan, buffer), []) === undefined ? [] : [...(this.#blamed.get(buffer) ?? [])],
    );
    return found.length === 0 ? undefined : this.#sources[Math.min(...found)];
  }

  /** What the numbers in these windows that are not finite come from. */
  #blamedFor(windows: readonly Window[], now: readonly number[]): ReadonlySet<number> {
    const found = new Set<number>();
    for (const window of windows) {
      const blamed = this.#blamed.get(window.buffer);
      if (blamed && this.#firstBad(window, now) !== undefined) for (const source of blamed) found.add(source);
    }
    return found;
  }

  #blame({ buffer }: Window, sources: ReadonlySet<number>): void {
    this.#blamed.set(buffer, new Set([...(this.#blamed.get(buffer) ?? []), ...sources]));
  }

  /** The numbers in the window are finite; where that is all of the buffer, nothing of it is to blame any more. */
  #clear({ buffer, loopStrides = [], dims }: Window): void {
    const count = dims.reduce((n, size) => n * size, 1);
    const isWhole =
      loopStrides.every((stride) => stride === 0) && count === countOf(this.#arena.plan, buffer);
    if (isWhole) this.#blamed.delete(buffer);
  }

  #indicesOf(step: Extract<PlainStep, { kind: 'gather' }>, now: readonly number[]): readonly number[] {
    const start = firstOf(step.indices, this.#arena, now);
    return Array.from(this.#arena.numbers.subarray(start, start + step.count));
  }

  /** The first number in a window that is not finite, of a step in loops in these iterations. */
  #firstBad(window: Window, now: readonly number[]): number | undefined {
    const { dims, strides } = window;
    const { numbers } = this.#arena;
    const visit = (at: number, d: number): number | undefined => {
      const value = numbers[at] as number;
      if (d === dims.length) return Number.isFinite(value) ? undefined : value;
      for (let i = 0; i < (dims[d] as number); i++) {
        const found = visit(at + i * (strides[d] as number), d + 1);
        if (found !== undefined) return found;
      }
      return undefined;
    };
    return visit(firstOf(window, this.#arena, now), 0);
  }
}

const isRow = (index: number, rows: number) => Number.isInteger(index) && index >= 0 && index < rows;

const countOf = (plan: Plan, buffer: number): number =>
  (plan.buffers[buffer]?.shape ?? []).reduce((n, size) => n * size, 1);

const wholeOf = (plan: Plan, buffer: number): Window => ({
  buffer,
  offset: 0,
  dims: [countOf(plan, buffer)],
  strides: [1],
});

/** What a loop writes, in all its iterations and those of the loops in it. */
const everyWindow = (loop: LoopStep): readonly Window[] =>
  loop.steps.flatMap((step: Step) => {
    const inner = step.kind === 'loop' ? everyWindow(step) : step.kind === 'barrier' ? [] : writtenBy(step);
    return inner.map((window) => everyIteration(window, loop.count));
  });

/** The window with the iterations of the innermost loop around its step as a dimension of its own. */
function everyIteration({ loopStrides = [], ...window }: Window, count: number): Window {
  const own = loopStrides.at(-1) ?? 0;
  const outer = loopStrides.slice(0, -1);
  const whole =
    own === 0 ? window : { ...window, dims: [count, ...window.dims], strides: [own, ...window.strides] };
  return outer.length > 0 ? { ...whole, loopStrides: outer } : whole;
}

const firstOf = (
  { buffer, offset, loopStrides = [] }: BufferPlace,
  arena: Arena,
  now: readonly number[],
): number => loopStrides.reduce((at, stride, d) => at + stride * (now[d] ?? 0), arena.start(buffer) + offset);
