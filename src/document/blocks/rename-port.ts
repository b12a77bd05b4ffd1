/**
 * A port of a block is a node inside, and its name is that node's id: what reads it inside, and the wires of
 * every use of the block, follow a new name.
 */
import type { GraphDocument, GraphNode } from '../../../graph-schema/document.ts';
import { recordOf } from '../../base/record.ts';
import { type Text, text } from '../../base/text.ts';
import { blockOf, drawings, entry, isBlockPort, type OpenLevel } from '../levels.ts';

/** Why a port of the block that is open cannot have this name; undefined where it can. */
export function portNameObstacle({ graph }: OpenLevel, id: string, name: string): Text | undefined {
  if (name.trim() === '') return text('A port has a name.', '端口必须有名称。');
  if (name.length > 100)
    return text('A port’s name has at most 100 characters.', '端口名称最多 100 个字符。');
  const isReserved = name in Object.prototype || name === 'prototype';
  if (name !== id && (isReserved || Object.hasOwn(graph.nodes, name)))
    return text(`“${name}” is taken.`, `“${name}”已被占用。`);
  return undefined;
}

/** Gives whether the port has the name now. */
export function renamePort(document: GraphDocument, level: OpenLevel, id: string, name: string): boolean {
  const { graph, block } = level;
  const port = entry(graph.nodes, id);
  if (block === undefined || !port || !isBlockPort(port) || portNameObstacle(level, id, name)) return false;
  // In its place: the order of ports is that of their nodes.
  graph.nodes = renamedKey(graph.nodes, id, name);
  graph.layout.nodes = renamedKey(graph.layout.nodes, id, name);
  for (const edge of Object.values(graph.edges)) {
    if (edge.from.node === id) edge.from.node = name;
    if (edge.to.node === id) edge.to.node = name;
  }
  for (const { nodes, edges } of drawings(document)) {
    const isUse = (node: string) => blockOf(entry<GraphNode>(nodes, node)) === block;
    for (const { from, to } of Object.values(edges)) {
      if (from.port === id && isUse(from.node)) from.port = name;
      if (to.port === id && isUse(to.node)) to.port = name;
    }
  }
  return true;
}

const renamedKey = <T>(record: Readonly<Record<string, T>>, id: string, name: string): Record<string, T> =>
  recordOf(Object.entries(record).map(([key, value]) => [key === id ? name : key, value]));
