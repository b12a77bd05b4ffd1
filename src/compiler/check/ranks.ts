/**
 * Keeps an order of nodes in which each follows what it reads, while wires come and go: only the nodes
 * between the ends of a new wire move (D. J. Pearce and P. H. J. Kelly, "A dynamic topological sort
 * algorithm for directed acyclic graphs", ACM JEA 11, 2007). Ranks are numbers with room between them,
 * so that a node put into a wire moves nothing.
 */
import type { Entry } from './entry.ts';
import { orderFrom } from './order.ts';

export class Ranks {
  #last = 0;
  #placed = 0;

  /** Orders everything anew; gives the sets of nodes that feed each other. */
  rebuild(entries: Iterable<Entry>): (readonly Entry[])[] {
    const { order, loops } = orderFrom(entries, (entry) => entry.readers);
    this.#last = 0;
    for (const entry of order) entry.rank = ++this.#last;
    return loops as (readonly Entry[])[];
  }

  /** Gives new nodes their places; false when there is no room for one. */
  place(fresh: ReadonlySet<Entry>): boolean {
    const among = (entry: Entry) => entry.readers.filter((reader) => fresh.has(reader));
    const { order, loops } = orderFrom(fresh, among);
    if (loops.length > 0) return false;
    const ceilings = new Map<Entry, number>();
    for (const entry of [...order].reverse()) {
      const above = entry.readers.map((r) => (fresh.has(r) ? (ceilings.get(r) as number) : r.rank));
      ceilings.set(entry, Math.min(Number.POSITIVE_INFINITY, ...above));
    }
    for (const entry of order) {
      const ceiling = ceilings.get(entry) as number;
      if (ceiling === Number.POSITIVE_INFINITY) entry.rank = ++this.#last;
      else if (!this.#putBetween(entry, floorOf(entry), ceiling)) return false;
    }
    return true;
  }

  /** False where there is no room. */
  #putBetween(entry: Entry, floor: number, ceiling: number): boolean {
    // Steps of the golden ratio: two nodes put into one gap do not get one rank.
    const share = 0.25 + 0.5 * ((++this.#placed * 0.618033988749895) % 1);
    const rank = floor + (ceiling - floor) * share;
    if (!(floor < rank && rank < ceiling)) return false;
    entry.rank = rank;
    return true;
  }

  /** Takes in a new wire between placed nodes; false when the whole must be ordered anew: there may be a loop. */
  link(source: Entry, reader: Entry): boolean {
    if (source.rank < reader.rank) return true;
    // Most often one end is free to move by itself.
    if (this.#putBetween(source, floorOf(source), ceilingOf(source))) return true;
    if (this.#putBetween(reader, floorOf(reader), ceilingOf(reader))) return true;
    const below = reach(reader, (entry) => entry.readers.filter((r) => r.rank <= source.rank));
    if (below.has(source)) return false;
    const above = reach(source, (entry) => entry.sources.filter((s) => s.rank >= reader.rank));
    const byRank = (a: Entry, b: Entry) => a.rank - b.rank;
    const order = [...[...above].sort(byRank), ...[...below].sort(byRank)];
    const ranks = order.map((entry) => entry.rank).sort((a, b) => a - b);
    for (const [i, entry] of order.entries()) entry.rank = ranks[i] as number;
    return source.rank < reader.rank;
  }
}

const floorOf = ({ sources }: Entry): number => sources.reduce((max, { rank }) => Math.max(max, rank), 0);
const ceilingOf = ({ readers }: Entry): number =>
  readers.reduce((min, { rank }) => Math.min(min, rank), Number.MAX_VALUE);

function reach(start: Entry, next: (entry: Entry) => readonly Entry[]): Set<Entry> {
  const found = new Set([start]);
  for (const entry of found) for (const other of next(entry)) found.add(other);
  return found;
}
