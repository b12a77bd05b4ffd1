/** All that lowering needs to know of a document: what can be computed as it is, and the type of everything. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import { isError } from '../base/diagnostic.ts';
import type { BoundType } from '../catalogue/define.ts';
import type { TensorType } from '../tensor/axis.ts';
import { Checker } from './check/checker.ts';

export interface Analysis extends ReturnType<Checker['knowledge']> {
  /** Nodes that no error stands at and whose inputs are all sound. */
  readonly sound: ReadonlySet<string>;
}

export function analyse(document: GraphDocument): Analysis {
  const checker = new Checker();
  checker.check(document);
  const knowledge = checker.knowledge();
  const { order, looped, diagnostics, node, inferred, hasError } = knowledge;
  const faulty = new Set(diagnostics.filter(isError).map((d) => d.node));
  const sound = new Set<string>();
  for (const id of order) {
    const resolved = node(id);
    if (!resolved || !inferred(id) || hasError(id) || faulty.has(id) || looped.has(id)) continue;
    if (Object.values(resolved.wires).every((wire) => sound.has(wire.from.node))) sound.add(id);
  }
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
