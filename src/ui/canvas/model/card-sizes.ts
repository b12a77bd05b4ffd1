/** How large the cards of a level are, for who places them. */
import type { GraphDocument } from '../../../../graph-schema/document.ts';
import type { Locale } from '../../../base/text.ts';
import { registryOf } from '../../../catalogue/index.ts';
import { entry } from '../../../document/levels.ts';
import type { LevelView, Measure } from '../../../editor/index.ts';
import { cardContentOf, unchecked } from './card-data.ts';
import { type CardLayout, layoutCard } from './card-layout.ts';
import { noWires, wiringOf, withWiredPorts } from './wiring.ts';

const nothing: CardLayout = {
  width: 0,
  height: 0,
  inputs: [],
  outputs: [],
  namesInputs: false,
  namesOutputs: false,
  outputNames: 0,
};

/** The layout of each card of a level, by its node. */
export const cardLayouts =
  (locale: Locale) =>
  (document: GraphDocument, view: LevelView): ((node: string) => CardLayout) => {
    const registry = registryOf(document);
    const wiring = wiringOf(view.graph.edges);
    return (id) => {
      const node = entry(view.graph.nodes, id);
      const known = view.node(id);
      if (!node) return nothing;
      const checked = withWiredPorts(known ?? unchecked, wiring.get(id) ?? noWires);
      return layoutCard(cardContentOf(id, view.graph.nodes, checked, registry, locale));
    };
  };

export const cardSizes = (locale: Locale): Measure => cardLayouts(locale);
