/** The labels of a model's wires: which of them are shown, and where, given the cards as they stand. */
import type { GraphEdge } from '../../../../graph-schema/document.ts';
import { labelWidth } from '../../ribbon/RibbonLabel.tsx';
import { ribbonOf } from '../../ribbon/ribbon-threads.ts';
import type { ViewModel } from '../model/view-model.ts';
import { curveOfWire } from './edge-geometry.ts';
import { type LabelledWire, placeLabels } from './label-places.ts';
import type { Rect } from './rect.ts';

/** For each wire that has room for its label, how far along the wire it goes. */
export type Labels = ReadonlyMap<string, number>;

export const labelsOf = (model: ViewModel): Generator<void, Labels> =>
  placeLabels(labelled(model), cardsOf(model));

/** Each with the size that it has now. */
function* cardsOf(model: ViewModel): Generator<Rect> {
  for (const id of model.cards) {
    model.body(id);
    yield model.place(id);
  }
}

function* labelled(model: ViewModel): Generator<LabelledWire> {
  const { view } = model.state;
  for (const id of model.wires) {
    const type = view.edge(id);
    const curve = curveOfWire(model, view.graph.edges[id] as GraphEdge);
    if (curve && type) yield { id, curve, thickness: ribbonOf(type).height, width: labelWidth(type) };
  }
}
