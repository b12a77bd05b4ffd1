/**
 * Order and loops among the nodes that some nodes reach: R. E. Tarjan, "Depth-first search and linear
 * graph algorithms", SIAM J. Comput. 1 (1972), without recursion, since graphs may be long.
 */
import type { PathText } from '../../base/path.ts';
import type { FlatGraph } from '../elaborate/flat.ts';

export interface Ordered<N> {
  /** Every node reached; each stands after all that it reads. Members of a loop stand together. */
  readonly order: readonly N[];
  /** Sets of nodes that reach one another. */
  readonly loops: readonly (readonly N[])[];
}

/** A node on the way down, and how far its readers have been followed. */
interface Visit<N> {
  readonly node: N;
  readonly readers: readonly N[];
  next: number;
  /** When it was entered, and the earliest entered of the open nodes that it is known to reach. */
  readonly index: number;
  low: number;
  isOpen: boolean;
}

export function orderFrom<N>(starts: Iterable<N>, readersOf: (node: N) => readonly N[]): Ordered<N> {
  const visits = new Map<N, Visit<N>>();
  const open: Visit<N>[] = [];
  const finished: N[] = [];
  const loops: N[][] = [];

  const enter = (node: N): Visit<N> => {
    const index = visits.size;
    const visit = { node, readers: readersOf(node), next: 0, index, low: index, isOpen: true };
    visits.set(node, visit);
    open.push(visit);
    return visit;
  };
  /** All nodes of the component that a visit was the first of. */
  const close = (first: Visit<N>) => {
    const from = finished.length;
    let last: Visit<N>;
    do {
      last = open.pop() as Visit<N>;
      last.isOpen = false;
      finished.push(last.node);
    } while (last !== first);
    if (finished.length > from + 1 || first.readers.includes(first.node)) loops.push(finished.slice(from));
  };

  // Finished first is ordered last: taken backwards, starts come out in the order they are given.
  for (const start of [...starts].reverse()) {
    if (visits.has(start)) continue;
    const path = [enter(start)];
    for (let visit = path.at(-1); visit; visit = path.at(-1)) {
      const reader = visit.readers[visit.next++];
      if (reader === undefined) {
        path.pop();
        if (visit.low === visit.index) close(visit);
        const parent = path.at(-1);
        if (parent) parent.low = Math.min(parent.low, visit.low);
        continue;
      }
      const met = visits.get(reader);
      if (!met) path.push(enter(reader));
      else if (met.isOpen) visit.low = Math.min(visit.low, met.index);
    }
  }
  return { order: finished.reverse(), loops };
}

/** One way round a set of nodes that reach one another, from its first member back to it. */
export function wayRound<N>(loop: readonly N[], readersOf: (node: N) => readonly N[]): N[] {
  const members = new Set(loop);
  const [start] = loop as readonly [N];
  const cameFrom = new Map<N, N>();
  const queue = [start];
  for (const node of queue)
    for (const reader of readersOf(node)) {
      if (reader === start) {
        const way = [node];
        while (way[0] !== start) way.unshift(cameFrom.get(way[0] as N) as N);
        return way;
      }
      if (!members.has(reader) || cameFrom.has(reader)) continue;
      cameFrom.set(reader, node);
      queue.push(reader);
    }
  return [...loop];
}

/** Nodes of a flat graph in an order; those that only hand values on are left out, and seen through. */
export function orderOf(
  { nodes, edges }: Pick<FlatGraph, 'nodes' | 'edges'>,
  isTransparent: (path: PathText) => boolean,
): Ordered<PathText> {
  const wires = Object.values(edges);
  const given = new Map(
    wires.flatMap((wire) => (isHandedOn(wire.to.port) ? [[wire.to.node, wire.from.node]] : [])),
  );
  /** The node whose value a node hands on, or itself; undefined where no wire brings one. */
  const maker = (path: PathText): PathText | undefined => {
    let node: PathText | undefined = path;
    for (let steps = 0; node !== undefined && isTransparent(node); steps++)
      node = steps > given.size ? undefined : given.get(node);
    return node;
  };
  const readers = new Map<PathText, Set<PathText>>();
  for (const path of Object.keys(nodes)) if (!isTransparent(path)) readers.set(path, new Set());
  for (const { from, to } of wires)
    if (readers.has(to.node)) readers.get(maker(from.node) ?? '')?.add(to.node);
  return orderFrom(readers.keys(), (path) => [...(readers.get(path) ?? [])].sort());
}

/** Inputs along which a port of a block is given its value. */
export const isHandedOn = (port: string): boolean => port === 'in' || port === 'x';
