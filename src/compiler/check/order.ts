/**
 * Order and loops among the nodes that some nodes reach: R. E. Tarjan, "Depth-first search and linear
 * graph algorithms", SIAM J. Comput. 1 (1972), without recursion, since graphs may be long.
 */
import type { GraphDocument } from '../../../graph-schema/document.ts';

export interface Ordered<N> {
  /** Every node reached; each stands after all that it reads. Members of a loop stand together. */
  readonly order: readonly N[];
  /** Sets of nodes that reach one another. */
  readonly loops: readonly (readonly N[])[];
}

export function orderFrom<N>(starts: Iterable<N>, readersOf: (node: N) => readonly N[]): Ordered<N> {
  const index = new Map<N, number>();
  const low = new Map<N, number>();
  const open: N[] = [];
  const isOpen = new Set<N>();
  const finished: N[] = [];
  const loops: N[][] = [];

  const enter = (node: N) => {
    index.set(node, index.size);
    low.set(node, index.size - 1);
    open.push(node);
    isOpen.add(node);
    return { node, readers: readersOf(node), next: 0 };
  };
  const lower = (node: N, to: number) => low.set(node, Math.min(low.get(node) as number, to));
  /** All nodes of the component that `node` was the first of. */
  const close = (node: N, readers: readonly N[]) => {
    const component: N[] = [];
    let last: N;
    do {
      last = open.pop() as N;
      isOpen.delete(last);
      component.push(last);
    } while (last !== node);
    finished.push(...component);
    if (component.length > 1 || readers.includes(node)) loops.push(component);
  };

  // Finished first is ordered last: taken backwards, starts come out in the order they are given.
  for (const start of [...starts].reverse()) {
    if (index.has(start)) continue;
    const path = [enter(start)];
    for (let frame = path.at(-1); frame; frame = path.at(-1)) {
      const reader = frame.readers[frame.next++];
      if (reader === undefined) {
        path.pop();
        if (low.get(frame.node) === index.get(frame.node)) close(frame.node, frame.readers);
        const parent = path.at(-1);
        if (parent) lower(parent.node, low.get(frame.node) as number);
      } else if (!index.has(reader)) path.push(enter(reader));
      else if (isOpen.has(reader)) lower(frame.node, index.get(reader) as number);
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

/** Order and loops of a whole document. */
export function orderOf({ nodes, edges }: GraphDocument): Ordered<string> {
  const readers = new Map<string, Set<string>>(Object.keys(nodes).map((id) => [id, new Set()]));
  for (const { from, to } of Object.values(edges))
    if (readers.has(to.node)) readers.get(from.node)?.add(to.node);
  return orderFrom(readers.keys(), (id) => [...(readers.get(id) ?? [])].sort());
}
