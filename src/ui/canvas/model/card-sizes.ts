/** How large the cards of a level are, for who places new ones among them. */
import type { Locale } from '../../../base/text.ts';
import { registryOf } from '../../../catalogue/index.ts';
import { entry } from '../../../document/levels.ts';
import type { Measure } from '../../../editor/index.ts';
import { cardContentOf, unchecked } from './card-data.ts';
import { layoutCard } from './card-layout.ts';
import { noWires, wiringOf, withWiredPorts } from './wiring.ts';

const nothing = { width: 0, height: 0 };

export const cardSizes =
  (locale: Locale): Measure =>
  (document, view) => {
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
