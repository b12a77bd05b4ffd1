/** What the search for fixes reads: a diagnostic, and the document around it. */
import type { GraphDocument, GraphEdge } from '../../../graph-schema/document.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Edit, PortRef } from '../../base/edit.ts';
import type { Text } from '../../base/text.ts';
import type { Checked, ShownType } from '../types.ts';

export interface FixContext {
  readonly document: GraphDocument;
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

export function createFixContext(
  document: GraphDocument,
  checked: Checked,
  diagnostic: Diagnostic,
): FixContext {
  const into = new Map<string, Map<string, string>>();
  for (const [id, { to }] of Object.entries(document.edges)) {
    const wires = into.get(to.node) ?? new Map<string, string>();
    if (!wires.has(to.port)) wires.set(to.port, id);
    into.set(to.node, wires);
  }
  const none: ReadonlyMap<string, string> = new Map();
  return { document, checked, diagnostic, wiresInto: (node) => into.get(node) ?? none };
}

export const edgeOf = ({ document }: FixContext, id: string): GraphEdge | undefined =>
  Object.hasOwn(document.edges, id) ? document.edges[id] : undefined;

/** The node at which the diagnostic stands. */
export const faultyNode = ({ document, diagnostic: { node, edge } }: FixContext): string | undefined =>
  node ?? (edge === undefined ? undefined : document.edges[edge]?.to.node);

/** Every node the diagnostic names, by itself or as the end of a wire; the place itself first. */
export function nodesInvolved(context: FixContext): string[] {
  const { diagnostic, document } = context;
  const found = new Set<string>();
  for (const { node, edge } of [diagnostic, ...(diagnostic.related ?? [])]) {
    const wire = edge === undefined ? undefined : edgeOf(context, edge);
    for (const id of [node, wire?.to.node, wire?.from.node])
      if (id !== undefined && Object.hasOwn(document.nodes, id)) found.add(id);
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
      if (source !== undefined && found.size < horizon && Object.hasOwn(context.document.nodes, source))
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
