/** Checks a document: ports, types on every wire, diagnostics. Called after every edit; never throws on a user's graph. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { TensorType } from '../tensor/axis.ts';
import { format } from '../tensor/size.ts';
import { type Analysis, analyse } from './analyse.ts';
import { boundSize } from './conflicts.ts';
import { typeAt } from './infer.ts';
import type { Checked, CheckedNode, ShownType } from './types.ts';

export function check(document: GraphDocument): Checked {
  return show(analyse(document));
}

export function show(analysis: Analysis): Checked {
  const { structure, inference, diagnostics } = analysis;
  const nodes: Record<string, CheckedNode> = {};
  const edges: Record<string, ShownType> = {};
  for (const [id, node] of structure.nodes) {
    const inputTypes: Record<string, ShownType> = {};
    for (const [port, { edge, from }] of Object.entries(node.wires)) {
      const type = typeAt(inference.outputs, from);
      if (!type) continue;
      inputTypes[port] = edges[edge] = showType(type, analysis);
    }
    const outputTypes: Record<string, ShownType> = {};
    for (const [port, type] of Object.entries(inference.outputs.get(id) ?? {}))
      outputTypes[port] = showType(type, analysis);
    const summary = node.definition.summary?.(node.params) ?? '';
    nodes[id] = { inputs: node.inputs, outputs: node.outputs, inputTypes, outputTypes, summary };
  }
  return { nodes, edges, diagnostics, order: structure.order };
}

const showType = (type: TensorType, { inference }: Analysis): ShownType => ({
  axes: type.axes.map((axis) => ({
    name: axis.name,
    written: format(inference.unifier.resolve(axis.size)),
    size: boundSize(axis, inference, inference.dims),
  })),
});
