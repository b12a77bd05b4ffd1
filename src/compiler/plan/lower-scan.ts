/**
 * A recurrence as one loop. Its body is planned once, like a program of its own: in place of rows, carries
 * and outs it has buffers that stand for one row each, and when all its steps are settled these become
 * places in the whole tensors, which move from iteration to iteration. So rows are read where they lie and
 * outs are written where they stay.
 *
 * A carry is updated in place, as state is, and copied only where that would be seen. Where the carries that
 * iterations begin or end with are among the outs, all of them lie in one tensor with a row more than there
 * are iterations: each iteration reads one row and writes the next.
 */
import { type BufferPlace, type LoopStep, withPlaces } from '../../ir/plan.ts';
import { elements, type Program, type ScanOp, type ValueId } from '../../ir/program.ts';
import { argumentsOfInputs } from '../../ir/scan-parts.ts';
import { fuseSteps, groupSteps } from './fuse/index.ts';
import type { PlanBuilder } from './plan-builder.ts';
import { type Update, writeUpdates } from './updates.ts';
import { isDense, type StridedView } from './view.ts';

type LowerProgram = (
  plan: PlanBuilder,
  program: Program,
  given: ReadonlyMap<ValueId, StridedView>,
) => ReadonlyMap<ValueId, StridedView>;

/** The scan's results: the last carries, then the outs, stacked. `args` are its arguments. */
export function lowerScan(
  plan: PlanBuilder,
  op: ScanOp,
  args: readonly StridedView[],
  lowerProgram: LowerProgram,
): StridedView[] {
  return new ScanLowering(plan, op).lower(args, lowerProgram);
}

/** Where a row lies that changes from iteration to iteration. */
interface RowPlace {
  readonly buffer: number;
  readonly offset: number;
  /** Elements from one iteration to the next. */
  readonly stride: number;
}

class ScanLowering {
  readonly #plan: PlanBuilder;
  readonly #body: PlanBuilder;
  readonly #op: ScanOp;
  /** Buffers from here on are the body's own. */
  readonly #first: number;
  /** What stands for a row in the body: where it lies. */
  readonly #rows = new Map<number, RowPlace>();

  constructor(plan: PlanBuilder, op: ScanOp) {
    this.#plan = plan;
    this.#op = op;
    this.#body = plan.inside();
    this.#first = plan.buffers.length;
  }

