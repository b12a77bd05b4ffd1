/**
 * Where a size came from. A size is followed upwards for as long as nodes hand it on from an input; where
 * one does not, that node itself stated it. A size that the graph solved for is followed on through the
 * statement that told it.
 */
import type { Place } from '../../base/diagnostic.ts';
import type { Axis } from '../../tensor/axis.ts';
import type { Statement } from '../../tensor/unify.ts';
import type { Provenance } from './inferred.ts';
import type { Incoming, NodeState } from './node-state.ts';
import type { Solver } from './solver.ts';

const none: readonly never[] = [];

export interface Origin {
  /** The node and axis that stated the size. */
  readonly place: Place;
  /** The wires that carry it from there, the last first. */
  readonly way: readonly Place[];
}

export type Side = 'left' | 'right';

interface Graph {
  readonly solver: Pick<Solver, 'told'>;
  state(id: string): NodeState | undefined;
  provenance(state: NodeState): Provenance | undefined;
}

/** The origin of an axis that a statement speaks of. */
export function trace(stated: Statement, side: Side, graph: Graph): Origin {
  const way: Place[] = [];
  const passed = new Set<string>();
  let [statement, spoken] = [stated, side];
  for (;;) {
    const up = climb(statement, spoken, graph, way);
    const [term] = up.axis.size.terms;
    const [atom] = term?.atoms ?? [];
    const isAlone = up.axis.size.terms.length === 1 && term?.atoms.length === 1 && atom?.kind === 'unknown';
    const told = isAlone && !passed.has(atom.id) ? graph.solver.told(atom.id) : undefined;
    // A size that was computed, as the quotient of another, comes from where it was.
    if (!isAlone || !told || !isEquality(told)) return { place: up.place, way };
    passed.add(atom.id);
    [statement, spoken] = [told.statement, told.statement.left === told.by ? 'left' : 'right'];
  }
}

/** Whether an unknown was told its size by a statement that it is that very size. */
const isEquality = ({ statement, by }: NonNullable<ReturnType<Solver['told']>>): boolean => {
  const [term, ...more] = (statement.left === by ? statement.right : statement.left).size.terms;
  return more.length === 0 && term?.coefficient === 1 && term.atoms.length === 1;
};

/** Follows an axis that is spoken of against the wires to the node that made it. */
function climb(statement: Statement, side: Side, graph: Graph, way: Place[]): { place: Place; axis: Axis } {
  const { node } = statement.where;
  const start = graph.state(node as string);
  const index = start?.lastInferred?.statements.indexOf(statement) ?? -1;
  let axis = statement[side];
  let from = start && graph.provenance(start)?.statements[index]?.[side];
  let reached: Incoming | undefined;
  for (let state = start; state && from; ) {
    const wire = wireAt(state, from.port);
    const above: Axis | undefined = wire?.source.lastInferred?.outputs[wire.output]?.axes[from.index];
    if (!wire || !above) break;
    way.push({ edge: wire.edge, axis: above.name });
    from = graph.provenance(wire.source)?.outputs[wire.output]?.[from.index];
    [state, axis, reached] = [wire.source, above, wire];
  }
  const at = reached ? { node: reached.source.id, port: reached.output } : { node: node as string };
  return { place: { ...at, axis: axis.name }, axis };
}

function wireAt({ reads }: NodeState, port: string): Incoming | undefined {
  for (const wire of reads ?? none) if (wire.port === port) return wire;
  return undefined;
}
