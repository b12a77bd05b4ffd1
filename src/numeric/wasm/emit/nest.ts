/** Writes one loop nest as instructions: constant strides, vectors along one loop, reductions in registers. */
import type { Dtype, NestResult, NestStep } from '../../../ir/plan.ts';
import { unsigned } from './binary.ts';
import { CodeBuilder } from './code.ts';
import { Dag, type Node, Scheduler } from './dag.ts';
import { type Apply, lowerExpr } from './emit-expr.ts';
import { type Base, type Cursor, InductionPointers } from './induction-pointers.ts';
import { Lanes } from './lanes.ts';
import { type Loop, type NestPlan, planNest } from './nest-plan.ts';
import { type Reduction, reductionFor } from './reduction.ts';

/** Longer sums are added up in blocks, so that rounding errors grow with the blocks, not with the terms. */
const BLOCK = 256;

/** A piece of the lane loop: `count` iterations of `vectors` vectors with `active` lanes each. */
interface Part {
  readonly count: number;
  readonly vectors: number;
  readonly active: number;
  /** For each vector in order, the value of each result. */
  readonly values: readonly (readonly Node[])[];
}

/**
 * Writes what the nest does at one point of its first `outer` dimensions. `bases` says where each window
 * (operands, then results) begins at that point.
 */
export function emitNest(
  code: CodeBuilder,
  step: NestStep,
  outer: number,
  dtype: Dtype,
  bases: readonly Base[],
  apply: Apply,
): void {
  new NestWriter(code, step, planNest(step, outer, dtype), dtype, bases, apply).write();
}

class NestWriter {
  readonly #code: CodeBuilder;
  readonly #scheduler: Scheduler;
  readonly #v: Lanes;
  readonly #step: NestStep;
  readonly #plan: NestPlan;
  readonly #pointers: InductionPointers;
  readonly #cursors: readonly Cursor[];
  readonly #parts: readonly Part[];
  /** For each result that is one. */
  readonly #reductions: readonly (Reduction | undefined)[];

