/**
 * Parts of a network that share no index are ordered on their own; their results are then multiplied,
 * smallest first, and scalars wherever that is cheapest.
 */
import { forEachBit, wordWeight } from '../bits.ts';
import { type Problem, problemOf } from '../problem.ts';
import { legsOf, type Tree } from '../tree.ts';

export interface Component {
  readonly problem: Problem;
  /** Tensor k of the part is tensor `members[k]` of the whole. */
  readonly members: readonly number[];
}

/** All tensors as one part. */
export const whole = (problem: Problem): readonly Component[] => [
  { problem, members: Array.from({ length: problem.n }, (_, k) => k) },
];

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
  if (groups.size === 1) return whole(problem);
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
  const pair = (a: number, b: number): number => {
    left.push(a);
    right.push(b);
    return n + left.length - 1;
  };
  const scalars = components.flatMap((_, c) => (weightOfResult(components, c) === 0 ? [c] : []));
  const tensors = components.flatMap((_, c) => (weightOfResult(components, c) > 0 ? [c] : []));

  /** Copies the tree of a part; `factor`, if any, is multiplied into its node `host` on the way. */
  function copy(c: number, host = -1, factor = -1): number {
    const { members } = components[c] as Component;
    const tree = trees[c] as Tree;
    const nodes: number[] = [];
    const add = (node: number) => nodes.push(nodes.length === host ? pair(node, factor) : node);
    for (const k of members) add(k);
    tree.left.forEach((l, i) => {
      add(pair(nodes[l] as number, nodes[tree.right[i] as number] as number));
    });
    return nodes[nodes.length - 1] as number;
  }

  const factor = scalars.map((c) => copy(c)).reduce((a, b) => (a < 0 ? b : pair(a, b)), -1);
  if (tensors.length === 0) return { n, left: Int32Array.from(left), right: Int32Array.from(right) };
  // A scalar goes where multiplying by it is cheapest: into the smallest tensor there ever is.
  const hosts = tensors.map((c) => ({
    c,
    ...smallestNode((components[c] as Component).problem, trees[c] as Tree),
  }));
  const host = hosts.reduce((a, b) => (b.weight < a.weight ? b : a));
  const results = tensors.map((c) => ({
    weight: weightOfResult(components, c),
    node: factor >= 0 && c === host.c ? copy(c, host.node, factor) : copy(c),
  }));
  // Largest first, so that the two smallest are at the end; a product is as heavy as its factors together.
  results.sort((p, q) => q.weight - p.weight);
  while (results.length > 1) {
    const a = results.pop() as (typeof results)[number];
    const b = results.pop() as (typeof results)[number];
    const made = { weight: a.weight + b.weight, node: pair(a.node, b.node) };
    const at = results.findIndex((r) => r.weight < made.weight);
    results.splice(at < 0 ? results.length : at, 0, made);
  }
  return { n, left: Int32Array.from(left), right: Int32Array.from(right) };
}

const setWeight = ({ words, table }: Problem, sets: Int32Array, at: number): number => {
  let weight = 0;
  for (let w = 0; w < words; w++) weight += wordWeight(table, w, sets[at + w] as number);
  return weight;
};

function weightOfResult(components: readonly Component[], c: number): number {
  const { problem } = components[c] as Component;
  return setWeight(problem, problem.open, 0);
}

function smallestNode(problem: Problem, tree: Tree): { node: number; weight: number } {
  const sets = legsOf(problem, tree);
  const found = { node: 0, weight: Number.POSITIVE_INFINITY };
  for (let v = 0; v < 2 * problem.n - 1; v++) {
    const weight = setWeight(problem, sets, v * problem.words);
    if (weight < found.weight) Object.assign(found, { node: v, weight });
  }
  return found;
}
