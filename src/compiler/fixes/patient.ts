/** A diagnostic with the document around it, as those see it who look for cures. */
import type { GraphDocument, GraphEdge } from '../../../graph-schema/document.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Edit, PortRef } from '../../base/edit.ts';
import type { Text } from '../../base/text.ts';
import type { Checked, ShownType } from '../types.ts';

export interface Patient {
  readonly document: GraphDocument;
  readonly checked: Checked;
  readonly diagnostic: Diagnostic;
  /** The wires that end at a node, by input. */
  wiresInto(node: string): ReadonlyMap<string, string>;
}

/** A change worth trying. */
export interface Candidate {
  /** Few of one kind are offered: four ways of the same are no choice. */
  readonly kind: string;
  readonly edits: readonly Edit[];
  /** Says what it does, with the sizes that come of it. */
  title(after: Checked): Text;
  /** Inputs that it leaves without a wire, on purpose. */
  readonly opens?: readonly PortRef[];
}

export function patientOf(document: GraphDocument, checked: Checked, diagnostic: Diagnostic): Patient {
  const into = new Map<string, Map<string, string>>();
  for (const [id, { to }] of Object.entries(document.edges)) {
    const wires = into.get(to.node) ?? new Map<string, string>();
    if (!wires.has(to.port)) wires.set(to.port, id);
    into.set(to.node, wires);
  }
  const none: ReadonlyMap<string, string> = new Map();
  return { document, checked, diagnostic, wiresInto: (node) => into.get(node) ?? none };
}

export const edgeOf = ({ document }: Patient, id: string): GraphEdge | undefined =>
  Object.hasOwn(document.edges, id) ? document.edges[id] : undefined;

/** The node at which the trouble shows. */
export const sickNode = ({ document, diagnostic: { node, edge } }: Patient): string | undefined =>
  node ?? (edge === undefined ? undefined : document.edges[edge]?.to.node);

/** Every node the diagnostic names, by itself or as the end of a wire; the place itself first. */
export function nodesInvolved(patient: Patient): string[] {
  const { diagnostic, document } = patient;
  const found = new Set<string>();
  for (const { node, edge } of [diagnostic, ...(diagnostic.related ?? [])]) {
    const wire = edge === undefined ? undefined : edgeOf(patient, edge);
    for (const id of [node, wire?.to.node, wire?.from.node])
      if (id !== undefined && Object.hasOwn(document.nodes, id)) found.add(id);
  }
  return [...found];
}

/** How far upstream a cure is looked for, in nodes. */
const horizon = 12;

/** The nodes above one, the nearest first, itself included. */
export function nodesAbove(patient: Patient, start: string): string[] {
  const found = new Set([start]);
  for (const id of found) {
    for (const edge of patient.wiresInto(id).values()) {
      const source = edgeOf(patient, edge)?.from.node;
      if (source !== undefined && found.size < horizon && Object.hasOwn(patient.document.nodes, source))
        found.add(source);
    }
  }
  return [...found];
}

/** Where a parameter may be to blame: a conflict names all that take part in it, other trouble may come from further up. */
export function suspects(patient: Patient, node: string): string[] {
  const involved = nodesInvolved(patient);
  if (patient.diagnostic.code === 'size-conflict') return involved;
  return [...new Set([...involved, ...nodesAbove(patient, node)])];
}

/** `B×12×12`. */
export const sizesText = (type: ShownType | undefined, scalar: string): string =>
  !type ? '?' : type.axes.length === 0 ? scalar : type.axes.map((a) => a.written).join('×');
