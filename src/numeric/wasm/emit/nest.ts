/** Writes one loop nest as a function: constant strides, vectors along one loop, reductions in registers. */
import type { Dtype, NestStep } from '../../../ir/plan.ts';
import { unsigned } from './binary.ts';
import { Code } from './code.ts';
import { Dag, type Node, Scheduler } from './dag.ts';
import { type Apply, lowerExpr } from './expr.ts';
import { Lanes } from './lanes.ts';
import { type Loop, type NestPlan, planNest } from './nest-plan.ts';
import { type Reduction, reductionFor } from './reduction.ts';

/** Longer sums are added up in blocks, so that rounding errors grow with the blocks, not with the terms. */
const BLOCK = 256;

/** A piece of the lane loop: `count` turns of `vectors` vectors with `active` lanes each. */
interface Part {
  readonly count: number;
  readonly vectors: number;
  readonly active: number;
  /** The values of its vectors, in order. */
  readonly roots: readonly Node[];
}

/** Windows with equal strides share one running offset. */
interface Walker {
  /** Absent where all strides are 0. */
  readonly local: number | undefined;
  /** Bytes for each loop. */
  readonly strides: readonly number[];
}

interface Cursor {
  readonly walker: Walker;
  /** What is added to the walker: the constant part of the address. */
  readonly base: number;
}

/** `addressOf(buffer)` is the byte address of a buffer's first element. */
export function emitNest(
  step: NestStep,
  dtype: Dtype,
  addressOf: (buffer: number) => number,
  apply: Apply,
): Uint8Array<ArrayBuffer> {
  return new NestWriter(step, dtype, addressOf, apply).write();
}

class NestWriter {
  readonly #code = new Code();
  readonly #dag = new Dag();
  readonly #scheduler = new Scheduler(this.#code);
  readonly #v: Lanes;
  readonly #step: NestStep;
  readonly #plan: NestPlan;
  readonly #walkers: Walker[] = [];
  readonly #cursors: readonly Cursor[];
  readonly #parts: readonly Part[];
  readonly #reduction: Reduction | undefined;

