/**
 * Trees by nested dissection (George 1973; for tensor networks Gray and Kourtis 2021): the network is cut
 * in two where the fewest elements cross, and so is each half again. Cuts are grown from a tensor at the
 * rim and refined by moving one tensor at a time (Fiduccia and Mattheyses 1982).
 */
import { forEachBit } from '../bits.ts';
import type { Problem } from '../problem.ts';
import type { Tree } from '../tree.ts';
import type { Random } from './xoshiro.ts';

/** Each side of a cut keeps at least this part of the tensors. */
const leastShare = 1 / 3;

/** Passes of refinement a cut gets at most; and moves in a row without gain that end one. */
const mostPasses = 4;
const patience = 32;

/** Gains below this are none. */
const rounding = 1e-9;

/** Words looked at, about: a pass scans all tensors of a part for each move. */
export const dissectionWork = ({ n }: Problem): number => 8 * n * n;

export function dissectionTree(problem: Problem, random: Random): Tree {
  const { n } = problem;
  const bisect = createBisection(problem, random);
  const left: number[] = [];
  const right: number[] = [];

  /** Makes the pairs of a part, and gives the last. */
  function build(part: readonly number[]): number {
    if (part.length === 1) return part[0] as number;
    const [l, r] = bisect(part).map(build) as [number, number];
    left.push(l);
    right.push(r);
    return n + left.length - 1;
  }

  if (n > 1) build(Array.from({ length: n }, (_, k) => k));
  return { n, left: Int32Array.from(left), right: Int32Array.from(right) };
}

type Halves = [number[], number[]];

function createBisection({ n, m, words, legs, weights }: Problem, random: Random) {
  const indices: number[][] = Array.from({ length: n }, () => []);
  const holders: number[][] = Array.from({ length: m }, () => []);
  for (let k = 0; k < n; k++)
    forEachBit(legs, k * words, words, (i) => {
      indices[k]?.push(i);
      holders[i]?.push(k);
    });

  /** Of tensors: which side each is on; elsewhere the tensor is not in the part. */
  const side = new Int8Array(n);
  const elsewhere = -1;
  /** How many tensors of the part carry an index, on either side. */
  const on = [new Int32Array(m), new Int32Array(m)] as const;
  const gains = new Float64Array(n);

  const around = (k: number) =>
    (indices[k] as number[]).flatMap((i) => holders[i] as number[]).filter((t) => side[t] !== elsewhere);

  function put(k: number, to: 0 | 1): void {
    side[k] = to;
    for (const i of indices[k] as number[]) (on[to][i] as number)++;
  }

  function take(k: number): 0 | 1 {
    const from = side[k] as 0 | 1;
    side[k] = elsewhere;
    for (const i of indices[k] as number[]) (on[from][i] as number)--;
    return from;
  }

  const move = (k: number) => put(k, take(k) === 0 ? 1 : 0);

  /** How much lighter the cut is when a tensor changes sides. */
  function gain(k: number): number {
    const [own, other] = side[k] === 0 ? on : ([on[1], on[0]] as const);
    let sum = 0;
    for (const i of indices[k] as number[]) {
      if (own[i] === 1 && (other[i] as number) > 0) sum += weights[i] as number;
      if ((own[i] as number) > 1 && other[i] === 0) sum -= weights[i] as number;
    }
    return sum;
  }

  /** Moves each tensor at most once, the best first though it lose; keeps the moves up to the best cut met. */
  function refine(part: readonly number[]): boolean {
    const fewest = Math.max(1, Math.floor(leastShare * part.length));
    const count: [number, number] = [0, 0];
    for (const k of part) {
      count[side[k] as 0 | 1]++;
      gains[k] = gain(k);
    }
    const free = new Set(part);
    const moved: number[] = [];
    let [sum, best, kept] = [0, rounding, 0];
    while (moved.length < kept + patience) {
      let next: number | undefined;
      for (const k of free) {
        if (count[side[k] as 0 | 1] <= fewest) continue;
        if (next === undefined || (gains[k] as number) > (gains[next] as number)) next = k;
      }
      if (next === undefined) break;
      free.delete(next);
      moved.push(next);
      sum += gains[next] as number;
      count[side[next] as 0 | 1]--;
      move(next);
      count[side[next] as 0 | 1]++;
      for (const t of around(next)) gains[t] = gain(t);
      if (sum > best) [best, kept] = [sum, moved.length];
    }
    moved.slice(kept).forEach(move);
    return kept > 0;
  }

  return (part: readonly number[]): Halves => {
    for (const k of part) side[k] = 0;
    const rim = breadthFirst(part, part[Math.floor(random() * part.length)] as number, around).at(
      -1,
    ) as number;
    breadthFirst(part, rim, around).forEach((k, at) => {
      put(k, at < part.length >> 1 ? 0 : 1);
    });
    for (let pass = 0; pass < mostPasses && refine(part); pass++);
    const halves: Halves = [[], []];
    for (const k of part) halves[take(k)].push(k);
    return halves;
  };
}

/** The tensors of a part in breadth-first order from one of them; those that are not connected with it last. */
function breadthFirst(
  part: readonly number[],
  from: number,
  neighbours: (k: number) => readonly number[],
): readonly number[] {
  const order: number[] = [];
  const seen = new Set<number>();
  const visit = (k: number) => {
    if (!seen.has(k)) order.push(k);
    seen.add(k);
  };
  let done = 0;
  for (const start of [from, ...part]) {
    visit(start);
    for (; done < order.length; done++) for (const k of neighbours(order[done] as number)) visit(k);
  }
  return order;
}
