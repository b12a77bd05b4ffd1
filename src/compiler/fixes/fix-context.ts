/** What the search for fixes reads: a diagnostic, and the document around it. */
import type { GraphDocument, GraphEdge, GraphNode } from '../../../graph-schema/document.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Edit, PortRef } from '../../base/edit.ts';
import { escapeId, type NodePath, type PathText, showPath } from '../../base/path.ts';
import type { Text } from '../../base/text.ts';
import { elaboratedPath, levelAt, locate } from '../../document/levels.ts';
import type { Checked, ShownType } from '../types.ts';

/** The drawing of one level: its nodes and wires under their paths, and what these begin with. */
export interface FixLevel {
  readonly nodes: Readonly<Record<PathText, GraphNode>>;
  readonly edges: Readonly<Record<PathText, GraphEdge>>;
  readonly prefix: PathText;
}

export interface FixContext {
  readonly document: GraphDocument;
  /** The level that is looked at. */
  readonly graph: FixLevel;
  readonly checked: Checked;
  readonly diagnostic: Diagnostic;
  /** The wires that end at a node, by input. */
  wiresInto(node: string): ReadonlyMap<string, string>;
}

/** A change worth trying. */
export interface FixCandidate {
  /** At most a few of one kind are offered: see perKind in index.ts. */
  readonly kind: string;
  readonly edits: readonly Edit[];
  /** Says what it does, with the sizes that come of it. */
  title(after: Checked): Text;
  /** Inputs that it leaves without a wire, on purpose. */
  readonly opens?: readonly PortRef[];
}

/** The levels that a diagnostic speaks of, its own first: each is a drawing that can be changed. */
export function levelsInvolved(document: GraphDocument, diagnostic: Diagnostic): NodePath[] {
  const places = [diagnostic, ...(diagnostic.related ?? [])];
  const ways = places.flatMap(({ node, edge }) => {
    const path = node ?? edge;
    return path === undefined ? [] : [locate(document, path).way];
  });
  return [...new Map([...ways, []].map((way) => [showPath(way), way])).values()];
}

/** The drawing at a level, its nodes and wires under their paths. */
function drawingAt(document: GraphDocument, way: NodePath): FixLevel {
  const { nodes, edges } = levelAt(document, way)?.graph ?? document;
  const prefix = way.length === 0 ? '' : `${showPath(elaboratedPath(document, way))}/`;
  const isPlain =
    prefix === '' && ![...Object.keys(nodes), ...Object.keys(edges)].some((id) => /[~/]/.test(id));
  if (isPlain) return { nodes, edges, prefix };
  const pathOf = (id: string) => prefix + escapeId(id);
  const end = (port: GraphEdge['from']): GraphEdge['from'] => ({ ...port, node: pathOf(port.node) });
  const underPaths = <T>(record: Readonly<Record<string, T>>): Record<PathText, T> =>
    Object.fromEntries(Object.entries(record).map(([id, value]) => [pathOf(id), value]));
  const drawn = Object.entries(underPaths(edges));
  return {
    nodes: underPaths(nodes),
    edges: Object.fromEntries(drawn.map(([path, { from, to }]) => [path, { from: end(from), to: end(to) }])),
    prefix,
  };
}

export function createFixContext(
  document: GraphDocument,
  checked: Checked,
  diagnostic: Diagnostic,
  way: NodePath,
): FixContext {
  const graph = drawingAt(document, way);
  const into = new Map<string, Map<string, string>>();
  for (const [id, { to }] of Object.entries(graph.edges)) {
    const wires = into.get(to.node) ?? new Map<string, string>();
    if (!wires.has(to.port)) wires.set(to.port, id);
    into.set(to.node, wires);
  }
  const none: ReadonlyMap<string, string> = new Map();
  return { document, graph, checked, diagnostic, wiresInto: (node) => into.get(node) ?? none };
}

export const edgeOf = ({ graph }: FixContext, path: PathText): GraphEdge | undefined =>
  Object.hasOwn(graph.edges, path) ? graph.edges[path] : undefined;

/** The node at which the diagnostic stands; on a level above, the use of a block that it stands in. */
export function faultyNode({ graph, diagnostic: { node, edge } }: FixContext): PathText | undefined {
  const path = node ?? (edge === undefined ? undefined : graph.edges[edge]?.to.node);
  if (path === undefined || Object.hasOwn(graph.nodes, path)) return path;
  const [first = ''] = path.startsWith(graph.prefix) ? path.slice(graph.prefix.length).split('/') : [];
  const use = graph.prefix + first;
  return Object.hasOwn(graph.nodes, use) ? use : path;
}

/** Every node the diagnostic names, by itself or as the end of a wire; the place itself first. */
export function nodesInvolved(context: FixContext): string[] {
  const { diagnostic, graph } = context;
  const found = new Set<string>();
  for (const { node, edge } of [diagnostic, ...(diagnostic.related ?? [])]) {
    const wire = edge === undefined ? undefined : edgeOf(context, edge);
    for (const id of [node, wire?.to.node, wire?.from.node])
      if (id !== undefined && Object.hasOwn(graph.nodes, id)) found.add(id);
  }
  return [...found];
}

/** How far upstream a remedy is looked for, in nodes. */
const horizon = 12;

/** The nodes upstream of one, the nearest first, itself included. */
export function nodesUpstream(context: FixContext, start: string): string[] {
  const found = new Set([start]);
  for (const id of found) {
    for (const edge of context.wiresInto(id).values()) {
      const source = edgeOf(context, edge)?.from.node;
      if (source !== undefined && found.size < horizon && Object.hasOwn(context.graph.nodes, source))
        found.add(source);
    }
  }
  return [...found];
}

/** Where a parameter may be to blame: a conflict names all that take part in it, any other may come from further upstream. */
export function suspects(context: FixContext, node: string): string[] {
  const involved = nodesInvolved(context);
  if (context.diagnostic.code === 'size-conflict') return involved;
  return [...new Set([...involved, ...nodesUpstream(context, node)])];
}

/** `B×12×12`. */
export const sizesText = (type: ShownType | undefined, scalar: string): string =>
  !type ? '?' : type.axes.length === 0 ? scalar : type.axes.map((a) => a.written).join('×');
