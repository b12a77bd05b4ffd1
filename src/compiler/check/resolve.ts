/** A node by itself: which type it has, whether its parameters can be read, which ports they give it. */
import type { GraphDocument, GraphNode } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose } from '../../base/diagnostic.ts';
import type { PortRef } from '../../base/edit.ts';
import { nearest } from '../../base/nearest.ts';
import type { PathText } from '../../base/path.ts';
import { type Text, text } from '../../base/text.ts';
import { BLOCK, BLOCK_INPUT, BLOCK_OUTPUT, flatPorts } from '../../catalogue/block.ts';
import { type AnyNodeDefinition, catalogue, type PortSpec, registryOf } from '../../catalogue/index.ts';
import type { Registry } from '../../catalogue/registry.ts';
import { nodeAt } from '../../document/levels.ts';
import type { Inside } from '../elaborate/flat.ts';
import type { NodeKind, NodeKinds } from './node-kinds.ts';
import { unknownParams } from './unknown-params.ts';

const none: readonly never[] = [];

/** Types that mean something inside a block only, or stand for one. */
const isForBlocks = ({ type }: GraphNode): boolean =>
  type === BLOCK || type === BLOCK_INPUT || type === BLOCK_OUTPUT;

/** The wire on each input that has one. */
export type Wires = Readonly<Record<string, { readonly edge: string; readonly from: PortRef }>>;

export interface ResolvedNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly definition: AnyNodeDefinition;
  /** Parsed, defaults filled in. */
  readonly params: unknown;
  readonly inputs: readonly PortSpec[];
  readonly outputs: readonly PortSpec[];
  readonly wires: Wires;
}

/** “Linear ‘hidden’”: how messages call a node. */
export function nameOf(document: GraphDocument, id: PathText): Text {
  const node = nodeAt(document, id);
  const title = node && registryOf(document).of(node)?.title;
  // Inside blocks labels are many times the same: the path tells nodes apart.
  const label = (id.includes('/') ? undefined : node?.label) ?? id;
  return title ? text(`${title.en} “${label}”`, `${title.zh}“${label}”`) : text(`“${label}”`, `“${label}”`);
}

export function resolveNode(
  id: string,
  node: GraphNode,
  wires: Wires,
  registry: Registry,
  kinds: NodeKinds,
  inside: Inside | undefined,
  /** The node as it was before: what is read anew only where it was written anew. */
  before?: { readonly node: GraphNode; readonly resolved: ResolvedNode | undefined },
): { resolved?: ResolvedNode; diagnostics: readonly Diagnostic[] } {
  const isSame = before?.node.type === node.type && before.node.params === node.params;
  const definition = definitionOf(node, registry, inside);
  const known = isSame && before.resolved?.definition === definition ? before.resolved : undefined;
  const kind = known?.kind ?? readKind(id, node, definition, kinds);
  if ('diagnostics' in kind) return kind;
  const { definition: type, params } = kind;
  const ports = (specs: AnyNodeDefinition['inputs'], old: readonly PortSpec[] | undefined) => {
    const fresh = typeof specs === 'function' ? specs({ params, wired: Object.keys(wires) }) : specs;
    return old && samePorts(fresh, old) ? old : fresh;
  };
  const inputs = ports(type.inputs, before?.resolved?.inputs);
  const outputs = ports(type.outputs, before?.resolved?.outputs);
  const resolved = { id, kind, definition: type, params, inputs, outputs, wires };
  return { resolved, diagnostics: unknownParams(id, type, node.params) };
}

/** What a node of the flat graph is. One of type block is one that could not be replaced. */
function definitionOf(
  node: GraphNode,
  registry: Registry,
  inside: Inside | undefined,
): AnyNodeDefinition | undefined {
  if (inside?.port) return flatPorts[inside.port.kind];
  return isForBlocks(node) ? undefined : registry.of(node);
}

/** Whether two lists of ports are the same to those who draw and wire them. */
export const samePorts = (a: readonly PortSpec[], b: readonly PortSpec[]): boolean =>
  a === b ||
  (a.length === b.length &&
    a.every((p, i) => {
      const q = b[i] as PortSpec;
      return p.name === q.name && p.optional === q.optional && p.title === q.title && p.meaning === q.meaning;
    }));

/** Which type a node has, and its parameters with their defaults. */
function readKind(
  id: string,
  node: GraphNode,
  definition: AnyNodeDefinition | undefined,
  kinds: NodeKinds,
): NodeKind | { diagnostics: readonly Diagnostic[] } {
  // Why it could not be replaced is told by the elaboration.
  if (node.type === BLOCK) return { diagnostics: none };
  if (!definition && isForBlocks(node)) {
    const name = text(`“${id}”`, `“${id}”`);
    const title = text(`Delete ${name.en}`, `删除${name.zh}`);
    const fixes = [{ title, edits: [{ edit: 'removeNode', node: id } as const] }];
    return { diagnostics: [diagnose('block-port-outside', { node: id }, { node: name }, { fixes })] };
  }
  if (!definition) {
    const near = nearestType(node.type);
    const suggestion = near === undefined ? '' : `: ${near}?`;
    return { diagnostics: [diagnose('unknown-type', { node: id }, { type: node.type, suggestion })] };
  }
  const read = kinds.read(definition, node.params);
  if (!('faults' in read)) return read;
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
