/** A binary min-heap of pairs of numbers, ordered by key; of equal keys the last comes out first. */
export interface Heap {
  push(key: number, a: number, b: number): void;
  /** Undefined behaviour when empty: ask `size()` first. */
  pop(): readonly [number, number];
  size(): number;
}

interface Entry {
  readonly key: number;
  readonly order: number;
  readonly pair: readonly [number, number];
}

const before = (x: Entry, y: Entry): boolean => x.key < y.key || (x.key === y.key && x.order < y.order);

export function createHeap(): Heap {
  const entries: Entry[] = [];
  let order = 0;
  return {
    push(key, a, b) {
      const entry: Entry = { key, order: order--, pair: [a, b] };
      let i = entries.length;
      while (i > 0) {
        const parent = (i - 1) >> 1;
        const above = entries[parent] as Entry;
        if (!before(entry, above)) break;
        entries[i] = above;
        i = parent;
      }
      entries[i] = entry;
    },
    pop() {
      const top = entries[0] as Entry;
      const last = entries.pop() as Entry;
      const n = entries.length;
      if (n > 0) {
        let i = 0;
        for (;;) {
          let child = 2 * i + 1;
          if (child >= n) break;
          if (child + 1 < n && before(entries[child + 1] as Entry, entries[child] as Entry)) child++;
          if (!before(entries[child] as Entry, last)) break;
          entries[i] = entries[child] as Entry;
          i = child;
        }
        entries[i] = last;
      }
      return top.pair;
    },
    size: () => entries.length,
  };
}
