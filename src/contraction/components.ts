/**
 * Parts of a network that share no index are ordered on their own; their results are then multiplied,
 * smallest first.
 */
import { forEachBit } from './bits.ts';
import { type Problem, problemOf } from './problem.ts';
import type { Tree } from './tree.ts';

export interface Component {
  readonly problem: Problem;
  /** Tensor k of the part is tensor `members[k]` of the whole. */
  readonly members: readonly number[];
}

/** The connected parts, in the order of their first tensors. Tensors without indices are parts of their own. */
export function componentsOf(problem: Problem): readonly Component[] {
  const { n, words, legs, open } = problem;
  const parent = Int32Array.from({ length: n }, (_, k) => k);
  const find = (k: number): number => {
    let root = k;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root] as number] as number;
      root = parent[root] as number;
    }
    return root;
  };
  const owner = new Map<number, number>();
  for (let k = 0; k < n; k++) {
    forEachBit(legs, k * words, words, (i) => {
      const first = owner.get(i);
      if (first === undefined) owner.set(i, k);
      else parent[find(k)] = find(first);
    });
  }
  const groups = new Map<number, number[]>();
  for (let k = 0; k < n; k++) {
    const root = find(k);
    const group = groups.get(root);
    if (group) group.push(k);
    else groups.set(root, [k]);
  }
  if (groups.size === 1) return [{ problem, members: Array.from({ length: n }, (_, k) => k) }];
  const list = (sets: Int32Array, at: number) => {
    const indices: number[] = [];
    forEachBit(sets, at, words, (i) => indices.push(i));
    return indices;
  };
  const wanted = list(open, 0);
  return [...groups.values()].map((members) => {
    const inputs = members.map((k) => list(legs, k * words));
    const inside = new Set(inputs.flat());
    const output = wanted.filter((i) => inside.has(i));
    return { problem: problemOf({ inputs, output, sizes: problem.sizes }), members };
  });
}

/** The tree of the whole from one tree per part. */
export function joinComponents(n: number, components: readonly Component[], trees: readonly Tree[]): Tree {
  const left: number[] = [];
  const right: number[] = [];
  const results = components.map(({ problem, members }, c) => {
    const tree = trees[c] as Tree;
    const shift = n + left.length - members.length;
    const node = (v: number) => (v < members.length ? (members[v] as number) : v + shift);
    left.push(...Array.from(tree.left, node));
    right.push(...Array.from(tree.right, node));
    let weight = 0;
    forEachBit(problem.open, 0, problem.words, (i) => {
      weight += problem.weights[i] as number;
    });
    return { weight, node: node(2 * members.length - 2) };
  });
  // Largest first, so that the two smallest are at the end; a product is as heavy as its factors together.
  results.sort((p, q) => q.weight - p.weight);
  while (results.length > 1) {
    const a = results.pop() as (typeof results)[number];
    const b = results.pop() as (typeof results)[number];
    const made = { weight: a.weight + b.weight, node: n + left.length };
    left.push(a.node);
    right.push(b.node);
    const at = results.findIndex((r) => r.weight < made.weight);
    results.splice(at < 0 ? results.length : at, 0, made);
  }
  return { n, left: Int32Array.from(left), right: Int32Array.from(right) };
}
