/** Reductions in registers: how they begin, take in vectors, and end as a result. */
import type { NestStep } from '../../../ir/plan.ts';
import type { Code } from './code.ts';
import type { Node, Scheduler } from './dag.ts';
import type { Lanes } from './lanes.ts';

interface Context {
  readonly code: Code;
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
  /** Takes in one announced vector for each accumulator, the first so many lanes of it. */
  take(values: readonly Node[], active: number): void;
  /** Around a block of a long sum. */
  beginBlock(): void;
  endBlock(): void;
  /** Puts the u-th result on the stack. */
  result(u: number): void;
}

export function reductionFor(kind: NestStep['reduce'], context: Context): Reduction | undefined {
  if (kind === 'none') return undefined;
  return kind === 'argmax' ? new Position(context) : new Fold(kind, context);
}

const folds = {
  sum: { opcode: 'add', initial: 0 },
  max: { opcode: 'max', initial: Number.NEGATIVE_INFINITY },
  min: { opcode: 'min', initial: Number.POSITIVE_INFINITY },
} as const;

/** Sum, max and min. */
class Fold implements Reduction {
  readonly #context: Context;
  readonly #opcode: readonly number[];
  readonly #initial: Node;
  readonly #totals: readonly number[];
  /** Accumulators of the running block; the totals themselves where no block is running. */
  #running: readonly number[];

  constructor(kind: keyof typeof folds, context: Context) {
    const { opcode, initial } = folds[kind];
    this.#context = context;
    this.#opcode = context.lanes.opcode(opcode);
    this.#initial = context.lanes.number(initial);
    this.#totals = Array.from({ length: context.count }, () => context.code.local('v128'));
    this.#running = this.#totals;
  }

  begin(): void {
    for (const total of this.#totals) this.#context.code.raw(this.#initial.bytes).set(total);
  }

  beginBlock(): void {
    const { code } = this.#context;
    this.#running = this.#totals.map(() => code.local('v128'));
    for (const local of this.#running) code.raw(this.#initial.bytes).set(local);
  }

  endBlock(): void {
    const { code } = this.#context;
    for (const [u, local] of this.#running.entries()) {
      const total = this.#totals[u] as number;
      code.get(total).get(local).raw(this.#opcode).set(total);
      code.release('v128', local);
    }
    this.#running = this.#totals;
  }

  take(values: readonly Node[], active: number): void {
    const { code, scheduler, lanes, acrossLanes } = this.#context;
    for (const [u, value] of values.entries()) {
      const local = this.#running[u] as number;
      code.get(local);
      scheduler.push(value);
      // Lanes without a term take the value that changes nothing.
      if (acrossLanes && active < lanes.format.lanes)
        code.raw(this.#initial.bytes).raw(lanes.firstLanes(active).bytes).raw([0xfd, 0x52]);
      code.raw(this.#opcode).set(local);
    }
  }

  result(u: number): void {
    const { code, lanes, acrossLanes } = this.#context;
    if (!acrossLanes) {
      code.get(this.#totals[u] as number);
      return;
    }
    this.#pushCombined(0, this.#totals.length);
    const local = code.local('v128');
    // Halves onto each other until one lane holds all.
    for (let width = 8; width >= lanes.format.bytes; width /= 2) {
      const upper = Array.from({ length: 16 }, (_, i) => (i + width) % 16);
      code
        .tee(local)
        .get(local)
        .get(local)
        .raw([0xfd, 0x0d, ...upper])
        .raw(this.#opcode);
    }
    code.release('v128', local);
  }

  /** Accumulators `from` to `to` in pairs. */
  #pushCombined(from: number, to: number): void {
    const { code } = this.#context;
    if (to - from === 1) {
      code.get(this.#totals[from] as number);
      return;
    }
    const middle = (from + to) >> 1;
    this.#pushCombined(from, middle);
    this.#pushCombined(middle, to);
    code.raw(this.#opcode);
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
    const locals = () => Array.from({ length: context.count }, () => context.code.local('v128'));
    [this.#best, this.#winner, this.#now] = [locals(), locals(), context.code.local('v128')];
  }

  begin(): void {
    const { code, lanes } = this.#context;
    for (const best of this.#best) code.raw(lanes.number(Number.NEGATIVE_INFINITY).bytes).set(best);
    for (const local of [...this.#winner, this.#now]) code.raw(lanes.number(0).bytes).set(local);
  }

  take(values: readonly Node[]): void {
    const { code, scheduler, lanes } = this.#context;
    const [value, better] = [code.local('v128'), code.local('v128')];
    for (const [u, node] of values.entries()) {
      const [best, winner] = [this.#best[u] as number, this.#winner[u] as number];
      scheduler.push(node);
      code.set(value);
      // better = best < value, or value is NaN and best is not
      code.get(best).get(value).raw(lanes.opcode('lt'));
      code.get(value).get(value).raw(lanes.opcode('ne')).get(best).get(best).raw(lanes.opcode('eq'));
      code.raw([0xfd, 0x4e, 0xfd, 0x50]).set(better);
      code.get(value).get(best).get(better).raw([0xfd, 0x52]).set(best);
      code.get(this.#now).get(winner).get(better).raw([0xfd, 0x52]).set(winner);
    }
    code.get(this.#now).raw(lanes.number(1).bytes).raw(lanes.opcode('add')).set(this.#now);
    code.release('v128', value);
    code.release('v128', better);
  }

  /** Positions are not added up, so there are no blocks. */
  beginBlock(): void {}
  endBlock(): void {}

  result(u: number): void {
    this.#context.code.get(this.#winner[u] as number);
  }
}
