/**
 * Which cards and wires React Flow is given: those in and around the view. It walks all that it is given
 * at every change, and so must not be given a whole large graph. The region is wider than the view and
 * snaps to a grid, so that a view that moves asks for other cards only now and then.
 */
import type { ReactFlowState } from 'reactflow';
import type { GraphEdge } from '../../../../graph-schema/document.ts';
import { around, meets, type Rect, type ViewRegion } from '../geometry/rect.ts';
import type { ViewModel } from '../model/view-model.ts';

const nowhere: ViewRegion = { left: 0, top: 0, right: 0, bottom: 0 };

/** The view and at least half a grid step around it; a step is an eighth to a quarter of the view. */
export function regionOf({ width, height, transform: [x, y, zoom] }: ReactFlowState): ViewRegion {
  if (width === 0 || height === 0) return nowhere;
  const step = 2 ** Math.floor(Math.log2(Math.max(width, height) / zoom / 4));
  const low = (at: number) => Math.floor(at / zoom / step - 0.5) * step;
  const high = (at: number) => Math.ceil(at / zoom / step + 0.5) * step;
  return { left: low(-x), top: low(-y), right: high(width - x), bottom: high(height - y) };
}

/** The cards and wires of a region, in the order of the document. */
export interface Visible {
  readonly cards: ReadonlySet<string>;
  readonly wires: readonly string[];
}

/** Wires that pass through the region, the cards there, and those at the ends of such wires. */
export function visibleIn(model: ViewModel, region: ViewRegion): Visible {
  const { edges } = model.state.view.graph;
  const places = new Map(model.cards.map((id) => [id, model.place(id)]));
  const cards = new Set<string>();
  for (const [id, place] of places) if (meets(region, place)) cards.add(id);
  const wires = model.wires.filter((id) => {
    const { from, to } = edges[id] as GraphEdge;
    const inside = meets(region, around(places.get(from.node) as Rect, places.get(to.node) as Rect));
    if (inside) cards.add(from.node).add(to.node);
    return inside;
  });
  return { cards, wires };
}
