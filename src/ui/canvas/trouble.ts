/**
 * Which diagnostics concern which card and which wire, and which threads of a wire are guilty. A
 * diagnostic may name a wire, or a node and a port: the wire that ends there is then meant.
 */

import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { Severity } from '../../base/codes.ts';
import type { Diagnostic, Place } from '../../base/diagnostic.ts';
import type { Checked } from '../../compiler/types.ts';

export interface WireTrouble {
  readonly diagnostics: readonly Diagnostic[];
  /** Names of the indices that do not fit; empty when the wire as a whole is at fault. */
  readonly guilty: readonly string[];
}

export interface Trouble {
  readonly nodes: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly edges: ReadonlyMap<string, WireTrouble>;
  /** For each node below one that an error stands at, that one. Unfinished nodes count for none. */
  readonly below: ReadonlyMap<string, string>;
  /** Nodes that an error stands at. */
  readonly faulty: ReadonlySet<string>;
  /** Guilty names by node, of all wires that end at it. */
  readonly guilty: ReadonlyMap<string, readonly string[]>;
}

const rank: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

/** The gravest first; otherwise as the checker said them. */
export const byGravity = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  [...diagnostics].sort((a, b) => rank[b.severity] - rank[a.severity]);

export const untroubled: Trouble = {
  nodes: new Map(),
  edges: new Map(),
  guilty: new Map(),
  below: new Map(),
  faulty: new Set(),
};

/** The cards that a diagnostic is shown on: its own, and of a loop every one. */
const nodesOf = ({ code, node, related = [] }: Diagnostic): ReadonlySet<string> =>
  new Set(
    [node, ...(code === 'cycle' ? related.map((place) => place.node) : [])].filter((id) => id !== undefined),
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

/** `before`: the trouble of an earlier check; what is as it was keeps its object. */
export function findTrouble(
  checked: Checked,
  edges: GraphDocument['edges'],
  before: Trouble = untroubled,
): Trouble {
  if (checked.diagnostics.length === 0) return untroubled;
  const edgeOf = (place: Place): string | undefined =>
    place.edge ??
    (place.node && place.port ? endsIn(edges).wires.get(`${place.node}.${place.port}`) : undefined);

  const nodes = new Map<string, Diagnostic[]>();
  const wires = new Map<string, { diagnostics: Diagnostic[]; guilty: string[] }>();
  for (const diagnostic of checked.diagnostics) {
    for (const node of nodesOf(diagnostic)) {
      const list = nodes.get(node);
      if (list) list.push(diagnostic);
      else nodes.set(node, [diagnostic]);
    }
    for (const place of [diagnostic, ...(diagnostic.related ?? [])]) {
      const edge = edgeOf(place);
      if (edge === undefined) continue;
      const wire = wires.get(edge) ?? { diagnostics: [], guilty: [] };
      wires.set(edge, wire);
      if (!wire.diagnostics.includes(diagnostic)) wire.diagnostics.push(diagnostic);
      const axis = place.axis ?? diagnostic.axis;
      if (diagnostic.severity === 'error' && axis !== undefined) wire.guilty.push(axis);
    }
  }
  const guilty = new Map<string, readonly string[]>();
  for (const [id, wire] of wires) {
    const edge = edges[id];
    if (!edge || wire.guilty.length === 0) continue;
    for (const { node } of [edge.from, edge.to])
      guilty.set(node, [...(guilty.get(node) ?? []), ...wire.guilty]);
  }
  return {
    nodes: keepEqual(nodes, before.nodes),
    edges: keepEqual(wires, before.edges),
    guilty: keepEqual(guilty, before.guilty),
    ...belowErrors(checked.diagnostics, edges),
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
    wires.set(`${to.node}.${to.port}`, id);
    const list = readers.get(from.node);
    if (list) list.push(to.node);
    else readers.set(from.node, [to.node]);
  }
  const ends = { wires, readers };
  known.set(edges, ends);
  return ends;
}

/** Everything that reads, near or far, what a faulty node gives: its types may yet change. */
function belowErrors(
  diagnostics: readonly Diagnostic[],
  edges: GraphDocument['edges'],
): Pick<Trouble, 'below' | 'faulty'> {
  const faulty = new Map<string, string>();
  for (const diagnostic of diagnostics)
    if (diagnostic.severity === 'error' && diagnostic.code !== 'missing-input')
      for (const node of nodesOf(diagnostic)) faulty.set(node, node);
  if (faulty.size === 0) return { below: faulty, faulty: new Set() };
  const { readers } = endsIn(edges);
  const cause = new Map(faulty);
  for (const [node, source] of cause)
    for (const reader of readers.get(node) ?? []) if (!cause.has(reader)) cause.set(reader, source);
  for (const node of faulty.keys()) cause.delete(node);
  return { below: cause, faulty: new Set(faulty.keys()) };
}
