/**
 * Keeps an order of nodes in which each follows what it reads, while wires come and go: only the nodes
 * between the ends of a new wire move (D. J. Pearce and P. H. J. Kelly, "A dynamic topological sort
 * algorithm for directed acyclic graphs", ACM JEA 11, 2007). Ranks are numbers with room between them,
 * so that a node put into a wire moves nothing.
 */
import type { NodeState } from './node-state.ts';
import { orderFrom } from './order.ts';

export class Ranks {
  #last = 0;
  #placed = 0;

  /** Orders everything anew; gives the sets of nodes that feed each other. */
  rebuild(states: Iterable<NodeState>): (readonly NodeState[])[] {
    const { order, loops } = orderFrom(states, (state) => state.readers);
    this.#last = 0;
    for (const state of order) state.rank = ++this.#last;
    return loops as (readonly NodeState[])[];
  }

  /** Gives new nodes their places; false when there is no room for one. */
  place(fresh: ReadonlySet<NodeState>): boolean {
    const among = (state: NodeState) => state.readers.filter((reader) => fresh.has(reader));
    const { order, loops } = orderFrom(fresh, among);
    if (loops.length > 0) return false;
    const ceilings = new Map<NodeState, number>();
    for (const state of [...order].reverse()) {
      const above = state.readers.map((r) => (fresh.has(r) ? (ceilings.get(r) as number) : r.rank));
      ceilings.set(state, Math.min(Number.POSITIVE_INFINITY, ...above));
    }
    for (const state of order) {
      const ceiling = ceilings.get(state) as number;
      if (ceiling === Number.POSITIVE_INFINITY) state.rank = ++this.#last;
      else if (!this.#putBetween(state, floorOf(state), ceiling)) return false;
    }
    return true;
  }

  /** False where there is no room. */
  #putBetween(state: NodeState, floor: number, ceiling: number): boolean {
    // Steps of the golden ratio: two nodes put into one gap do not get one rank.
    const share = 0.25 + 0.5 * ((++this.#placed * 0.618033988749895) % 1);
    const rank = floor + (ceiling - floor) * share;
    if (!(floor < rank && rank < ceiling)) return false;
    state.rank = rank;
    return true;
  }

  /** Takes in a new wire between placed nodes; false when the whole must be ordered anew: there may be a loop. */
  link(source: NodeState, reader: NodeState): boolean {
    if (source.rank < reader.rank) return true;
    // Most often one end is free to move by itself.
    if (this.#putBetween(source, floorOf(source), ceilingOf(source))) return true;
    if (this.#putBetween(reader, floorOf(reader), ceilingOf(reader))) return true;
    const below = reach(reader, (state) => state.readers.filter((r) => r.rank <= source.rank));
    if (below.has(source)) return false;
    const above = reach(source, (state) => state.sources.filter((s) => s.rank >= reader.rank));
    const byRank = (a: NodeState, b: NodeState) => a.rank - b.rank;
    const order = [...[...above].sort(byRank), ...[...below].sort(byRank)];
    const ranks = order.map((state) => state.rank).sort((a, b) => a - b);
    for (const [i, state] of order.entries()) state.rank = ranks[i] as number;
    return source.rank < reader.rank;
  }
}

const floorOf = ({ sources }: NodeState): number => sources.reduce((max, { rank }) => Math.max(max, rank), 0);
const ceilingOf = ({ readers }: NodeState): number =>
  readers.reduce((min, { rank }) => Math.min(min, rank), Number.MAX_VALUE);

function reach(start: NodeState, next: (state: NodeState) => readonly NodeState[]): Set<NodeState> {
  const found = new Set([start]);
  for (const state of found) for (const other of next(state)) found.add(other);
  return found;
}
