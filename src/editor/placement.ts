/**
 * Where a node goes that nobody has placed: near what was asked for, and never on top of another.
 * The editor does not know how large the page draws a card; it takes a typical one.
 */
import type { GraphDocument, Placement } from '../../graph-schema/document.ts';
import type { Point } from './types.ts';

/** A typical card with its margin, in canvas units. */
export const card = { width: 190, height: 110, margin: 16 } as const;
const step = 24;
const attempts = 400;

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
export function freeSpot(document: GraphDocument, at: Point): Point {
  const placed = Object.values(document.layout.nodes);
  for (let i = 0; i < attempts; i++) {
    const column = Math.floor(i / 40);
    const spot = { x: Math.round(at.x) + column * (card.width + step), y: Math.round(at.y) + (i % 40) * step };
    if (!placed.some((placement) => overlaps(placement, spot))) return spot;
  }
  return { x: Math.round(at.x), y: Math.round(at.y) };
}

/** Beside a node, or between the ends of a wire. */
export function spotNear(document: GraphDocument, near: string | undefined): Point {
  const place = (node: string): Point => document.layout.nodes[node] ?? { x: 0, y: 0 };
  const edge = near === undefined ? undefined : document.edges[near];
  if (edge) {
    const from = place(edge.from.node);
    const to = place(edge.to.node);
    return freeSpot(document, { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });
  }
  const node = place(near ?? '');
  return freeSpot(document, { x: node.x + card.width + 2 * step, y: node.y });
}
