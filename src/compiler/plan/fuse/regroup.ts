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
  /** Groups that must run before it, and those that must run after it. */
  readonly after: number[];
  readonly before: number[];
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
    return this.#ordered(steps.length);
  }

  #place(step: Step, i: number): void {
    const reads = readsOf(step);
    const writes = writesOf(step);
    const after = this.#dependencies(reads, writes);
    for (const c of step.kind === 'nest' ? this.#candidates(reads) : []) {
      const candidate = this.#group(c);
      const { kind } = candidate.step;
      if (kind !== 'nest' && kind !== 'fused' && kind !== 'gemm') continue;
      if (after.some((g) => has(this.#group(g).above, c))) continue;
      const joined = this.#join(candidate.step, step as NestStep);
      if (!joined) continue;
      candidate.step = joined.step;
      candidate.last = i;
      this.#putBefore(c, after);
      this.#note(reads, writes, c);
      if (joined.rest) {
        // What the two halves hand over is new.
        this.#note(readsOf(joined.step), writesOf(joined.step), c);
        this.#place(joined.rest, i);
      }
      return;
    }
    const id = this.#groups.push({ step, last: i, after: [], before: [], above: [] }) - 1;
    this.#putBefore(id, after);
    this.#note(reads, writes, id);
  }

  #group(id: number): Group {
    return this.#groups[id] as Group;
  }

  /** Groups that write what the step reads, or touch what it writes. */
  #dependencies(reads: readonly number[], writes: readonly number[]): number[] {
    const after: number[] = [];
    for (const buffer of reads) union(after, this.#writers.get(buffer));
    for (const buffer of writes) {
      union(after, this.#writers.get(buffer));
      union(after, this.#readers.get(buffer));
    }
    return after;
  }

  #candidates(reads: readonly number[]): number[] {
    const near: number[] = [];
    for (const buffer of reads) {
      union(near, this.#writers.get(buffer)?.slice(-MOST_CANDIDATES));
      union(near, this.#readers.get(buffer)?.slice(-MOST_CANDIDATES));
    }
    return near.sort((a, b) => this.#direction * (a - b)).slice(0, MOST_CANDIDATES);
  }

  #note(reads: readonly number[], writes: readonly number[], group: number): void {
    for (const buffer of reads) note(this.#readers, buffer, group);
    for (const buffer of writes) note(this.#writers, buffer, group);
  }

  /** What comes before a group comes before all that follow it. */
  #putBefore(id: number, earlier: readonly number[]): void {
    const group = this.#group(id);
    let isNew = false;
    for (const e of earlier) {
      if (e === id) continue;
      const { above, before } = this.#group(e);
      group.after.push(e);
      before.push(id);
      if (has(group.above, e)) continue;
      include(group.above, above);
      add(group.above, e);
      isNew = true;
    }
    const changed = isNew ? [group] : [];
    for (let next = changed.pop(); next; next = changed.pop())
      for (const b of next.before) {
        const follower = this.#group(b);
        if (include(follower.above, next.above)) changed.push(follower);
      }
  }

  /** Each group where its last member was, and after all that it needs. */
  #ordered(length: number): Step[] {
    const ending: number[][] = Array.from({ length }, () => []);
    for (const [id, { last }] of this.#groups.entries()) ending[last]?.push(id);
    const done = new Set<number>();
    const steps: Step[] = [];
    const visit = (id: number): void => {
      if (done.has(id)) return;
      done.add(id);
      const { step, after } = this.#group(id);
      after.forEach(visit);
      steps.push(step);
    };
    ending.flat().forEach(visit);
    return steps;
  }
}

/** Lists as sets: they are short. */
function union(target: number[], source: readonly number[] = []): void {
  for (const member of source) if (!target.includes(member)) target.push(member);
}

function note(groups: Map<number, number[]>, buffer: number, group: number): void {
  const list = groups.get(buffer);
  if (!list) groups.set(buffer, [group]);
  else if (!list.includes(group)) list.push(group);
}

/** Sets of small numbers as bits: no longer than their largest member asks for. */
const has = (set: readonly number[], member: number): boolean =>
  ((set[member >> 5] ?? 0) & (1 << (member & 31))) !== 0;

function add(set: number[], member: number): void {
  const word = member >> 5;
  while (set.length <= word) set.push(0);
  set[word] = (set[word] as number) | (1 << (member & 31));
}

/** Whether the target did not have them all. */
function include(target: number[], source: readonly number[]): boolean {
  let grows = target.length < source.length;
  while (target.length < source.length) target.push(0);
  for (let w = 0; w < source.length; w++) {
    const both = (target[w] as number) | (source[w] as number);
    if (both === target[w]) continue;
    target[w] = both;
    grows = true;
  }
  return grows;
}
