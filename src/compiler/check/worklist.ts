/** Nodes that wait to be looked at, given out in the order of their ranks: a binary heap. */
import type { NodeState } from './node-state.ts';

export class Worklist {
  readonly #heap: NodeState[] = [];

  add(state: NodeState): void {
    if (state.isQueued) return;
    state.isQueued = true;
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as NodeState;
      if (above.rank <= state.rank) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = state;
  }

  /** The waiting node of least rank. */
  take(): NodeState | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last) return undefined;
    first.isQueued = false;
    if (first === last) return first;
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      const [left, right] = [heap[child] as NodeState, heap[child + 1]];
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
