/**
 * Gives every port its type: node by node in order, sizes solved by unification on the way. A node
 * whose inputs have no type is passed over in silence: the error above it has been told.
 */
import { type Diagnostic, diagnose, type Place } from '../base/diagnostic.ts';
import type { PortRef } from '../base/edit.ts';
import { text } from '../base/text.ts';
import type { InferContext } from '../catalogue/define.ts';
import { dimSize, type GraphDocument } from '../../graph-schema/document.ts';
import type { Axis, TensorType } from '../tensor/axis.ts';
import { atomsOf, constant, type Size, substitute, symbol } from '../tensor/size.ts';
import { parseSize } from '../tensor/size-parser.ts';
import { Unifier } from '../tensor/unify.ts';
import type { ResolvedNode, Structure } from './structure.ts';

export type Types = ReadonlyMap<string, Readonly<Record<string, TensorType>>>;

export interface WrittenSize {
  readonly param: string;
  readonly size: number;
}

export interface Inference {
  /** Types of each node's outputs, sizes as far as they are known. */
  readonly outputs: Types;
  readonly unifier: Unifier;
  /** Sizes of document symbols that have one, batch sizes included. */
  readonly dims: ReadonlyMap<string, number>;
  /** Numbers the user wrote as sizes, by node: what a fix may change. */
  readonly written: ReadonlyMap<string, readonly WrittenSize[]>;
  readonly diagnostics: readonly Diagnostic[];
}

export function inferTypes(document: GraphDocument, structure: Structure): Inference {
  const batches = batchSymbols(structure);
  const dims = new Map<string, number>();
  for (const [name, dim] of Object.entries(document.dims)) {
    const size = dimSize(dim);
    if (size !== undefined) dims.set(name, size);
  }
  // A batch size stays a symbol while types are solved, so that what passes is right for every batch.
  const fixed = new Map(
    [...dims].filter(([name]) => !batches.has(name)).map(([name, size]) => [name, constant(size)]),
  );
  const unifier = new Unifier(fixed);
  const free = new Map<string, Size>();
  for (const [name, dim] of Object.entries(document.dims))
    if (dimSize(dim) === undefined) free.set(name, unifier.fresh(name));

  const outputs = new Map<string, Record<string, TensorType>>();
  const written = new Map<string, WrittenSize[]>();
  const diagnostics: Diagnostic[] = [];
  for (const id of structure.order) {
    const node = structure.nodes.get(id) as ResolvedNode;
    const inputs = inputTypes(node, outputs);
    if (!inputs) continue;
    const sizes: WrittenSize[] = [];
    written.set(id, sizes);
    const context = contextFor(node, inputs, {
      unifier,
      dims: document.dims,
      free,
      sizes,
      report: (d) => diagnostics.push(d),
    });
    const types: Record<string, TensorType> = {};
    for (const [port, type] of Object.entries(node.definition.infer(context)))
      if (type)
        types[port] = {
          axes: type.axes.map((axis) =>
            axis.origin ? axis : { ...axis, origin: { node: id, port, axis: axis.name } },
          ),
        };
    outputs.set(id, types);
  }
  return { outputs, unifier, dims, written, diagnostics };
}

/** Symbols that some data set takes its batch size from. */
function batchSymbols(structure: Structure): Set<string> {
  const found = new Set<string>();
  for (const { definition, params } of structure.nodes.values()) {
    const data = definition.dataset?.(params);
    if (data) found.add(data.batch);
  }
  return found;
}

/** The type of an output; port names come from the user, so only own properties count. */
export function typeAt(outputs: Types, { node, port }: PortRef): TensorType | undefined {
  const types = outputs.get(node);
  return types && Object.hasOwn(types, port) ? types[port] : undefined;
}

/** Types of the wired inputs; undefined when a required one is not wired or a wired one has no type. */
export function inputTypes(node: ResolvedNode, outputs: Types): Record<string, TensorType> | undefined {
  const types: Record<string, TensorType> = {};
  for (const { name, optional } of node.inputs) {
    const wire = node.wires[name];
    if (!wire && optional) continue;
    const type = wire && typeAt(outputs, wire.from);
    if (!type) return undefined;
    types[name] = type;
  }
  return types;
}

interface Surroundings {
  readonly unifier: Unifier;
  readonly dims: GraphDocument['dims'];
  readonly free: ReadonlyMap<string, Size>;
  readonly sizes: WrittenSize[];
  readonly report: (diagnostic: Diagnostic) => void;
}

function contextFor(
  node: ResolvedNode,
  inputs: Readonly<Record<string, TensorType>>,
  around: Surroundings,
): InferContext<unknown> {
  const here = (place: Place): Place => {
    const edge = place.port === undefined ? undefined : node.wires[place.port]?.edge;
    return { node: node.id, ...(edge !== undefined && { edge }), ...place };
  };
  return {
    params: node.params,
    inputs,
    fresh: (hint) => around.unifier.fresh(hint),
    unify: (left: Axis, right: Axis, where: Place) => around.unifier.unify(left, right, here(where)),
    report: (code, place, values, more) => around.report(diagnose(code, here(place), values, more)),
    size: (written, param) => readSize(written, param, node, around),
  };
}

function readSize(
  written: number | string,
  param: string,
  node: ResolvedNode,
  { unifier, dims, free, sizes, report }: Surroundings,
): Size {
  if (typeof written === 'number') {
    sizes.push({ param, size: written });
    return constant(written);
  }
  const read = parseSize(written);
  if ('error' in read) {
    report(diagnose('bad-param', { node: node.id, param }, { param, detail: `"${written}": ${read.error}` }));
    return unifier.fresh(param);
  }
  const unknownNames = new Set(
    atomsOf(read.size).flatMap((a) => (a.kind === 'symbol' && !Object.hasOwn(dims, a.name) ? [a.name] : [])),
  );
  for (const name of unknownNames) {
    const size = 32;
    const fixes = [
      {
        title: text(`Declare ${name} = ${size}`, `声明 ${name} = ${size}`),
        edits: [{ edit: 'setDim', name, size } as const],
      },
    ];
    report(diagnose('unknown-dim', { node: node.id, param }, { name }, { fixes }));
  }
  return substitute(read.size, (atom) => {
    if (atom.kind !== 'symbol') return undefined;
    return unknownNames.has(atom.name)
      ? unifier.fresh(atom.name)
      : (free.get(atom.name) ?? symbol(atom.name));
  });
}
