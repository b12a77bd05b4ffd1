/** Nodes that wait to be looked at, given out in the order of their ranks: a binary heap. */
import type { Entry } from './entry.ts';

export class Worklist {
  readonly #heap: Entry[] = [];

  add(entry: Entry): void {
    if (entry.isQueued) return;
    entry.isQueued = true;
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as Entry;
      if (above.rank <= entry.rank) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = entry;
  }

  /** The waiting node of least rank. */
  take(): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last) return undefined;
    first.isQueued = false;
    if (first === last) return first;
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      const [left, right] = [heap[child] as Entry, heap[child + 1]];
      const isRight = right !== undefined && right.rank < left.rank;
      const least = isRight ? right : left;
      if (last.rank <= least.rank) break;
      heap[at] = least;
      at = isRight ? child + 1 : child;
    }
    heap[at] = last;
    return first;
  }
}
