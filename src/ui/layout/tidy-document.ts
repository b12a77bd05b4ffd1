/** A whole document laid out: its own drawing and that of each block that is used. For scripts; the page tidies a level. */
import type { GraphDocument, GraphLevel } from '../../../graph-schema/document.ts';
import type { NodePath } from '../../base/path.ts';
import { fetchAllTypes } from '../../catalogue/packs.ts';
import { check } from '../../compiler/index.ts';
import { blockOf } from '../../document/levels.ts';
import { viewOf } from '../../editor/level-view.ts';
import type { CardPlaces, LayoutDirection } from './elk-graph.ts';
import { type Layouter, layeredLayout } from './layered-layout.ts';
import { layoutGraphOf } from './layout-graph.ts';

export { fetchTypes } from '../../catalogue/packs.ts';
export { readDocument } from '../../compiler/read-document.ts';

/** CardPlaces by level: under `undefined` those of the document's own drawing, under its id those of each block. */
export async function tidyPlaces(
  document: GraphDocument,
  direction: LayoutDirection,
  layout: Layouter,
): Promise<ReadonlyMap<string | undefined, CardPlaces>> {
  await fetchAllTypes();
  const checked = check(document);
  const places = new Map<string | undefined, CardPlaces>();
  const visit = async (way: NodePath, block: string | undefined, graph: GraphLevel): Promise<void> => {
    if (places.has(block)) return;
    const view = viewOf(document, checked, way);
    places.set(block, await layeredLayout(layoutGraphOf(document, view), direction, layout));
    for (const [id, node] of Object.entries(graph.nodes)) {
      const inner = blockOf(node);
      const drawing = inner === undefined ? undefined : document.blocks[inner];
      if (drawing) await visit([...way, id], inner, drawing);
    }
  };
  await visit([], undefined, document);
  return places;
}
