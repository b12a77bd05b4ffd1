/** Wires must end at ports that exist, and every required input needs one. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose } from '../../base/diagnostic.ts';
import type { PortRef } from '../../base/edit.ts';
import { text } from '../../base/text.ts';
import type { PortSpec } from '../../catalogue/index.ts';
import type { Inside } from '../elaborate/flat.ts';
import { nameOf, type ResolvedNode, type Wires } from './resolve.ts';
import { deleteWire, drawnInput } from './wires.ts';

const directions = { input: text('input', '输入'), output: text('output', '输出') };

export function checkPorts(
  document: GraphDocument,
  node: ResolvedNode,
  inside: Inside | undefined,
  nodeAt: (id: string) => ResolvedNode | undefined,
  /** Whether a wire that comes from nowhere ends at a port of the node. */
  hangsAt: (port: string) => boolean,
): readonly Diagnostic[] {
  let found: Diagnostic[] | undefined;
  const say = (diagnostic: Diagnostic) => {
    if (found) found.push(diagnostic);
    else found = [diagnostic];
  };
  for (const port in node.wires) {
    const { edge, from } = node.wires[port] as Wires[string];
    const source = nodeAt(from.node);
    if (!isPort(node.inputs, port))
      say(unknownPort(document, [edge], { node: node.id, port }, 'input', node.inputs));
    else if (source && !isPort(source.outputs, from.port))
      say(unknownPort(document, [edge], from, 'output', source.outputs));
  }
  for (const { name, title, optional } of node.inputs)
    if (!optional && !(name in node.wires) && !hangsAt(name)) {
      const end = drawnInput(node.id, name, inside);
      // In English a port's title and name are the same word, or nearly so; in Chinese only the title is on the card.
      const port = text(end.port, end.port === name ? (title?.zh ?? name) : end.port);
      say(diagnose('missing-input', end, { port, node: nameOf(document, end.node) }));
    }
  return found ?? none;
}

const none: readonly never[] = [];

function isPort(specs: readonly PortSpec[], name: string): boolean {
  for (const spec of specs) if (spec.name === name) return true;
  return false;
}

export function unknownPort(
  document: GraphDocument,
  edges: readonly string[],
  end: PortRef,
  direction: keyof typeof directions,
  specs: readonly PortSpec[],
): Diagnostic {
  const ports = specs.map((p) => p.name).join(', ') || '–';
  const values = {
    node: nameOf(document, end.node),
    direction: directions[direction],
    port: end.port,
    ports,
  };
  return diagnose('unknown-port', { ...end, edge: edges[0] as string }, values, {
    fixes: [deleteWire(...edges)],
  });
}