  lower(args: readonly StridedView[], lowerProgram: LowerProgram): StridedView[] {
    const { body, carries } = this.#op;
    const starts = args.slice(0, carries).map((view) => this.#plan.row(view.shape));
    const given = new Map<ValueId, StridedView>();
    for (const [value, k] of argumentsOfInputs(this.#op))
      given.set(value, starts[k] ?? this.#argument(args[k] as StridedView, k));
    const views = lowerProgram(this.#body, body, given);
    const results = body.outputs.map(({ value }) => views.get(value) as StridedView);
    const [nexts, outs] = [results.slice(0, carries), results.slice(carries)];

    const stacked: (StridedView | undefined)[] = [];
    const last: StridedView[] = [];
    const updates: Update[] = [];
    for (const [i, start] of starts.entries()) {
      const next = nexts[i] as StridedView;
      const reading = outs.filter(
        (out) => out.buffer === start.buffer || (this.#isOwn(next) && out.buffer === next.buffer),
      );
      if (reading.length > 0) last.push(this.#stackCarry(args[i] as StridedView, start, next, outs, stacked));
      else {
        const carry = this.#plan.allocate(start.shape);
        this.#write(args[i] as StridedView, carry);
        this.#rows.set(start.buffer, { buffer: carry.buffer, offset: 0, stride: 0 });
        updates.push({ target: start.buffer, view: next });
        last.push(carry);
      }
    }
    const stacks = outs.map((out, j) => stacked[j] ?? this.#stackOut(out));
    this.#settle(updates);
    this.#push();
    return [...last, ...stacks];
  }

  /** A row of an argument, or a constant whole. */
  #argument(view: StridedView, k: number): StridedView {
    const { carries, rows, length, reverse } = this.#op;
    if (k >= carries + rows) return view;
    const [stride = 0, ...strides] = view.strides;
    const shape = view.shape.slice(1);
    // Rows that are all the same one are a constant.
    if (stride === 0) return { ...view, shape, strides };
    const row = this.#plan.row(shape);
    const offset = view.offset + (reverse ? (length - 1) * stride : 0);
    this.#rows.set(row.buffer, { buffer: view.buffer, offset, stride: reverse ? -stride : stride });
    return { ...row, strides };
  }

  /** Made by the body, and not yet a row of anything. */
  #isOwn({ buffer }: StridedView): boolean {
    const draft = this.#body.buffers[buffer];
    return buffer >= this.#first && draft?.pinned === false && !draft.isRow;
  }

  /** A buffer of the body becomes the rows from `place` on. */
  #claim(buffer: number, place: RowPlace): void {
    this.#body.becomeRow(buffer);
    this.#rows.set(buffer, place);
  }

  /**
   * All carries in one tensor, the first one before the first iteration's and the last one after the last's.
   * Outs that look at a carry are views of it: they are put into `stacked`. Returns the last carry.
   */
  #stackCarry(
    first: StridedView,
    start: StridedView,
    next: StridedView,
    outs: readonly StridedView[],
    stacked: (StridedView | undefined)[],
  ): StridedView {
    const { length, reverse } = this.#op;
    const size = elements(start.shape);
    const stack = this.#plan.allocate([length + 1, ...start.shape]);
    const row = (t: number): StridedView => ({ ...start, buffer: stack.buffer, offset: t * size });
    const rowsFrom = (t: number, out: StridedView): StridedView => ({
      buffer: stack.buffer,
      offset: t * size + out.offset,
      shape: [length, ...out.shape],
      strides: [size, ...out.strides],
    });
    this.#write(first, row(reverse ? length : 0));
    const stride = reverse ? -size : size;
    this.#rows.set(start.buffer, { buffer: stack.buffer, offset: reverse ? length * size : 0, stride });
    const isWhole = this.#isOwn(next) && next.offset === 0 && isDense(next) && this.#size(next) === size;
    const made = isWhole ? next : this.#body.copy(next);
    this.#claim(made.buffer, { buffer: stack.buffer, offset: (reverse ? length - 1 : 1) * size, stride });
    for (const [j, out] of outs.entries()) {
      if (out.buffer === start.buffer) stacked[j] = rowsFrom(reverse ? 1 : 0, out);
      else if (out.buffer === made.buffer) stacked[j] = rowsFrom(reverse ? 0 : 1, out);
    }
    return row(reverse ? 0 : length);
  }

  #size({ buffer }: StridedView): number {
    return elements(this.#body.buffers[buffer]?.shape ?? []);
  }

  /** What iterations give, in one tensor. */
  #stackOut(out: StridedView): StridedView {
    const { length, reverse } = this.#op;
    const known = this.#rows.get(out.buffer);
    const isWhole = this.#isOwn(out) && this.#size(out) === elements(out.shape) && !repeats(out);
    const isShared = known !== undefined && !this.#body.buffers[out.buffer]?.pinned;
    const made = isWhole || isShared ? out : this.#body.copy(out);
    const size = this.#size(made);
    let buffer = known?.buffer;
    if (!isShared) {
      ({ buffer } = this.#plan.allocate([length, ...(this.#body.buffers[made.buffer]?.shape ?? [])]));
      const stride = reverse ? -size : size;
      this.#claim(made.buffer, { buffer, offset: reverse ? (length - 1) * size : 0, stride });
    }
    const base = isShared ? Math.min(known.offset, known.offset + (length - 1) * known.stride) : 0;
    return {
      buffer: buffer as number,
      offset: base + made.offset,
      shape: [length, ...made.shape],
      strides: [size, ...made.strides],
    };
  }

  /** Fuses the body's steps and writes the carries that stay in their places. */
  #settle(updates: readonly Update[]): void {
    const rows = new Set(this.#rows.keys());
    const without = [...this.#plan.without];
    fuseSteps(this.#body, new Set([...rows, ...updates.map(({ view }) => view.buffer)]), without);
    writeUpdates(this.#body, updates, rows);
    groupSteps(this.#body, without);
  }

  #push(): void {
    const { length: count, reverse } = this.#op;
    const steps = this.#body.steps.map((step) =>
      withPlaces(step, (place, depth) => {
        const row = this.#rows.get(place.buffer);
        return row
          ? moving(place, row, depth)
          : place.loopStrides
            ? { ...place, loopStrides: [0, ...place.loopStrides] }
            : place;
      }),
    );
    const flops = count * steps.reduce((sum, step) => sum + step.flops, 0);
    const loop: Omit<LoopStep, 'source'> = { kind: 'loop', count, ...(reverse && { reverse }), steps, flops };
    if (steps.length > 0) this.#plan.push(loop);
  }

  #write(from: StridedView, to: StridedView): void {
    this.#plan.nest({ kept: to.shape, operands: [from], out: to });
  }
}

/** A place in what stands for a row, as a place in the whole. */
function moving<P extends BufferPlace>(place: P, row: RowPlace, depth: number): P {
  const inner = place.loopStrides ?? new Array<number>(depth).fill(0);
  const loopStrides = [row.stride, ...inner];
  const moved = { ...place, buffer: row.buffer, offset: row.offset + place.offset };
  if (loopStrides.every((stride) => stride === 0)) return moved;
  return { ...moved, loopStrides };
}

const repeats = ({ shape, strides }: StridedView): boolean => shape.some((n, d) => n > 1 && strides[d] === 0);
