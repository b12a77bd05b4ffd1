/**
 * Which diagnostics concern which card and which wire, and which threads of a wire are mismatched. A
 * diagnostic may name a wire, or a node and a port: the wire that ends there is then meant.
 */

import type { GraphDocument } from '../../../../graph-schema/document.ts';
import type { Severity } from '../../../base/codes.ts';
import type { Diagnostic, Place } from '../../../base/diagnostic.ts';
import { portKey } from '../../../base/path.ts';
import type { LevelView } from '../../../editor/index.ts';

export interface WireDiagnostics {
  readonly diagnostics: readonly Diagnostic[];
  /** Names of the indices that do not fit; empty when the wire as a whole is at fault. */
  readonly mismatched: readonly string[];
}

export interface DiagnosticsIndex {
  readonly nodes: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly edges: ReadonlyMap<string, WireDiagnostics>;
  /** For each node downstream of one with an error, that one. Unfinished nodes count for none. */
  readonly downstream: ReadonlyMap<string, string>;
  /** Nodes with an error of their own. */
  readonly faulty: ReadonlySet<string>;
  /** Mismatched axes by node, of all wires that end at it. */
  readonly mismatched: ReadonlyMap<string, readonly string[]>;
}

const rank: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

/** The gravest first; otherwise as the checker said them. */
export const bySeverity = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  [...diagnostics].sort((a, b) => rank[b.severity] - rank[a.severity]);

export const noDiagnostics: DiagnosticsIndex = {
  nodes: new Map(),
  edges: new Map(),
  mismatched: new Map(),
  downstream: new Map(),
  faulty: new Set(),
};

/**
 * The cards that a diagnostic is shown on: its own, and of a loop every one. What lies inside an instance is
 * shown on the instance.
 */
const nodesOf = (view: LevelView, { code, node, related = [] }: Diagnostic): ReadonlySet<string> =>
  new Set(
    [node, ...(code === 'cycle' ? related.map((place) => place.node) : [])].flatMap((path) =>
      path === undefined ? [] : (view.nodeOf(path) ?? []),
    ),
  );

/** Diagnostics come as new objects with each check; equal ones, fixes included, are taken for the same. */
function keepEqual<T>(now: ReadonlyMap<string, T>, before: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  return new Map(
    [...now].map(([id, x]) => {
      const old = before.get(id);
      return [id, old !== undefined && JSON.stringify(old) === JSON.stringify(x) ? old : x];
    }),
  );
}

/** `before`: the index of an earlier check; what is as it was keeps its object. */
export function indexDiagnostics(
  view: LevelView,
  before: DiagnosticsIndex = noDiagnostics,
): DiagnosticsIndex {
  if (view.diagnostics.length === 0) return noDiagnostics;
  const { edges } = view.graph;
  /** The wire at a place: that which is named, or that which ends at the port of a node of this level. */
  const edgeOf = ({ edge, node, port }: Place): string | undefined => {
    if (edge !== undefined) return view.edgeOf(edge);
    const here = node === undefined ? undefined : view.nodeOf(node);
    return here !== undefined && port !== undefined && view.pathOf(here) === node
      ? endsIn(edges).wires.get(portKey(here, port))
      : undefined;
  };

  const nodes = new Map<string, Diagnostic[]>();
  const wires = new Map<string, { diagnostics: Diagnostic[]; mismatched: string[] }>();
  for (const diagnostic of view.diagnostics) {
    for (const node of nodesOf(view, diagnostic)) {
      const list = nodes.get(node);
      if (list) list.push(diagnostic);
      else nodes.set(node, [diagnostic]);
    }
    for (const place of [diagnostic, ...(diagnostic.related ?? [])]) {
      const edge = edgeOf(place);
      if (edge === undefined) continue;
      const wire = wires.get(edge) ?? { diagnostics: [], mismatched: [] };
      wires.set(edge, wire);
      if (!wire.diagnostics.includes(diagnostic)) wire.diagnostics.push(diagnostic);
      const axis = place.axis ?? diagnostic.axis;
      if (diagnostic.severity === 'error' && axis !== undefined) wire.mismatched.push(axis);
    }
  }
  const mismatched = new Map<string, readonly string[]>();
  for (const [id, wire] of wires) {
    const edge = edges[id];
    if (!edge || wire.mismatched.length === 0) continue;
    for (const { node } of [edge.from, edge.to])
      mismatched.set(node, [...(mismatched.get(node) ?? []), ...wire.mismatched]);
  }
  return {
    nodes: keepEqual(nodes, before.nodes),
    edges: keepEqual(wires, before.edges),
    mismatched: keepEqual(mismatched, before.mismatched),
    ...downstreamOfErrors(view),
  };
}

interface Ends {
  /** The wire that ends at an input, by `node.port`. */
  readonly wires: ReadonlyMap<string, string>;
  /** The nodes that read what a node gives. */
  readonly readers: ReadonlyMap<string, readonly string[]>;
}

const known = new WeakMap<GraphDocument['edges'], Ends>();

/** Gathered once for as long as no wire changes. */
function endsIn(edges: GraphDocument['edges']): Ends {
  const there = known.get(edges);
  if (there) return there;
  const wires = new Map<string, string>();
  const readers = new Map<string, string[]>();
  for (const [id, { from, to }] of Object.entries(edges)) {
    wires.set(portKey(to.node, to.port), id);
    const list = readers.get(from.node);
    if (list) list.push(to.node);
    else readers.set(from.node, [to.node]);
  }
  const ends = { wires, readers };
  known.set(edges, ends);
  return ends;
}

/** Everything that reads, near or far, what a faulty node gives: its types may yet change. */
function downstreamOfErrors(view: LevelView): Pick<DiagnosticsIndex, 'downstream' | 'faulty'> {
  const faulty = new Map<string, string>();
  for (const diagnostic of view.diagnostics)
    if (diagnostic.severity === 'error' && diagnostic.code !== 'missing-input')
      for (const node of nodesOf(view, diagnostic)) faulty.set(node, node);
  if (faulty.size === 0) return { downstream: faulty, faulty: new Set() };
  const { readers } = endsIn(view.graph.edges);
  const cause = new Map(faulty);
  for (const [node, source] of cause)
    for (const reader of readers.get(node) ?? []) if (!cause.has(reader)) cause.set(reader, source);
  for (const node of faulty.keys()) cause.delete(node);
  return { downstream: cause, faulty: new Set(faulty.keys()) };
}
