/** The labels of a scene's wires: which of them are shown, and where, given the cards as they stand. */
import type { GraphEdge } from '../../../graph-schema/document.ts';
import { labelWidth } from '../ribbon/RibbonLabel.tsx';
import { ribbonOf } from '../ribbon/threads.ts';
import { courseOf } from './courses.ts';
import { type LabelledWire, placeLabels, type Rect } from './label-places.ts';
import type { Scene } from './scene.ts';

/** For each wire that has room for its label, how far along the wire it goes. */
export type Labels = ReadonlyMap<string, number>;

export const labelsOf = (scene: Scene): Generator<void, Labels> =>
  placeLabels(labelled(scene), cardsOf(scene));

/** Each with the size that it has now. */
function* cardsOf(scene: Scene): Generator<Rect> {
  for (const id of scene.cards) {
    scene.body(id);
    yield scene.place(id);
  }
}

function* labelled(scene: Scene): Generator<LabelledWire> {
  const { document, checked } = scene.state;
  for (const id of scene.wires) {
    const type = checked.edges[id];
    const curve = courseOf(scene, document.edges[id] as GraphEdge);
    if (curve && type) yield { id, curve, thickness: ribbonOf(type).height, width: labelWidth(type) };
  }
}
