/**
 * Steps that nearly every good path contains, taken first so that the search sees a smaller network:
 * a tensor whose indices another one has too is multiplied into it, and one is absorbed where the result
 * is no larger than the larger operand and the step costs little more than reading it. This is a heuristic:
 * local refinement of the spliced tree can undo a step.
 */
import { forEachBit } from '../bits.ts';
import { type Problem, problemOf } from '../problem.ts';
import type { Tree } from '../tree.ts';
import { createHeap } from './heap.ts';

export interface NetworkReduction {
  readonly problem: Problem;
  /** The tree over the original tensors that a tree over the reduced network stands for. */
  splice(tree: Tree): Tree;
}

/** Rounding errors of sums of logarithms must not look like growth. */
const slack = 1e-9;

export function reduceNetwork(problem: Problem): NetworkReduction {
  const { n, m, words, weights } = problem;
  const legs: number[][] = [];
  const weight: number[] = [];
  const gone: boolean[] = [];
  const count = new Int32Array(m);
  const holders: number[][] = Array.from({ length: m }, () => []);
  const pairs: [number, number][] = [];
  const queue = createHeap();
  const weigh = (indices: readonly number[]) => indices.reduce((sum, i) => sum + (weights[i] as number), 0);
  const smallest = m === 0 ? 0 : Math.min(...weights);

  function add(indices: number[]): void {
    const k = legs.push(indices) - 1;
    weight.push(weigh(indices));
    gone.push(false);
    for (const i of indices) {
      (count[i] as number)++;
      holders[i]?.push(k);
    }
    queue.push(weight[k] as number, k, 0);
  }

  forEachBit(problem.open, 0, words, (i) => (count[i] as number)++);
  for (let k = 0; k < n; k++) {
    const own: number[] = [];
    forEachBit(problem.legs, k * words, words, (i) => own.push(i));
    add(own);
  }

  /** The cheapest partner that tensor a may be merged with now, and what is left of the two. */
  function partner(a: number): { b: number; kept: number[] } | undefined {
    const own = new Set(legs[a]);
    let best: { b: number; kept: number[] } | undefined;
    let least = Number.POSITIVE_INFINITY;
    const seen = new Set([a]);
    for (const i of own) {
      holders[i] = (holders[i] as number[]).filter((t) => !gone[t]);
      for (const b of holders[i] as number[]) {
        if (seen.has(b)) continue;
        seen.add(b);
        const union = [...(legs[b] as number[])];
        const shared = new Set(union);
        for (const j of own) if (!shared.has(j)) union.push(j);
        const cost = weigh(union);
        const larger = Math.max(weight[a] as number, weight[b] as number);
        if (cost >= least || cost > larger + 2 * smallest + slack) continue;
        const kept = union.filter((j) => (count[j] as number) > (own.has(j) && shared.has(j) ? 2 : 1));
        if (weigh(kept) > larger + slack) continue;
        least = cost;
        best = { b, kept };
      }
    }
    return best;
  }

  while (queue.size() > 0) {
    const [a] = queue.pop();
    if (gone[a]) continue;
    const found = partner(a);
    if (!found) continue;
    for (const t of [a, found.b]) {
      gone[t] = true;
      for (const i of legs[t] as number[]) (count[i] as number)--;
    }
    pairs.push([a, found.b]);
    add(found.kept);
  }

  const leaves = legs.map((_, k) => k).filter((k) => !gone[k]);
  const output: number[] = [];
  forEachBit(problem.open, 0, words, (i) => output.push(i));
  const reduced = problemOf({ inputs: leaves.map((k) => legs[k] as number[]), output, sizes: problem.sizes });
  return { problem: reduced, splice: (tree) => spliced(n, pairs, leaves, tree) };
}

function spliced(n: number, pairs: readonly [number, number][], leaves: readonly number[], tree: Tree): Tree {
  const node = (v: number) =>
    v < leaves.length ? (leaves[v] as number) : n + pairs.length + v - leaves.length;
  return {
    n,
    left: Int32Array.from([...pairs.map((p) => p[0]), ...Array.from(tree.left, node)]),
    right: Int32Array.from([...pairs.map((p) => p[1]), ...Array.from(tree.right, node)]),
  };
}
