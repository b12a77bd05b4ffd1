/** A layered layout of a level: columns of cards from the sources to the results, in rows where it would be too wide. */
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { type CardPlaces, elkGraph, type LayoutDirection, placesOf } from './elk-graph.ts';
import type { LayoutGraph } from './layout-graph.ts';

/** Who computes: elkjs in a worker of the page, or in the thread of a script. */
export type Layouter = (graph: ElkNode) => Promise<ElkNode>;

/** A drawing that is wider than this, in canvas units, cannot be read where all of it is in view. */
const widest = 1500;
/** Width over height of a drawing in rows: about that of the canvas between its panels. */
const aspect = 1.5;

/**
 * CardPlaces for the cards. The same graph gives the same places; what it is called and where its cards lay before
 * does not matter, but the order in which they are written does where nothing else decides.
 */
export async function layeredLayout(
  graph: LayoutGraph,
  direction: LayoutDirection,
  layout: Layouter,
): Promise<CardPlaces> {
  const whole = await layout(elkGraph(graph, { direction }));
  if (direction === 'down' || (whole.width ?? 0) <= widest) return placesOf(whole);
  return placesOf(await layout(elkGraph(graph, { direction, rows: aspect })));
}
