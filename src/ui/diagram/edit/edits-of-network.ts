/** A changed network as edits of the document: of the node's parameters, and of its wires where a tensor is taken out. */
import type { Edit, Json } from '../../../base/edit.ts';
import type { WrittenNetwork } from '../model/node-diagram.ts';
import type { IndexLists } from './network-edits.ts';

/** `removed`: the operand that the changed network no longer has. */
export function editsOfNetwork(
  { path, network, sources }: WrittenNetwork,
  { inputs, output }: IndexLists,
  removed?: number,
): readonly Edit[] {
  const params = { ...network.write(inputs, output), ...(removed !== undefined && network.keep(undefined)) };
  const set = Object.entries(params).map(
    ([key, value]): Edit => ({ edit: 'setParam', node: path, key, value: value as Json }),
  );
  if (removed === undefined) return set;
  // Each later tensor goes into the port before its own.
  const later = sources.slice(removed).flatMap((source) => source ?? []);
  const wires = sources.flatMap((source, k): Edit[] => {
    const port = network.ports[k - 1];
    if (!source || k <= removed || port === undefined) return [];
    const from = { node: source.node, port: source.port };
    return [{ edit: 'addEdge', edge: source.edge, from, to: { node: path, port } }];
  });
  return [...later.map(({ edge }): Edit => ({ edit: 'removeEdge', edge })), ...wires, ...set];
}
