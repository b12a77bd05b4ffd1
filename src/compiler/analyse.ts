/** All that is known of a document before it is lowered: structure, types, and what is wrong. */
import { type Diagnostic, diagnose, isError } from '../base/diagnostic.ts';
import type { BoundType } from '../catalogue/define.ts';
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { TensorType } from '../tensor/axis.ts';
import { format, key as keyOf } from '../tensor/size.ts';
import { boundSize, tellConflicts } from './conflicts.ts';
import { type Inference, inferTypes, inputTypes } from './infer.ts';
import { nameOf, resolveStructure, type Structure } from './structure.ts';

/** A tensor beyond this many elements is refused while it is drawn, long before memory is asked for. */
export const maxElements = 2 ** 28;

export interface Analysis {
  readonly document: GraphDocument;
  readonly structure: Structure;
  readonly inference: Inference;
  readonly diagnostics: readonly Diagnostic[];
  /** Nodes that no error stands at and whose inputs all have types: what can be computed as it is. */
  readonly sound: ReadonlySet<string>;
}

export function analyse(document: GraphDocument): Analysis {
  const structure = resolveStructure(document);
  const inference = inferTypes(document, structure);
  const diagnostics = [
    ...structure.diagnostics,
    ...inference.diagnostics,
    ...tellConflicts(document, structure, inference),
    ...checkSizes(document, structure, inference),
  ];
  return {
    document,
    structure,
    inference,
    diagnostics,
    sound: soundNodes(structure, inference, diagnostics),
  };
}

/** Every size must be known, whole and positive, and every tensor of a bearable number of elements. */
function checkSizes(document: GraphDocument, structure: Structure, inference: Inference): Diagnostic[] {
  const found: Diagnostic[] = [];
  const told = new Set<string>();
  for (const id of structure.order)
    for (const [port, type] of Object.entries(inference.outputs.get(id) ?? {})) {
      let elements = 1;
      for (const axis of type.axes) {
        const size = boundSize(axis, inference, inference.dims);
        // A size that is passed on is told once, where it was stated.
        const origin = inference.unifier.originOf(axis) ?? { node: id, port };
        const place = { node: origin.node ?? id, port: origin.port ?? port, axis: axis.name };
        const resolved = inference.unifier.resolve(axis.size);
        const written = format(resolved);
        // An open size is one question, on however many axes it stands.
        const key = size === undefined ? keyOf(resolved) : JSON.stringify([place.node, place.port, origin.axis]);
        if (size === undefined && !told.has(key))
          found.push(diagnose('size-open', place, { axis: axis.name, size: written }));
        else if (size !== undefined && (!Number.isSafeInteger(size) || size < 1) && !told.has(key))
          found.push(diagnose('size-invalid', place, { axis: axis.name, size }));
        else {
          elements *= size ?? 1;
          continue;
        }
        told.add(key);
      }
      if (elements > maxElements)
        found.push(
          diagnose(
            'too-many-elements',
            { node: id, port },
            { what: nameOf(document, id), elements, limit: maxElements },
          ),
        );
    }
  return found;
}

function soundNodes(
  structure: Structure,
  inference: Inference,
  diagnostics: readonly Diagnostic[],
): Set<string> {
  const faulty = new Set(diagnostics.filter(isError).map((d) => d.node));
  const sound = new Set<string>();
  for (const id of structure.order) {
    const node = structure.nodes.get(id);
    if (!node || faulty.has(id) || !inputTypes(node, inference.outputs)) continue;
    if (Object.values(node.wires).every((wire) => sound.has(wire.from.node))) sound.add(id);
  }
  return sound;
}

/** A type with numbers for its sizes, under these sizes of the document's symbols. */
export function bind(
  type: TensorType,
  { inference }: Analysis,
  dims: ReadonlyMap<string, number>,
): BoundType {
  return {
    axes: type.axes.map((axis) => {
      const size = boundSize(axis, inference, dims);
      if (size === undefined)
        throw new Error(`internal: the size of ${axis.name} is open in a graph that passed the check`);
      return { name: axis.name, size };
    }),
  };
}
