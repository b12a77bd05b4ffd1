/**
 * Where a size came from. Nodes hand sizes on as the objects they are, so a size is followed upwards
 * as long as it stands on an input; where it does not, the node itself stated it. A size that the
 * graph solved for is followed on through the statement that told it.
 */
import type { Place } from '../../base/diagnostic.ts';
import type { Axis } from '../../tensor/axis.ts';
import type { Entry } from './entry.ts';
import type { PortTypes } from './infer-node.ts';
import type { Solver } from './solver.ts';

export interface Origin {
  /** The node and axis that stated the size. */
  readonly place: Place;
  /** The wires that carry it from there, the last first. */
  readonly way: readonly Place[];
}

interface Graph {
  readonly solver: Solver;
  entry(id: string): Entry | undefined;
}

/** The origin of an axis that is spoken of at a node. */
export function trace(at: Place, spoken: Axis, graph: Graph): Origin {
  const way: Place[] = [];
  const passed = new Set<string>();
  let [place, axis]: [Place, Axis] = [{ node: at.node as string, axis: spoken.name }, spoken];
  for (;;) {
    const up = climb(place, axis, graph, way);
    const [term] = up.axis.size.terms;
    const [atom] = term?.atoms ?? [];
    const isAlone = up.axis.size.terms.length === 1 && term?.atoms.length === 1 && atom?.kind === 'unknown';
    const told = isAlone && !passed.has(atom.id) ? graph.solver.told(atom.id) : undefined;
    if (!isAlone || !told) return { place: up.place, way };
    passed.add(atom.id);
    [place, axis] = [{ node: told.statement.where.node as string, axis: told.by.name }, told.by];
  }
}

/** Follows an axis against the wires to the node that made it. */
function climb(start: Place, spoken: Axis, graph: Graph, way: Place[]): { place: Place; axis: Axis } {
  let [place, axis] = [start, spoken];
  for (;;) {
    const entry = graph.entry(place.node as string);
    const found = entry && find(entry.lastInferred?.inputs ?? {}, axis);
    const wire = found && entry.wires[found.port];
    const source = wire && graph.entry(wire.from.node);
    const above = source?.lastInferred?.outputs[wire?.from.port ?? '']?.axes[found?.index ?? 0];
    if (!wire || !above) return { place, axis };
    way.push({ edge: wire.edge, axis: above.name });
    place = { node: wire.from.node, port: wire.from.port, axis: above.name };
    axis = above;
  }
}

/** The input axis that has this very size, one of the same name first. */
function find(inputs: PortTypes, axis: Axis): { port: string; index: number } | undefined {
  let found: { port: string; index: number } | undefined;
  for (const port of Object.keys(inputs))
    for (const [index, other] of (inputs[port]?.axes ?? []).entries()) {
      if (other.size !== axis.size) continue;
      if (other.name === axis.name) return { port, index };
      found ??= { port, index };
    }
  return found;
}
