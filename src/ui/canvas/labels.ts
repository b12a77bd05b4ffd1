/** The labels of a scene's wires: which of them are shown, and where, given the cards as they stand. */
import type { GraphEdge } from '../../../graph-schema/document.ts';
import type { EditorState } from '../../editor/index.ts';
import { course } from '../ribbon/curve.ts';
import { labelWidth } from '../ribbon/RibbonLabel.tsx';
import { ribbonOf } from '../ribbon/threads.ts';
import { type LabelledWire, placeLabels, type Rect } from './label-places.ts';
import type { Scene } from './scene.ts';

/** For each wire that has room for its label, how far along the wire it goes. */
export type Labels = ReadonlyMap<string, number>;

type State = Pick<EditorState, 'document' | 'checked'>;

/** `scene` is that of `state`. */
export const labelsOf = (scene: Scene, state: State): Generator<void, Labels> =>
  placeLabels(labelled(scene, state), cardsOf(scene));

/** Each with the size that it has now. */
function* cardsOf(scene: Scene): Generator<Rect> {
  for (const id of scene.cards) {
    scene.layout(id);
    yield scene.place(id);
  }
}

function* labelled(scene: Scene, { document, checked }: State): Generator<LabelledWire> {
  for (const id of scene.wires) {
    const { from, to } = document.edges[id] as GraphEdge;
    const type = checked.edges[id];
    const output = scene.layout(from.node)?.outputs.find((port) => port.name === from.port);
    const input = scene.layout(to.node)?.inputs.find((port) => port.name === to.port);
    if (!output || !input || !type) continue;
    const [source, target] = [scene.place(from.node), scene.place(to.node)];
    const curve = course(
      { x: source.x + source.width, y: source.y + output.y },
      { x: target.x, y: target.y + input.y },
    );
    yield { id, curve, thickness: ribbonOf(type).height, width: labelWidth(type) };
  }
}
