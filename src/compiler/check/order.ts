/**
 * Order and loops among the nodes that some nodes reach: R. E. Tarjan, "Depth-first search and linear
 * graph algorithms", SIAM J. Comput. 1 (1972), without recursion, since graphs may be long.
 */

export interface Ordered {
  /** Every node reached; each stands after all that it reads. Members of a loop stand together. */
  readonly order: readonly string[];
  /** Sets of nodes that reach one another. */
  readonly loops: readonly (readonly string[])[];
}

export function orderFrom(starts: Iterable<string>, readersOf: (node: string) => readonly string[]): Ordered {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const finished: string[] = [];
  const loops: string[][] = [];

  const enter = (node: string) => {
    index.set(node, index.size);
    low.set(node, index.size - 1);
    open.push(node);
    isOpen.add(node);
    return { node, readers: readersOf(node), next: 0 };
  };
  const lower = (node: string, to: number) => low.set(node, Math.min(low.get(node) as number, to));
  /** All nodes of the component that `node` was the first of. */
  const close = (node: string, readers: readonly string[]) => {
    const component: string[] = [];
    let last: string;
    do {
      last = open.pop() as string;
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
export function wayRound(loop: readonly string[], readersOf: (node: string) => readonly string[]): string[] {
  const members = new Set(loop);
  const [start] = loop as [string];
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const node of queue)
    for (const reader of readersOf(node)) {
      if (reader === start) {
        const way = [node];
        while (way[0] !== start) way.unshift(cameFrom.get(way[0] as string) as string);
        return way;
      }
      if (!members.has(reader) || cameFrom.has(reader)) continue;
      cameFrom.set(reader, node);
      queue.push(reader);
    }
  return [...loop];
}
