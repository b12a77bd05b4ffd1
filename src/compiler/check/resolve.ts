/** A node by itself: which type it has, whether its parameters can be read, which ports they give it. */
import type { GraphDocument, GraphNode } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose } from '../../base/diagnostic.ts';
import type { PortRef } from '../../base/edit.ts';
import { nearest } from '../../base/nearest.ts';
import { type Text, text } from '../../base/text.ts';
import { validate } from '../../base/validate.ts';
import { type AnyNodeDefinition, catalogue, findNodeType, type PortSpec } from '../../catalogue/index.ts';
import { unknownParams } from './unknown-params.ts';

/** The wire on each input that has one. */
export type Wires = Readonly<Record<string, { readonly edge: string; readonly from: PortRef }>>;

export interface ResolvedNode {
  readonly id: string;
  readonly definition: AnyNodeDefinition;
  /** Parsed, defaults filled in. */
  readonly params: unknown;
  readonly inputs: readonly PortSpec[];
  readonly outputs: readonly PortSpec[];
  readonly wires: Wires;
}

/** “Linear ‘hidden’”: how messages call a node. */
export function nameOf(document: GraphDocument, id: string): Text {
  const node = document.nodes[id];
  const title = node && findNodeType(node.type)?.title;
  const label = node?.label ?? id;
  return title ? text(`${title.en} “${label}”`, `${title.zh}“${label}”`) : text(`“${label}”`, `“${label}”`);
}

export function resolveNode(
  id: string,
  node: GraphNode,
  wires: Wires,
  /** The node as it was before: what is read anew only where it was written anew. */
  before?: { readonly node: GraphNode; readonly resolved: ResolvedNode | undefined },
): { resolved?: ResolvedNode; diagnostics: readonly Diagnostic[] } {
  const isSame = before?.node.type === node.type && before.node.params === node.params;
  const known = isSame ? before.resolved : undefined;
  const read = known ?? readParams(id, node);
  if ('diagnostics' in read) return read;
  const { definition, params } = read;
  const ports = (specs: AnyNodeDefinition['inputs'], old: readonly PortSpec[] | undefined) => {
    const fresh = typeof specs === 'function' ? specs({ params, wired: Object.keys(wires) }) : specs;
    return old && samePorts(fresh, old) ? old : fresh;
  };
  const inputs = ports(definition.inputs, before?.resolved?.inputs);
  const outputs = ports(definition.outputs, before?.resolved?.outputs);
  const resolved = { id, definition, params, inputs, outputs, wires };
  return { resolved, diagnostics: unknownParams(id, definition, node.params) };
}

const samePorts = (a: readonly PortSpec[], b: readonly PortSpec[]): boolean =>
  a === b ||
  (a.length === b.length &&
    a.every((p, i) => {
      const q = b[i] as PortSpec;
      return p.name === q.name && p.optional === q.optional && p.title === q.title;
    }));

/** Which type a node has, and its parameters with their defaults. */
function readParams(
  id: string,
  node: GraphNode,
): Pick<ResolvedNode, 'definition' | 'params'> | { diagnostics: readonly Diagnostic[] } {
  const definition = findNodeType(node.type);
  if (!definition) {
    const near = nearestType(node.type);
    const suggestion = near === undefined ? '' : `: ${near}?`;
    return { diagnostics: [diagnose('unknown-type', { node: id }, { type: node.type, suggestion })] };
  }
  const read = validate(definition.params, node.params);
  if ('value' in read) return { definition, params: read.value };
  const diagnostics = read.faults.map(({ path, detail }) => {
    const param = String(path[0] ?? '');
    return diagnose('bad-param', { node: id, param }, { param: path.join('.') || 'params', detail });
  });
  return { diagnostics };
}

/** The node type whose name is closest to a mistyped one, when it is close. */
export const nearestType = (type: string): string | undefined =>
  nearest(
    type,
    catalogue.map((d) => ({ name: d.type, also: [d.title.en, d.title.zh] })),
  );
