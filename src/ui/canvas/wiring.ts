/** Which ports of which nodes have wires, and where the wires come from. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { CheckedNode } from '../../compiler/types.ts';

export interface Wiring {
  readonly inputs: Map<string, string[]>;
  readonly outputs: Map<string, string[]>;
  readonly sources: Map<string, string>;
}

export function wiringOf(edges: GraphDocument['edges']): Wiring {
  const wiring: Wiring = { inputs: new Map(), outputs: new Map(), sources: new Map() };
  const add = (map: Map<string, string[]>, node: string, port: string) => {
    const ports = map.get(node);
    if (!ports) map.set(node, [port]);
    else if (!ports.includes(port)) ports.push(port);
  };
  for (const { from, to } of Object.values(edges)) {
    add(wiring.outputs, from.node, from.port);
    add(wiring.inputs, to.node, to.port);
    wiring.sources.set(`${to.node}.${to.port}`, `${from.node}.${from.port}`);
  }
  return wiring;
}

/** A wire to a port that the type does not have is still drawn: the port is shown as it is named. */
export function withWiredPorts(checked: CheckedNode, wiring: Wiring, id: string): CheckedNode {
  const missing = (known: CheckedNode['inputs'], wired: readonly string[] = []) =>
    wired.filter((name) => !known.some((port) => port.name === name)).map((name) => ({ name }));
  const inputs = missing(checked.inputs, wiring.inputs.get(id));
  const outputs = missing(checked.outputs, wiring.outputs.get(id));
  if (inputs.length + outputs.length === 0) return checked;
  return { ...checked, inputs: [...checked.inputs, ...inputs], outputs: [...checked.outputs, ...outputs] };
}
