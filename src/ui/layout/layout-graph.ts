/**
 * What a layout is found for: cards with the places of their ports, and wires with the room that their
 * labels take. Lengths are in canvas units; a card's ports are given from its upper edge, inputs on its
 * left side, outputs on its right.
 */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { LevelView } from '../../editor/index.ts';
import { cardLayouts } from '../canvas/model/card-sizes.ts';
import { labelWidth } from '../ribbon/RibbonLabel.tsx';
import { ribbonOf } from '../ribbon/ribbon-threads.ts';

export interface LayoutPort {
  readonly name: string;
  readonly y: number;
}

export interface LayoutCard {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly inputs: readonly LayoutPort[];
  readonly outputs: readonly LayoutPort[];
}

export interface LayoutWire {
  readonly from: { readonly node: string; readonly port: string };
  readonly to: { readonly node: string; readonly port: string };
  /** Of its label; 0 where it has none. */
  readonly label: number;
  readonly thickness: number;
}

export interface LayoutGraph {
  readonly cards: readonly LayoutCard[];
  readonly wires: readonly LayoutWire[];
}

/**
 * The cards of a level and the wires between them; `only` these nodes, if given. A card is as large as the larger
 * of its drawings in the languages, so that a document lies the same whoever reads it.
 */
export function layoutGraphOf(
  document: GraphDocument,
  view: LevelView,
  only?: ReadonlySet<string>,
): LayoutGraph {
  const [english, chinese] = [cardLayouts('en')(document, view), cardLayouts('zh')(document, view)];
  const ids = Object.keys(view.graph.nodes).filter((id) => only?.has(id) ?? true);
  const chosen = new Set(ids);
  const cards = ids.map((id): LayoutCard => {
    const [one, other] = [english(id), chinese(id)];
    const { inputs, outputs } = one;
    const ports = (places: typeof inputs) => places.map(({ name, y }) => ({ name, y }));
    return {
      id,
      width: Math.max(one.width, other.width),
      height: Math.max(one.height, other.height),
      inputs: ports(inputs),
      outputs: ports(outputs),
    };
  });
  const wires = Object.entries(view.graph.edges).flatMap(([id, { from, to }]): LayoutWire[] => {
    if (!chosen.has(from.node) || !chosen.has(to.node)) return [];
    const type = view.edge(id);
    return [
      {
        from: { node: from.node, port: from.port },
        to: { node: to.node, port: to.port },
        label: type ? labelWidth(type) : 0,
        thickness: type ? ribbonOf(type).height : 0,
      },
    ];
  });
  return { cards, wires };
}
