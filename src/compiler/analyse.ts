/** All that lowering needs to know of a document: what can be computed as it is, and the type of everything. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import { isError } from '../base/diagnostic.ts';
import type { PathText } from '../base/path.ts';
import type { BoundType } from '../catalogue/define.ts';
import type { TensorType } from '../tensor/axis.ts';
import { Checker } from './check/checker.ts';
import { isHandedOn } from './check/order.ts';

export interface Analysis extends ReturnType<Checker['knowledge']> {
  /** Nodes that no error stands at and whose inputs are all sound. */
  readonly sound: ReadonlySet<PathText>;
}

export function analyse(document: GraphDocument): Analysis {
  const checker = new Checker();
  checker.check(document);
  const knowledge = checker.knowledge();
  const { order, flat, isLooped, diagnostics, node, inferred, hasError } = knowledge;
  const faulty = new Set(diagnostics.filter(isError).map((d) => d.node));
  const sound = new Set<PathText>();
  const isSoundAlone = (id: PathText) =>
    node(id) !== undefined && inferred(id) !== undefined && !(hasError(id) || faulty.has(id) || isLooped(id));
  /** Whether a value can be computed: a node that hands it on must be as sound as the one that makes it. */
  const isMade = (id: PathText): boolean => {
    if (flat.inside(id)?.port === undefined) return sound.has(id);
    const given = Object.entries(node(id)?.wires ?? {}).find(([port]) => isHandedOn(port))?.[1].from.node;
    return isSoundAlone(id) && given !== undefined && isMade(given);
  };
  for (const id of order)
    if (isSoundAlone(id) && Object.values(node(id)?.wires ?? {}).every((wire) => isMade(wire.from.node)))
      sound.add(id);
  return { ...knowledge, sound };
}

/** A type with numbers for its sizes, under these sizes of the document's symbols. */
export function bind(type: TensorType, { sizes }: Analysis, dims: ReadonlyMap<string, number>): BoundType {
  return {
    axes: type.axes.map((axis) => {
      const size = sizes.boundBy(axis, dims);
      if (size === undefined)
        throw new Error(`internal: the size of ${axis.name} is open in a graph that passed the check`);
      return { name: axis.name, size };
    }),
  };
}
