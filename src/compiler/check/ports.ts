/** Wires must end at ports that exist, and every required input needs one. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose } from '../../base/diagnostic.ts';
import type { PortRef } from '../../base/edit.ts';
import { text } from '../../base/text.ts';
import type { PortSpec } from '../../catalogue/index.ts';
import { nameOf, type ResolvedNode } from './resolve.ts';
import { deleteWire } from './wires.ts';

const directions = { input: text('input', '输入'), output: text('output', '输出') };

export function checkPorts(
  document: GraphDocument,
  node: ResolvedNode,
  nodeAt: (id: string) => ResolvedNode | undefined,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  const isPort = (specs: readonly PortSpec[], name: string) => specs.some((p) => p.name === name);
  const unknown = (
    edge: string,
    end: PortRef,
    direction: keyof typeof directions,
    specs: readonly PortSpec[],
  ) => {
    const ports = specs.map((p) => p.name).join(', ') || '–';
    const values = {
      node: nameOf(document, end.node),
      direction: directions[direction],
      port: end.port,
      ports,
    };
    found.push(diagnose('unknown-port', { ...end, edge }, values, { fixes: [deleteWire(edge)] }));
  };
  for (const [port, { edge, from }] of Object.entries(node.wires)) {
    const source = nodeAt(from.node);
    if (!isPort(node.inputs, port)) unknown(edge, { node: node.id, port }, 'input', node.inputs);
    else if (source && !isPort(source.outputs, from.port)) unknown(edge, from, 'output', source.outputs);
  }
  for (const { name, optional } of node.inputs)
    if (!optional && !Object.hasOwn(node.wires, name)) {
      const values = { port: name, node: nameOf(document, node.id) };
      found.push(diagnose('missing-input', { node: node.id, port: name }, values));
    }
  return found;
}
