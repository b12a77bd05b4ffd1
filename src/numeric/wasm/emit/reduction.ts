/** Reductions in registers: how they begin, take in vectors, and end as a result. */
import type { NestResult } from '../../../ir/plan.ts';
import type { CodeBuilder } from './code.ts';
import type { Node, Scheduler } from './dag.ts';
import type { Lanes } from './lanes.ts';

interface Context {
  readonly code: CodeBuilder;
  readonly scheduler: Scheduler;
  readonly lanes: Lanes;
  /** The lanes of a vector are terms of one result, not results of their own. */
  readonly acrossLanes: boolean;
  /** How many accumulators run side by side. */
  readonly count: number;
}

export interface Reduction {
  /** Before the first term of each result. */
  begin(): void;
  /** Takes an announced vector, the first so many lanes of it, into the u-th accumulator. */
  take(u: number, value: Node, active: number): void;
  /** After all accumulators have taken theirs. */
  advance(): void;
  /** Around a block of a long sum. */
  beginBlock(): void;
  endBlock(): void;
  /** Puts the u-th result on the stack. */
  result(u: number): void;
  /** Gives its registers back. */
  release(): void;
}

export function reductionFor(kind: Exclude<NestResult['reduce'], 'none'>, context: Context): Reduction {
  if (kind === 'argmax') return new Position(context);
  return kind === 'sum' ? new Sum(context) : new Extremum(kind, context);
}

const locals = ({ code, count }: Context): number[] =>
  Array.from({ length: count }, () => code.local('v128'));

/** Accumulators `from` to `to` in pairs, onto the stack. */
function combine(
  code: CodeBuilder,
  totals: readonly number[],
  opcode: readonly number[],
  from = 0,
  to = totals.length,
) {
  if (to - from === 1) {
    code.get(totals[from] as number);
    return;
  }
  const middle = (from + to) >> 1;
  combine(code, totals, opcode, from, middle);
  combine(code, totals, opcode, middle, to);
  code.raw(opcode);
}

/** Halves of the vector on the stack onto each other, until every lane holds all. */
function acrossLanes({ code, lanes }: Context, opcode: readonly number[]): void {
  const local = code.local('v128');
  for (let width = 8; width >= lanes.format.bytes; width /= 2) {
    const upper = Array.from({ length: 16 }, (_, i) => (i + width) % 16);
    code
      .tee(local)
      .get(local)
      .get(local)
      .raw([0xfd, 0x0d, ...upper])
      .raw(opcode);
  }
  code.release('v128', local);
}

/** Pushes the value; lanes without a term take what changes nothing. */
function pushTerm(
  { code, scheduler, lanes, acrossLanes }: Context,
  value: Node,
  active: number,
  neutral: Node,
) {
  scheduler.push(value);
  if (acrossLanes && active < lanes.format.lanes)
    code.raw(neutral.bytes).raw(lanes.firstLanes(active).bytes).raw([0xfd, 0x52]);
}

class Sum implements Reduction {
  readonly #context: Context;
  readonly #add: readonly number[];
  readonly #zero: Node;
  readonly #totals: readonly number[];
  /** Accumulators of the running block; the totals themselves where no block is running. */
  #running: readonly number[];

  constructor(context: Context) {
    this.#context = context;
    this.#add = context.lanes.opcode('add');
    this.#zero = context.lanes.number(0);
    this.#totals = locals(context);
    this.#running = this.#totals;
  }

