/** Which ports a graph asks to see. */

import type { GraphDocument } from '../../graph-schema/document.ts';
import { portKey } from '../base/path.ts';
import { findNodeType } from '../catalogue/index.ts';

/** The wired inputs, as `node.port`, of nodes of the category `output`; in the order of the wires. */
export const probedPorts = ({ nodes, edges }: GraphDocument): readonly string[] =>
  Object.values(edges)
    .filter(({ to }) => findNodeType(nodes[to.node]?.type ?? '')?.category === 'output')
    .map(({ to }) => portKey(to.node, to.port));
