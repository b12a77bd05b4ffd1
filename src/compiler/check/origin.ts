/**
 * Where a size came from. Nodes hand sizes on as the objects they are, so a size is followed upwards
 * as long as it stands on an input; where it does not, the node itself stated it. A size that the
 * graph solved for is followed on through the statement that told it.
 */
import type { Place } from '../../base/diagnostic.ts';
import type { Axis } from '../../tensor/axis.ts';
import type { Incoming, NodeState } from './node-state.ts';
import type { Solver } from './solver.ts';

export interface Origin {
  /** The node and axis that stated the size. */
  readonly place: Place;
  /** The wires that carry it from there, the last first. */
  readonly way: readonly Place[];
}

interface Graph {
  readonly solver: Pick<Solver, 'told'>;
  state(id: string): NodeState | undefined;
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
    // A size that was computed, as the quotient of another, comes from where it was.
    if (!isAlone || !told || !isEquality(told)) return { place: up.place, way };
    passed.add(atom.id);
    [place, axis] = [{ node: told.statement.where.node as string, axis: told.by.name }, told.by];
  }
}

/** Whether an unknown was told its size by a statement that it is that very size. */
const isEquality = ({ statement, by }: NonNullable<ReturnType<Solver['told']>>): boolean => {
  const [term, ...more] = (statement.left === by ? statement.right : statement.left).size.terms;
  return more.length === 0 && term?.coefficient === 1 && term.atoms.length === 1;
};

/** Follows an axis against the wires to the node that made it. */
function climb(start: Place, spoken: Axis, graph: Graph, way: Place[]): { place: Place; axis: Axis } {
  let [place, axis] = [start, spoken];
  let state = graph.state(start.node as string);
  while (state) {
    // Of several inputs that have this very size, one on which it has the same name.
    const { name, size } = axis;
    const found =
      wireWith(state, (other) => other.size === size && other.name === name) ??
      wireWith(state, (other) => other.size === size);
    const above = found?.wire.source.lastInferred?.outputs[found.wire.output]?.axes[found.index];
    if (!found || !above) break;
    const { source, edge, output } = found.wire;
    way.push({ edge, axis: above.name });
    place = { node: source.id, port: output, axis: above.name };
    [state, axis] = [source, above];
  }
  return { place, axis };
}

/** The first wire that brings an axis of this kind. */
function wireWith(
  { reads, lastInferred }: NodeState,
  isIt: (axis: Axis) => boolean,
): { wire: Incoming; index: number } | undefined {
  for (const wire of reads ?? []) {
    const index = lastInferred?.inputs[wire.port]?.axes.findIndex(isIt) ?? -1;
    if (index >= 0) return { wire, index };
  }
  return undefined;
}