  constructor(
    code: CodeBuilder,
    step: NestStep,
    plan: NestPlan,
    dtype: Dtype,
    bases: readonly Base[],
    apply: Apply,
  ) {
    this.#code = code;
    this.#step = step;
    this.#plan = plan;
    this.#scheduler = new Scheduler(code);
    this.#v = new Lanes(new Dag(), dtype);
    this.#pointers = new InductionPointers(code);
    this.#cursors = bases.map(({ local, address }, w) =>
      this.#pointers.start(
        { local, address: address + (plan.offsets[w] as number) },
        plan.loops.map((loop) => loop.strides[w] as number),
      ),
    );
    this.#parts = this.#makeParts(apply);
    const acrossLanes = this.#lane.reduced;
    const count = Math.max(...this.#parts.map((p) => p.vectors));
    const context = { code, scheduler: this.#scheduler, lanes: this.#v, acrossLanes, count };
    this.#reductions = step.results.map(({ reduce }) =>
      reduce === 'none' ? undefined : reductionFor(reduce, context),
    );
  }

  write(): void {
    this.#from(0, this.#parts);
    this.#pointers.release();
    for (const reduction of this.#reductions) reduction?.release();
  }

  get #lane(): Loop {
    return this.#plan.loops[this.#plan.laneLoop] as Loop;
  }

  #makeParts(apply: Apply): Part[] {
    const { lanes } = this.#v.format;
    const { size } = this.#lane;
    const parts: Part[] = [];
    const add = (count: number, vectors: number, active: number) => {
      if (count === 0 || active === 0) return;
      const values = Array.from({ length: vectors }, (_, u) => this.#values(u, active, apply));
      parts.push({ count, vectors, active, values });
    };
    const wide = lanes * this.#plan.vectors;
    if (this.#plan.vectors > 1) add(Math.floor(size / wide), this.#plan.vectors, lanes);
    add(Math.floor((this.#plan.vectors > 1 ? size % wide : size) / lanes), 1, lanes);
    add(1, 1, size % lanes);
    return parts;
  }

  /** Each result's value at the u-th vector from where the pointers stand. */
  #values(u: number, active: number, apply: Apply): Node[] {
    const args = this.#step.operands.map((_, w) => this.#load(w, u, active));
    return this.#step.results.map(({ expr, reduce, scale }) => {
      const value = lowerExpr(expr, this.#v, args, apply);
      return reduce === 'none' && scale !== 1 ? this.#v.mul(value, this.#v.number(scale)) : value;
    });
  }

  /** `get pointer` and the immediate of the access: alignment and offset. */
  #address(cursor: Cursor, offset: number): { push: readonly number[]; immediate: readonly number[] } {
    const { local, address } = cursor.base;
    const align = this.#v.format.bytes === 4 ? 2 : 3;
    const start = local === undefined ? [0x41, 0x00] : [0x20, ...unsigned(local)];
    const total = address + offset;
    if (total >= 0) return { push: start, immediate: [align, ...unsigned(total)] };
    const code = new CodeBuilder().raw(start).int(total).raw([0x6a]);
    return { push: code.bytes(), immediate: [align, 0] };
  }

  #load(w: number, u: number, active: number): Node {
    const cursor = this.#cursors[w] as Cursor;
    const { bytes, lanes } = this.#v.format;
    const stride = cursor.strides[this.#plan.laneLoop] as number;
    const level = cursor.strides.findLastIndex((s) => s !== 0) + 1;
    const at = (lane: number) => this.#address(cursor, (u * lanes + lane) * stride);
    const bytesOfLoad = (): number[] => {
      const first = at(0);
      if (stride === 0) return [...first.push, ...this.#v.opcode('loadSplat'), ...first.immediate];
      if (stride === bytes && active === lanes) return [...first.push, 0xfd, 0x00, ...first.immediate];
      // Lane by lane; lanes that are not active are 0.
      const rest = Array.from({ length: active - 1 }, (_, i) => ({ ...at(i + 1), lane: i + 1 }));
      return [
        ...rest.toReversed().flatMap((r) => r.push),
        ...[...first.push, ...this.#v.opcode('loadZero'), ...first.immediate],
        ...rest.flatMap((r) => [...this.#v.opcode('loadLane'), ...r.immediate, r.lane]),
      ];
    };
    // A value that does not change along the lanes is the same for every vector and every part.
    const key = `load ${w} ${stride === 0 ? '' : `${u} ${active}`}`;
    return this.#v.dag.node(key, bytesOfLoad, [], level);
  }

  /** Everything from loop `level` inwards, for the given parts of the lane loop. */
  #from(level: number, parts: readonly Part[]): number[] {
    const { loops, firstReduced } = this.#plan;
    const begins = level === firstReduced;
    let moved = this.#pointers.still();
    if (begins) for (const reduction of this.#reductions) reduction?.begin();
    if (level === loops.length) this.#body(parts[0] as Part);
    else
      this.#scheduler.hoisting(
        level,
        parts.flatMap((p) => p.values.flat()),
        () => {
          moved = this.#loop(level, parts);
        },
      );
    if (begins) this.#finishReductions(parts);
    return moved;
  }

  /** One loop; gives how far it has moved each pointer. */
  #loop(level: number, parts: readonly Part[]): number[] {
    const loop = this.#plan.loops[level] as Loop;
    if (level !== this.#plan.laneLoop)
      return this.#iterate(level, loop.size, 1, () => this.#from(level + 1, parts));
    let done = 0;
    let moved = this.#pointers.still();
    for (const part of parts) {
      this.#pointers.moveTo(moved, level, done);
      const width = part.vectors * this.#v.format.lanes;
      const last = this.#iterate(level, part.count, width, () => this.#from(level + 1, [part]));
      const before = this.#pointers.distance(level, done);
      moved = last.map((m, w) => m + (before[w] as number));
      done += part.count * width;
    }
    return moved;
  }

  /** Repeats the body, `width` iterations of the loop at a time; gives how far the pointers have moved. */
  #iterate(level: number, count: number, width: number, body: () => number[]): number[] {
    if (count === 1) return body();
    const once = () => this.#pointers.moveTo(body(), level, width);
    const each = (act: (reduction: Reduction) => void) => {
      for (const reduction of this.#reductions) if (reduction) act(reduction);
    };
    if (this.#isBlocked(level, count))
      this.#code.repeatInBlocks(
        count,
        BLOCK,
        () => each((reduction) => reduction.beginBlock()),
        once,
        () => each((reduction) => reduction.endBlock()),
      );
    else this.#code.repeat(count, once);
    return this.#pointers.distance(level, count * width);
  }

  /** Whether the loop is the innermost of a long sum. */
  #isBlocked(level: number, count: number): boolean {
    const sums = this.#step.results.some((r) => r.reduce === 'sum');
    if (!sums || level !== this.#plan.loops.length - 1) return false;
    const outer = this.#plan.loops.slice(this.#plan.firstReduced, level).reduce((n, l) => n * l.size, 1);
    return count * outer > BLOCK;
  }

  /** All values of a vector are known before the first is written: a result may lie where an operand does. */
  #body(part: Part): void {
    this.#scheduler.announce(part.values.flat());
    for (const [u, values] of part.values.entries()) {
      for (const [r, value] of values.entries()) this.#reductions[r]?.take(u, value, part.active);
      const stored = [...values.keys()].filter((r) => !this.#reductions[r]);
      const waiting = stored.slice(0, -1).map((r) => {
        const local = this.#code.local('v128');
        this.#scheduler.push(values[r] as Node);
        this.#code.set(local);
        return { r, local };
      });
      const last = stored.at(-1);
      if (last !== undefined)
        this.#store(last, u, part.active, () => this.#scheduler.push(values[last] as Node));
      for (const { r, local } of waiting) {
        this.#store(r, u, part.active, () => this.#code.get(local));
        this.#code.release('v128', local);
      }
    }
    for (const reduction of this.#reductions) reduction?.advance();
  }

  #finishReductions(parts: readonly Part[]): void {
    const { vectors, active } = this.#lane.reduced ? { vectors: 1, active: 1 } : (parts[0] as Part);
    for (const [r, reduction] of this.#reductions.entries()) {
      if (!reduction) continue;
      const { scale } = this.#step.results[r] as NestResult;
      for (let u = 0; u < vectors; u++)
        this.#store(r, u, active, () => {
          reduction.result(u);
          if (scale !== 1) this.#code.raw(this.#v.number(scale).bytes).raw(this.#v.opcode('mul'));
        });
    }
  }

  /** Writes the active lanes of the r-th result's u-th vector; `push` puts it on the stack. */
  #store(r: number, u: number, active: number, push: () => void): void {
    const cursor = this.#cursors[this.#step.operands.length + r] as Cursor;
    const { bytes, lanes } = this.#v.format;
    const stride = cursor.strides[this.#plan.laneLoop] as number;
    const at = (lane: number) => this.#address(cursor, (u * lanes + lane) * stride);
    const first = at(0);
    this.#code.raw(first.push);
    push();
    if (stride === bytes && active === lanes) {
      this.#code.raw([0xfd, 0x0b, ...first.immediate]);
      return;
    }
    const value = this.#code.local('v128');
    this.#code.tee(value).raw([...this.#v.opcode('storeLane'), ...first.immediate, 0]);
    for (let lane = 1; lane < active; lane++) {
      const { push: address, immediate } = at(lane);
      this.#code
        .raw(address)
        .get(value)
        .raw([...this.#v.opcode('storeLane'), ...immediate, lane]);
    }
    this.#code.release('v128', value);
  }
}
