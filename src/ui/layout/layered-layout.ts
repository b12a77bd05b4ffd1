/** A layered layout of a level: columns of cards from the sources to the results, in rows where it would be too wide. */
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { type CardPlaces, elkGraph, type LayoutDirection, placesOf } from './elk-graph.ts';
import type { LayoutGraph } from './layout-graph.ts';

/** Who computes: elkjs in a worker of the page, or in the thread of a script. */
export type Layouter = (graph: ElkNode) => Promise<ElkNode>;

/** The canvas between its panels, in pixels, where a drawing is seen whole. */
const canvas = { width: 760, height: 700 };
/** Around the cards: room for wires that go around them. */
const margin = 40;
/** So large that every word can be read: then nothing is gained by rows. */
const legible = 0.75;
/** How much larger rows must make it: from left to right it is read more easily. */
const worth = 1.15;
/** Width over height of the drawings in rows that are tried. */
const aspects = [1.1, 1.6];

/** How large all of it can be shown on the canvas, as a part of its natural size. */
function zoomOf({ cards }: LayoutGraph, places: CardPlaces): number {
  const right = Math.max(0, ...cards.map(({ id, width }) => (places[id]?.x ?? 0) + width));
  const bottom = Math.max(0, ...cards.map(({ id, height }) => (places[id]?.y ?? 0) + height));
  return Math.min(canvas.width / (right + 2 * margin), canvas.height / (bottom + 2 * margin));
}

/**
 * Places for the cards. The same graph gives the same places; what it is called and where its cards lay before
 * does not matter, but the order in which they are written does where nothing else decides.
 */
export async function layeredLayout(
  graph: LayoutGraph,
  direction: LayoutDirection,
  layout: Layouter,
): Promise<CardPlaces> {
  let best = placesOf(await layout(elkGraph(graph, { direction })));
  if (direction === 'down' || zoomOf(graph, best) >= legible) return best;
  let zoom = zoomOf(graph, best) * worth;
  for (const rows of aspects) {
    const places = withCloseRows(graph, placesOf(await layout(elkGraph(graph, { direction, rows }))));
    if (zoomOf(graph, places) <= zoom) continue;
    zoom = zoomOf(graph, places);
    best = places;
  }
  return best;
}

/** Between rows: room for labels, and for each wire that leads from one to the next, besides its thickness. */
const betweenRows = 70;
const besideWire = 14;
/** Between two cards of a row: what their wires need beside the labels. */
const besideLabel = 64;
/** More room than between cards of a layer: there one row ends. */
const rowGap = 60;

interface Placed {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

/** In groups between which there is more room than `gap`, in their order. */
function apart(placed: readonly Placed[], gap: number): Placed[][] {
  const groups: Placed[][] = [];
  let reach = Number.NEGATIVE_INFINITY;
  for (const one of [...placed].sort((a, b) => a.start - b.start)) {
    if (one.start > reach + gap) groups.push([]);
    groups.at(-1)?.push(one);
    reach = Math.max(reach, one.end);
  }
  return groups;
}

/**
 * Rows and the columns of each as near to each other as they may be, all beginning at the left: ELK keeps them apart
 * for long wires, and its columns go through all rows. Long wires of ours run between the cards.
 */
function withCloseRows({ cards, wires }: LayoutGraph, places: CardPlaces): CardPlaces {
  const close: Record<string, { x: number; y: number }> = {};
  const rows = apart(
    cards.map(({ id, height }) => {
      const { y } = places[id] as { y: number };
      return { id, start: y, end: y + height };
    }),
    rowGap,
  );
  const widths = new Map(cards.map(({ id, width }) => [id, width]));
  let top = 0;
  for (const [r, row] of rows.entries()) {
    const first = Math.min(...row.map(({ start }) => start));
    const columns = apart(
      row.map(({ id }) => {
        const { x } = places[id] as { x: number };
        return { id, start: x, end: x + (widths.get(id) ?? 0) };
      }),
      0,
    );
    let left = 0;
    for (const [i, column] of columns.entries()) {
      const before = new Set(columns.slice(0, i).flatMap((group) => group.map(({ id }) => id)));
      const here = new Set(column.map(({ id }) => id));
      const labels = wires.filter(({ from, to }) => before.has(from.node) && here.has(to.node));
      const start = Math.min(...column.map((one) => one.start));
      const reach = columns[i - 1] ? Math.max(...(columns[i - 1] as Placed[]).map(({ end }) => end)) : start;
      left += Math.min(start - reach, besideLabel + Math.max(0, ...labels.map(({ label }) => label)));
      for (const one of column) {
        const { y } = places[one.id] as { y: number };
        close[one.id] = { x: left + one.start - start, y: top + y - first };
      }
      left += Math.max(...column.map(({ end }) => end)) - start;
    }
    const below = new Set(rows[r + 1]?.map(({ id }) => id));
    const turning = wires.filter(({ from, to }) => below.has(to.node) && !below.has(from.node));
    const room = turning.reduce((sum, { thickness }) => sum + thickness + besideWire, betweenRows);
    top += Math.max(...row.map(({ end }) => end)) - first + Math.ceil(room);
  }
  return close;
}
