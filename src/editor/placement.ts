/**
 * Where a node goes that nobody has placed: near what was asked for, and never on top of another.
 * The editor does not know how large the page draws a card; it takes a typical one.
 */
import type { GraphEdge, GraphLevel, Placement } from '../../graph-schema/document.ts';
import type { Point } from './editor-types.ts';
import { reachable } from './reachable.ts';

/** A typical card with its margin, in canvas units. */
export const card = { width: 190, height: 110, margin: 16 } as const;
const step = 24;
const attempts = 400;
/** The least that should be seen of a wire between two cards. */
const wireLength = 56;

function overlaps(placement: Placement, at: Point): boolean {
  const width = (placement.width ?? card.width) + card.margin;
  const height = (placement.height ?? card.height) + card.margin;
  return (
    at.x < placement.x + width &&
    placement.x < at.x + card.width + card.margin &&
    at.y < placement.y + height &&
    placement.y < at.y + card.height + card.margin
  );
}

/** The first free place downwards of `at`, and in columns to the right of it when there is none. */
export function freeSpot(graph: GraphLevel, at: Point): Point {
  const placed = Object.values(graph.layout.nodes);
  for (let i = 0; i < attempts; i++) {
    const column = Math.floor(i / 40);
    const spot = {
      x: Math.round(at.x) + column * (card.width + step),
      y: Math.round(at.y) + (i % 40) * step,
    };
    if (!placed.some((placement) => overlaps(placement, spot))) return spot;
  }
  return { x: Math.round(at.x), y: Math.round(at.y) };
}

/**
 * The place between the ends of a wire. Where there is not room enough for a card, everything that
 * follows the wire moves to the right.
 */
export function spotOnWire(graph: GraphLevel, { from, to }: GraphEdge): Point {
  const places = graph.layout.nodes;
  const [source, target] = [places[from.node], places[to.node]];
  if (!source || !target) return freeSpot(graph, source ?? target ?? { x: 0, y: 0 });
  const start = source.x + (source.width ?? card.width);
  const missing = Math.max(0, card.width + 2 * wireLength - (target.x - start));
  const spot = { x: start + (target.x + missing - start - card.width) / 2, y: (source.y + target.y) / 2 };
  // A wire that runs backwards has no between.
  if (target.x <= source.x) return freeSpot(graph, spot);
  if (missing > 0) {
    for (const node of reachable(graph, to.node, 'downstream')) {
      const place = places[node];
      if (place && place.x >= target.x) places[node] = { ...place, x: Math.round(place.x + missing) };
    }
  }
  return freeSpot(graph, spot);
}

/** Beside a node, or on a wire. */
export function spotNear(graph: GraphLevel, near: string | undefined): Point {
  const edge = near === undefined ? undefined : graph.edges[near];
  if (edge) return spotOnWire(graph, edge);
  const { x, y } = graph.layout.nodes[near ?? ''] ?? { x: 0, y: 0 };
  return freeSpot(graph, { x: x + card.width + 2 * step, y });
}
