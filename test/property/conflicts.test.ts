/** A reported conflict names what it takes: without any one of its nodes and wires, that conflict is gone. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { check } from '../../src/compiler/index.ts';
import { conflicting } from '../support/random-graphs.ts';

const conflictsOf = (graph: GraphDocument): Diagnostic[] =>
  check(graph).diagnostics.filter((d) => d.code === 'size-conflict');

/** Nodes and wires by name: `node a`, `wire e1`. */
function elementsOf({ node, edge, related = [] }: Diagnostic): Set<string> {
  const places = [{ node }, { edge }, ...related];
  return new Set(
    places.flatMap((place) =>
      'edge' in place && place.edge !== undefined
        ? [`wire ${place.edge}`]
        : 'node' in place && place.node !== undefined
          ? [`node ${place.node}`]
          : [],
    ),
  );
}

function without(graph: GraphDocument, element: string): GraphDocument {
  const [kind, id = ''] = element.split(' ');
  const edges = Object.entries(graph.edges).filter(([edge, { from, to }]) =>
    kind === 'wire' ? edge !== id : from.node !== id && to.node !== id,
  );
  const nodes = Object.entries(graph.nodes).filter(([node]) => kind === 'wire' || node !== id);
  return { ...graph, nodes: Object.fromEntries(nodes), edges: Object.fromEntries(edges) };
}

describe('conflicts', () => {
  it('are gone without any one of the nodes and wires that take part', () => {
    let told = 0;
    fc.assert(
      fc.property(conflicting, (graph) => {
        for (const conflict of conflictsOf(graph)) {
          const core = elementsOf(conflict);
          for (const element of core) {
            told++;
            // A conflict that remains must need something that this one did not.
            for (const other of conflictsOf(without(graph, element)))
              expect([...elementsOf(other)].every((e) => core.has(e) && e !== element)).toBe(false);
          }
        }
      }),
      { numRuns: 200, endOnFailure: true },
    );
    expect(told).toBeGreaterThan(200);
  });

  it('are each told once, with both sizes and both origins', () => {
    fc.assert(
      fc.property(conflicting, (graph) => {
        const conflicts = conflictsOf(graph);
        const places = conflicts.map((d) => [d.node, d.port, d.axis, d.message.en].join(' '));
        expect(new Set(places).size).toBe(places.length);
        for (const { values = {} } of conflicts) expect(values.left).not.toBe(values.right);
      }),
      { numRuns: 200, endOnFailure: true },
    );
  });
});