  begin(): void {
    for (const total of this.#totals) this.#context.code.raw(this.#zero.bytes).set(total);
  }

  beginBlock(): void {
    this.#running = locals(this.#context);
    for (const local of this.#running) this.#context.code.raw(this.#zero.bytes).set(local);
  }

  endBlock(): void {
    const { code } = this.#context;
    for (const [u, local] of this.#running.entries()) {
      const total = this.#totals[u] as number;
      code.get(total).get(local).raw(this.#add).set(total);
      code.release('v128', local);
    }
    this.#running = this.#totals;
  }

  take(u: number, value: Node, active: number): void {
    const local = this.#running[u] as number;
    this.#context.code.get(local);
    pushTerm(this.#context, value, active, this.#zero);
    this.#context.code.raw(this.#add).set(local);
  }

  advance(): void {}

  result(u: number): void {
    const { code } = this.#context;
    if (!this.#context.acrossLanes) {
      code.get(this.#totals[u] as number);
      return;
    }
    combine(code, this.#totals, this.#add);
    acrossLanes(this.#context, this.#add);
  }

  release(): void {
    for (const local of this.#totals) this.#context.code.release('v128', local);
  }
}

/**
 * max and min. The instruction that lets a NaN through is slow on most machines, so the fast one that
 * loses some does the work, and where a NaN has been seen is kept beside it.
 */
class Extremum implements Reduction {
  readonly #context: Context;
  readonly #choose: readonly number[];
  readonly #initial: Node;
  readonly #totals: readonly number[];
  readonly #seen: readonly number[];

  constructor(kind: 'max' | 'min', context: Context) {
    this.#context = context;
    this.#choose = context.lanes.opcode(kind === 'max' ? 'pmax' : 'pmin');
    this.#initial = context.lanes.number(
      kind === 'max' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
    );
    [this.#totals, this.#seen] = [locals(context), locals(context)];
  }

  begin(): void {
    const { code, lanes } = this.#context;
    for (const total of this.#totals) code.raw(this.#initial.bytes).set(total);
    for (const seen of this.#seen) code.raw(lanes.number(0).bytes).set(seen);
  }

  take(u: number, value: Node, active: number): void {
    const { code, lanes } = this.#context;
    const [total, seen] = [this.#totals[u] as number, this.#seen[u] as number];
    const term = code.local('v128');
    pushTerm(this.#context, value, active, this.#initial);
    code.set(term);
    code.get(total).get(term).raw(this.#choose).set(total);
    code.get(seen).get(term).get(term).raw(lanes.opcode('ne')).raw([0xfd, 0x50]).set(seen);
    code.release('v128', term);
  }

  advance(): void {}
  /** Nothing is rounded, so there are no blocks. */
  beginBlock(): void {}
  endBlock(): void {}

  result(u: number): void {
    const { code } = this.#context;
    const or = [0xfd, 0x50];
    // All bits set are a NaN.
    if (!this.#context.acrossLanes) {
      code
        .get(this.#totals[u] as number)
        .get(this.#seen[u] as number)
        .raw(or);
      return;
    }
    combine(code, this.#totals, this.#choose);
    acrossLanes(this.#context, this.#choose);
    combine(code, this.#seen, or);
    acrossLanes(this.#context, or);
    code.raw(or);
  }

  release(): void {
    for (const local of [...this.#totals, ...this.#seen]) this.#context.code.release('v128', local);
  }
}

/** argmax: the position of the first largest value; the first NaN is larger than all. */
class Position implements Reduction {
  readonly #context: Context;
  readonly #best: readonly number[];
  readonly #winner: readonly number[];
  /** The running position, as a number in every lane. */
  readonly #now: number;

  constructor(context: Context) {
    this.#context = context;
    [this.#best, this.#winner, this.#now] = [locals(context), locals(context), context.code.local('v128')];
  }

  begin(): void {
    const { code, lanes } = this.#context;
    for (const best of this.#best) code.raw(lanes.number(Number.NEGATIVE_INFINITY).bytes).set(best);
    for (const local of [...this.#winner, this.#now]) code.raw(lanes.number(0).bytes).set(local);
  }

  take(u: number, node: Node): void {
    const { code, scheduler, lanes } = this.#context;
    const [value, better] = [code.local('v128'), code.local('v128')];
    const [best, winner] = [this.#best[u] as number, this.#winner[u] as number];
    scheduler.push(node);
    code.set(value);
    // better = best < value, or value is NaN and best is not
    code.get(best).get(value).raw(lanes.opcode('lt'));
    code.get(value).get(value).raw(lanes.opcode('ne')).get(best).get(best).raw(lanes.opcode('eq'));
    code.raw([0xfd, 0x4e, 0xfd, 0x50]).set(better);
    code.get(value).get(best).get(better).raw([0xfd, 0x52]).set(best);
    code.get(this.#now).get(winner).get(better).raw([0xfd, 0x52]).set(winner);
    code.release('v128', value);
    code.release('v128', better);
  }

  advance(): void {
    const { code, lanes } = this.#context;
    code.get(this.#now).raw(lanes.number(1).bytes).raw(lanes.opcode('add')).set(this.#now);
  }

  /** Positions are not added up, so there are no blocks. */
  beginBlock(): void {}
  endBlock(): void {}

  result(u: number): void {
    this.#context.code.get(this.#winner[u] as number);
  }

  release(): void {
    for (const local of [...this.#best, ...this.#winner, this.#now])
      this.#context.code.release('v128', local);
  }
}
