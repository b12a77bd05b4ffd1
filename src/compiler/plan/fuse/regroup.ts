/**
 * Brings steps together that are better run as one. Steps are looked at in their order, and each may
 * join an earlier one as long as no chain of dependencies leads from that one to it through a third:
 * then both can be run at the same place, and what lies between moves before or after them.
 */
import { type NestStep, readsOf, type Step, writesOf } from '../../../ir/plan.ts';

/** What becomes of two steps, if they fit: one step, and perhaps another that finishes the later one's work. */
export type Join = (
  earlier: Step,
  later: NestStep,
) => { readonly step: Step; readonly rest?: Step } | undefined;

/** Of the steps that touch the same buffers, this many are tried. */
const MOST_CANDIDATES = 8;

interface Group {
  step: Step;
  /** When its last member was met: where in the order it wants to be. */
  last: number;
  /** Groups that must run before it. */
  readonly after: Set<number>;
  /** All groups that must run before it, directly or not: one bit each, in words of 32. */
  readonly above: number[];
}

/** `first`: which of the steps that a step might join is tried first. */
export function regroup(steps: readonly Step[], join: Join, first: 'earliest' | 'latest'): Step[] {
  return new Regrouping(join, first).run(steps);
}

class Regrouping {
  readonly #groups: Group[] = [];
  readonly #writers = new Map<number, number[]>();
  readonly #readers = new Map<number, number[]>();
  readonly #join: Join;
  readonly #direction: 1 | -1;

  constructor(join: Join, first: 'earliest' | 'latest') {
    this.#join = join;
    this.#direction = first === 'earliest' ? 1 : -1;
  }

  run(steps: readonly Step[]): Step[] {
    for (const [i, step] of steps.entries()) this.#place(step, i);
    return this.#ordered();
  }

  #place(step: Step, i: number): void {
    const [reads, writes] = [readsOf(step), writesOf(step)];
    const after = this.#dependencies(reads, writes);
    for (const c of step.kind === 'nest' ? this.#candidates(reads) : []) {
      const candidate = this.#groups[c] as Group;
      if (candidate.step.kind !== 'nest' && candidate.step.kind !== 'fused') continue;
      if (this.#isAboveAny(c, after)) continue;
      const joined = this.#join(candidate.step, step as NestStep);
      if (!joined) continue;
      candidate.step = joined.step;
      candidate.last = i;
      if (this.#putBefore(c, after)) this.#passOn(c);
      this.#note(reads, writes, c);
      if (joined.rest) {
        // What the two halves hand over is new.
        this.#note(readsOf(joined.step), writesOf(joined.step), c);
        this.#place(joined.rest, i);
      }
      return;
    }
    const id = this.#groups.push({ step, last: i, after, above: [] }) - 1;
    this.#putBefore(id, after);
    this.#note(reads, writes, id);
  }

  /** Groups that write what the step reads, or touch what it writes. */
  #dependencies(reads: readonly number[], writes: readonly number[]): Set<number> {
    const after = new Set<number>();
    const add = (map: Map<number, number[]>, buffer: number) => {
      for (const g of map.get(buffer) ?? []) after.add(g);
    };
    for (const buffer of reads) add(this.#writers, buffer);
    for (const buffer of writes) {
      add(this.#writers, buffer);
      add(this.#readers, buffer);
    }
    return after;
  }

  #candidates(reads: readonly number[]): number[] {
    const near = new Set<number>();
    const add = (groups: readonly number[] = []) => {
      for (let i = Math.max(0, groups.length - MOST_CANDIDATES); i < groups.length; i++)
        near.add(groups[i] as number);
    };
    for (const buffer of reads) {
      add(this.#writers.get(buffer));
      add(this.#readers.get(buffer));
    }
    return [...near].sort((a, b) => this.#direction * (a - b)).slice(0, MOST_CANDIDATES);
  }

  #note(reads: readonly number[], writes: readonly number[], group: number): void {
    const add = (map: Map<number, number[]>, buffer: number) => {
      const list = map.get(buffer);
      if (!list) map.set(buffer, [group]);
      else if (!list.includes(group)) list.push(group);
    };
    for (const buffer of reads) add(this.#readers, buffer);
    for (const buffer of writes) add(this.#writers, buffer);
  }

  #isAbove(above: number, below: number): boolean {
    return has((this.#groups[below] as Group).above, above);
  }

  #isAboveAny(above: number, groups: ReadonlySet<number>): boolean {
    for (const g of groups) if (g !== above && this.#isAbove(above, g)) return true;
    return false;
  }

  /** Whether anything comes before it that did not before. */
  #putBefore(id: number, before: ReadonlySet<number>): boolean {
    const group = this.#groups[id] as Group;
    let isNew = false;
    for (const b of before) {
      if (b === id) continue;
      group.after.add(b);
      if (this.#isAbove(b, id)) continue;
      isNew = true;
      include(group.above, (this.#groups[b] as Group).above);
      add(group.above, b);
    }
    return isNew;
  }

  /** What comes before a group comes before all that follow it. */
  #passOn(id: number): void {
    const { above } = this.#groups[id] as Group;
    // A plain loop: this one is long.
    for (let g = 0; g < this.#groups.length; g++) {
      const other = (this.#groups[g] as Group).above;
      if (has(other, id)) include(other, above);
    }
  }

  /** Each group where its last member was, and after all that it needs. */
  #ordered(): Step[] {
    const done = new Set<number>();
    const steps: Step[] = [];
    const visit = (id: number): void => {
      if (done.has(id)) return;
      done.add(id);
      const { step, after } = this.#groups[id] as Group;
      for (const b of after) visit(b);
      steps.push(step);
    };
    const ids = [...this.#groups.keys()].sort(
      (a, b) => (this.#groups[a] as Group).last - (this.#groups[b] as Group).last || a - b,
    );
    for (const id of ids) visit(id);
    return steps;
  }
}

/** Sets of small numbers as bits: no longer than their largest member asks for. */
const has = (set: readonly number[], member: number): boolean =>
  ((set[member >> 5] ?? 0) & (1 << (member & 31))) !== 0;

function add(set: number[], member: number): void {
  const word = member >> 5;
  while (set.length <= word) set.push(0);
  set[word] = (set[word] as number) | (1 << (member & 31));
}

function include(target: number[], source: readonly number[]): void {
  while (target.length < source.length) target.push(0);
  for (let w = 0; w < source.length; w++) target[w] = (target[w] as number) | (source[w] as number);
}
