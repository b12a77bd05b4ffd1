/**
 * Exact re-optimisation of small sub-trees (cotengra's sub-tree reconfiguration): around every pair, the
 * tree is cut at a few nodes below, and the best tree over those replaces what is there. A fixed point of
 * it has no better neighbour within so many leaves.
 */
import { operationsOnly } from './cost-model.ts';
import type { Effort } from './effort.ts';
import { type LiveTree, pairCost } from './live-tree.ts';
import type { Problem } from './problem.ts';
import { createSubsetSolver } from './subsets.ts';

/**
 * Passes over all pairs, children first, until one changes nothing or the effort is over. What was tried
 * before in the same call is not tried again.
 */
export type Polisher = (live: LiveTree, effort: Effort) => void;

/** Work of one sub-tree in the unit of Effort: its splits, and about as much again for setting them up. */
const polishWork = (leaves: number): number => 3 ** leaves / 4 + 1000;

export function createPolisher(problem: Problem, leaves: number, model = operationsOnly): Polisher {
  const { n, words } = problem;
  const solver = createSubsetSolver(problem, leaves, model);
  const cut: number[] = [];
  const inner: number[] = [];
  const at = new Int32Array(leaves);

  /** Opens the dearest pair on the cut until it has `leaves` nodes; gives the cost of what was opened. */
  function open(live: LiveTree, root: number): number {
    cut.length = 0;
    inner.length = 0;
    cut.push(root);
    let total = 0;
    while (cut.length < leaves) {
      let dearest = -1;
      let most = -1;
      for (let i = 0; i < cut.length; i++) {
        const v = cut[i] as number;
        if (v >= n && (live.cost[v] as number) > most) {
          most = live.cost[v] as number;
          dearest = i;
        }
      }
      if (dearest < 0) break;
      const v = cut[dearest] as number;
      total += most;
      inner.push(v);
      cut[dearest] = live.left[v] as number;
      cut.push(live.right[v] as number);
    }
    return total;
  }

  /** Writes the solver's tree over the opened pairs; their numbers are used again, the root keeps its own. */
  function replace(live: LiveTree, root: number): void {
    const { left, right, cost, sets } = live;
    let free = 1;
    const build = (mask: number, node: number): number => {
      if ((mask & (mask - 1)) === 0) return cut[31 - Math.clz32(mask)] as number;
      const a = solver.split(mask);
      const l = (a & (a - 1)) === 0 ? build(a, -1) : build(a, inner[free++] as number);
      const b = mask ^ a;
      const r = (b & (b - 1)) === 0 ? build(b, -1) : build(b, inner[free++] as number);
      left[node] = l;
      right[node] = r;
      if (node !== root) {
        for (let w = 0; w < words; w++) {
          let outside = sets[root * words + w] as number;
          for (let k = 0; k < cut.length; k++) {
            if (((mask >>> k) & 1) === 0) outside |= sets[(cut[k] as number) * words + w] as number;
          }
          const union = (sets[l * words + w] as number) | (sets[r * words + w] as number);
          sets[node * words + w] = union & outside;
        }
      }
      cost[node] = pairCost(live, node);
      return node;
    };
    build((1 << cut.length) - 1, root);
  }

  /** A hash of what the solver would be asked: legs that differ collide once in 2³² times. */
  function signature(live: LiveTree, root: number): number {
    let hash = cut.length;
    const mix = (at: number) => {
      for (let w = 0; w < words; w++) {
        hash = Math.imul(hash ^ (live.sets[at + w] as number), 0x9e3779b1);
        hash ^= hash >>> 15;
      }
    };
    for (let k = 0; k < cut.length; k++) mix(at[k] as number);
    mix(root * words);
    return hash;
  }

  function pass(live: LiveTree, tried: Set<number>, effort: Effort): boolean {
    let better = false;
    for (const root of childrenFirst(live)) {
      if (effort.over()) return false;
      const total = open(live, root);
      if (cut.length < 3) continue;
      for (let k = 0; k < cut.length; k++) at[k] = (cut[k] as number) * words;
      const asked = signature(live, root);
      if (tried.has(asked)) continue;
      // In units of what the sub-tree costs now, and only for a saving that is no rounding error.
      const scale = Math.log2(total) + live.scale;
      const found = solver.solve(live.sets, at, cut.length, live.sets, root * words, scale, 1 - 1e-9);
      effort.did(polishWork(cut.length));
      tried.add(asked);
      if (found < 1) {
        replace(live, root);
        better = true;
      }
    }
    return better;
  }

  return (live, effort) => {
    const tried = new Set<number>();
    while (pass(live, tried, effort));
  };
}

function childrenFirst(live: LiveTree): number[] {
  const { n } = live.problem;
  const order: number[] = [];
  const stack = [2 * n - 2];
  while (stack.length > 0) {
    const v = stack.pop() as number;
    if (v < n) continue;
    order.push(v);
    stack.push(live.left[v] as number, live.right[v] as number);
  }
  return order.reverse();
}
