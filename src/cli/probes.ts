/** Which ports a graph asks to see. */

import type { GraphDocument } from '../../graph-schema/document.ts';
import { escapeId, portKey } from '../base/path.ts';
import { registryOf } from '../catalogue/index.ts';

/** The wired inputs, as `node.port`, of nodes of the category `output`; in the order of the wires. */
export const probedPorts = (document: GraphDocument): readonly string[] =>
  Object.values(document.edges)
    .filter(({ to }) => {
      const type = document.nodes[to.node]?.type ?? '';
      return registryOf(document).find(type)?.category === 'output';
    })
    .map(({ to }) => portKey(escapeId(to.node), to.port));