  constructor(step: NestStep, dtype: Dtype, addressOf: (buffer: number) => number, apply: Apply) {
    this.#step = step;
    this.#v = new Lanes(this.#dag, dtype);
    this.#plan = planNest(step, dtype);
    this.#cursors = this.#makeCursors(addressOf);
    this.#parts = this.#makeParts(apply);
    const acrossLanes = this.#lane.reduced;
    const count = Math.max(...this.#parts.map((p) => p.vectors));
    this.#reduction = reductionFor(step.reduce, {
      code: this.#code,
      scheduler: this.#scheduler,
      lanes: this.#v,
      acrossLanes,
      count,
    });
  }

  write(): Uint8Array<ArrayBuffer> {
    this.#from(0, this.#parts);
    return this.#code.finish();
  }

  get #lane(): Loop {
    return this.#plan.loops[this.#plan.laneLoop] as Loop;
  }

  #makeCursors(addressOf: (buffer: number) => number): Cursor[] {
    const shared = new Map<string, Walker>();
    return [...this.#step.operands, this.#step.out].map((window, w) => {
      const strides = this.#plan.loops.map((loop) => loop.strides[w] as number);
      const address = addressOf(window.buffer) + (this.#plan.offsets[w] as number);
      if (strides.every((s) => s === 0)) return { walker: { local: undefined, strides }, base: address };
      // Addresses have no sign: a walker that goes backwards starts at its full address.
      const backwards = strides.some((s) => s < 0);
      const key = `${strides.join()}${backwards ? `@${address}` : ''}`;
      const walker = shared.get(key) ?? { local: this.#code.local('i32'), strides };
      if (!shared.has(key)) {
        shared.set(key, walker);
        this.#walkers.push(walker);
        this.#code.int(backwards ? address : 0).set(walker.local as number);
      }
      return { walker, base: backwards ? 0 : address };
    });
  }

  #makeParts(apply: Apply): Part[] {
    const { lanes } = this.#v.format;
    const { size } = this.#lane;
    const parts: Part[] = [];
    const add = (count: number, vectors: number, active: number) => {
      if (count === 0 || active === 0) return;
      const roots = Array.from({ length: vectors }, (_, u) => this.#value(u, active, apply));
      parts.push({ count, vectors, active, roots });
    };
    const wide = lanes * this.#plan.vectors;
    if (this.#plan.vectors > 1) add(Math.floor(size / wide), this.#plan.vectors, lanes);
    add(Math.floor((this.#plan.vectors > 1 ? size % wide : size) / lanes), 1, lanes);
    add(1, 1, size % lanes);
    return parts;
  }

  /** The expression at the u-th vector from where the walkers stand. */
  #value(u: number, active: number, apply: Apply): Node {
    const args = this.#step.operands.map((_, w) => this.#load(w, u, active));
    return lowerExpr(this.#step.expr, this.#v, args, apply);
  }

  /** `get walker` and the immediate of the access: alignment and offset. */
  #address(cursor: Cursor, offset: number): { push: number[]; immediate: number[] } {
    const { local } = cursor.walker;
    const align = this.#v.format.bytes === 4 ? 2 : 3;
    const start = local === undefined ? [0x41, 0x00] : [0x20, ...unsigned(local)];
    const total = cursor.base + offset;
    if (total >= 0) return { push: start, immediate: [align, ...unsigned(total)] };
    const code = new Code().raw(start).int(total).raw([0x6a]);
    return { push: code.bytes(), immediate: [align, 0] };
  }

  #load(w: number, u: number, active: number): Node {
    const cursor = this.#cursors[w] as Cursor;
    const { bytes, lanes } = this.#v.format;
    const stride = cursor.walker.strides[this.#plan.laneLoop] as number;
    const level = cursor.walker.strides.findLastIndex((s) => s !== 0) + 1;
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
    return this.#dag.node(key, bytesOfLoad, [], level);
  }

  /** Everything from loop `level` inwards, for the given parts of the lane loop. */
  #from(level: number, parts: readonly Part[]): number[] {
    const { loops, firstReduced } = this.#plan;
    const begins = this.#reduction !== undefined && level === firstReduced;
    let moved: number[] = this.#walkers.map(() => 0);
    if (begins) this.#reduction?.begin();
    if (level === loops.length) this.#body(parts[0] as Part);
    else
      this.#scheduler.hoisting(
        level,
        parts.flatMap((p) => p.roots),
        () => {
          moved = this.#loop(level, parts);
        },
      );
    if (begins) this.#finishReduction(parts);
    return moved;
  }

  /** One loop; gives how far it has moved each walker. */
  #loop(level: number, parts: readonly Part[]): number[] {
    const loop = this.#plan.loops[level] as Loop;
    if (level !== this.#plan.laneLoop)
      return this.#turns(level, loop.size, 1, () => this.#from(level + 1, parts));
    let done = 0;
    let moved = this.#walkers.map(() => 0);
    for (const part of parts) {
      this.#moveTo(moved, level, done);
      const width = part.vectors * this.#v.format.lanes;
      const turned = this.#turns(level, part.count, width, () => this.#from(level + 1, [part]));
      moved = turned.map((m, w) => m + done * (this.#walkers[w]?.strides[level] as number));
      done += part.count * width;
    }
    return moved;
  }

  /** Repeats the body, each turn `width` iterations of the loop; gives how far the walkers have moved. */
  #turns(level: number, count: number, width: number, body: () => number[]): number[] {
    if (count === 1) return body();
    const turn = () => this.#moveTo(body(), level, width);
    const reduction = this.#reduction;
    if (reduction && this.#isBlocked(level, count))
      this.#code.repeatInBlocks(
        count,
        BLOCK,
        () => reduction.beginBlock(),
        turn,
        () => reduction.endBlock(),
      );
    else this.#code.repeat(count, turn);
    return this.#walkers.map((walker) => count * width * (walker.strides[level] as number));
  }

  /** Whether the loop is the innermost of a long sum. */
  #isBlocked(level: number, count: number): boolean {
    if (this.#step.reduce !== 'sum' || level !== this.#plan.loops.length - 1) return false;
    const outer = this.#plan.loops.slice(this.#plan.firstReduced, level).reduce((n, l) => n * l.size, 1);
    return count * outer > BLOCK;
  }

  /** Moves the walkers from where they are (`moved`) to `iterations` of the loop. */
  #moveTo(moved: readonly number[], level: number, iterations: number): void {
    for (const [w, { local, strides }] of this.#walkers.entries())
      this.#code.advance(local as number, iterations * (strides[level] as number) - (moved[w] as number));
  }

  #body(part: Part): void {
    if (this.#reduction) {
      this.#scheduler.announce(part.roots);
      this.#reduction.take(part.roots, part.active);
      return;
    }
    const results = part.roots.map((root) => this.#scaled(root));
    this.#scheduler.announce(results);
    for (const [u, result] of results.entries())
      this.#store(u, part.active, () => this.#scheduler.push(result));
  }

  #scaled(value: Node): Node {
    return this.#step.scale === 1 ? value : this.#v.mul(value, this.#v.number(this.#step.scale));
  }

  #finishReduction(parts: readonly Part[]): void {
    const reduction = this.#reduction as Reduction;
    const { vectors, active } = this.#lane.reduced ? { vectors: 1, active: 1 } : (parts[0] as Part);
    for (let u = 0; u < vectors; u++)
      this.#store(u, active, () => {
        reduction.result(u);
        if (this.#step.scale === 1) return;
        this.#code.raw(this.#v.number(this.#step.scale).bytes).raw(this.#v.opcode('mul'));
      });
  }

  /** Writes the active lanes of the u-th vector; `push` puts it on the stack. */
  #store(u: number, active: number, push: () => void): void {
    const cursor = this.#cursors.at(-1) as Cursor;
    const { bytes, lanes } = this.#v.format;
    const stride = this.#lane.reduced ? 0 : (cursor.walker.strides[this.#plan.laneLoop] as number);
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
