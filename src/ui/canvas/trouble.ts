/**
 * Which diagnostics concern which card and which wire, and which threads of a wire are guilty. A
 * diagnostic may name a wire, or a node and a port: the wire that ends there is then meant.
 */

import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { Diagnostic, Place, Severity } from '../../base/diagnostic.ts';
import type { Checked } from '../../compiler/types.ts';

export interface WireTrouble {
  readonly diagnostics: readonly Diagnostic[];
  /** Names of the indices that do not fit; empty when the wire as a whole is at fault. */
  readonly guilty: readonly string[];
}

export interface Trouble {
  readonly nodes: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly edges: ReadonlyMap<string, WireTrouble>;
  /** Guilty names by node, of all wires that end at it. */
  readonly guilty: ReadonlyMap<string, readonly string[]>;
}

const rank: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

/** The gravest first; otherwise as the checker said them. */
export const byGravity = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  [...diagnostics].sort((a, b) => rank[b.severity] - rank[a.severity]);

export function findTrouble(checked: Checked, edges: GraphDocument['edges']): Trouble {
  const atInput = new Map(Object.entries(edges).map(([id, { to }]) => [`${to.node}.${to.port}`, id]));
  const edgeOf = (place: Place): string | undefined =>
    place.edge ?? (place.node && place.port ? atInput.get(`${place.node}.${place.port}`) : undefined);

  const nodes = new Map<string, Diagnostic[]>();
  const wires = new Map<string, { diagnostics: Diagnostic[]; guilty: string[] }>();
  for (const diagnostic of checked.diagnostics) {
    if (diagnostic.node !== undefined) {
      const list = nodes.get(diagnostic.node);
      if (list) list.push(diagnostic);
      else nodes.set(diagnostic.node, [diagnostic]);
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
  return { nodes, edges: wires, guilty };
}
