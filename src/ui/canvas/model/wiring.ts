/** Which ports of which nodes have wires, and where the wires come from. */

import type { GraphDocument } from '../../../../graph-schema/document.ts';
import { portKey } from '../../../base/path.ts';
import type { CheckedNode } from '../../../compiler/types.ts';

/** The wires of one node, by its ports. */
export interface NodeWires {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** What feeds each of `inputs`, as `node.port`. */
  readonly sources: readonly string[];
}

export type Wiring = ReadonlyMap<string, NodeWires>;

export const noWires: NodeWires = { inputs: [], outputs: [], sources: [] };

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, i) => name === b[i]);
const sameWires = (a: NodeWires, b: NodeWires): boolean =>
  sameNames(a.inputs, b.inputs) && sameNames(a.outputs, b.outputs) && sameNames(a.sources, b.sources);

/** `before`: the wiring of an earlier document; nodes that are wired as they were keep their object. */
export function wiringOf(edges: GraphDocument['edges'], before: Wiring = new Map()): Wiring {
  const found = new Map<string, { inputs: string[]; outputs: string[]; sources: string[] }>();
  const at = (node: string) => {
    const known = found.get(node) ?? { inputs: [], outputs: [], sources: [] };
    found.set(node, known);
    return known;
  };
  for (const { from, to } of Object.values(edges)) {
    const source = at(from.node);
    if (!source.outputs.includes(from.port)) source.outputs.push(from.port);
    const target = at(to.node);
    const input = target.inputs.indexOf(to.port);
    // Where two wires claim one input the later one is told.
    if (input >= 0) target.sources[input] = portKey(from.node, from.port);
    else {
      target.inputs.push(to.port);
      target.sources.push(portKey(from.node, from.port));
    }
  }
  return new Map(
    [...found].map(([node, wires]) => {
      const old = before.get(node);
      return [node, old && sameWires(old, wires) ? old : wires];
    }),
  );
}

/** A wire to a port that the type does not have is still drawn: the port is shown as it is named. */
export function withWiredPorts(checked: CheckedNode, wires: NodeWires): CheckedNode {
  const missing = (known: CheckedNode['inputs'], wired: readonly string[]) =>
    wired.filter((name) => !known.some((port) => port.name === name)).map((name) => ({ name }));
  const inputs = missing(checked.inputs, wires.inputs);
  const outputs = missing(checked.outputs, wires.outputs);
  if (inputs.length + outputs.length === 0) return checked;
  return { ...checked, inputs: [...checked.inputs, ...inputs], outputs: [...checked.outputs, ...outputs] };
}
