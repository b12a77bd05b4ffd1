/**
 * Inference for one node, as a function of its parameters and the types of its inputs alone. Sizes it
 * cannot know are unknowns; that two sizes are equal is stated, and solved later for the whole graph.
 * So the result can be kept for as long as the inputs stay the same.
 */
import { dimSize, type GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose, type Place } from '../../base/diagnostic.ts';
import { text } from '../../base/text.ts';
import type { InferContext } from '../../catalogue/define.ts';
import type { TensorType } from '../../tensor/axis.ts';
import { asNumber, atomsOf, constant, type Size, substitute, symbol, unknown } from '../../tensor/size.ts';
import { parseSize } from '../../tensor/size-parser.ts';
import { isTrivial, met, type Statement } from '../../tensor/unify.ts';
import type { ResolvedNode } from './resolve.ts';

/** Types by port. */
export type PortTypes = Readonly<Record<string, TensorType>>;

/** A number the user wrote as a size, and the parameter it stands in: what a fix may change. */
export interface WrittenSize {
  readonly param: string;
  readonly size: number;
}

export interface Inferred {
  readonly inputs: PortTypes;
  readonly outputs: PortTypes;
  /** Sizes that must be equal, where they are not the same already. */
  readonly statements: readonly Statement[];
  readonly diagnostics: readonly Diagnostic[];
  readonly written: readonly WrittenSize[];
  /** Document symbols that the node's parameters name. */
  readonly symbols: ReadonlySet<string>;
}

/** A size that two numbers claim. It is open, but no question: the conflict has been told. */
const disputed = (id: string): Size => unknown(`disputed ${id}`);
export const isDisputed = (size: Size): boolean =>
  atomsOf(size).some((atom) => atom.kind === 'unknown' && atom.id.startsWith('disputed '));

export const freeSymbol = (name: string): Size => unknown(`dim ${name}`);

export function inferNode(node: ResolvedNode, inputs: PortTypes, dims: GraphDocument['dims']): Inferred {
  const statements: Statement[] = [];
  const diagnostics: Diagnostic[] = [];
  const written: WrittenSize[] = [];
  const symbols = new Set<string>();
  let unknowns = 0;
  const fresh = () => unknown(`size ${node.id} ${unknowns++}`);
  const here = (place: Place): Place => {
    const edge = place.port === undefined ? undefined : node.wires[place.port]?.edge;
    return { node: node.id, ...(edge !== undefined && { edge }), ...place };
  };

  /** Reads a size that a parameter holds. */
  const size = (text: number | string, param: string): Size => {
    if (typeof text === 'number') {
      written.push({ param, size: text });
      return constant(text);
    }
    const read = parseSize(text);
    if ('error' in read) {
      diagnostics.push(
        diagnose('bad-param', { node: node.id, param }, { param, detail: `"${text}": ${read.error}` }),
      );
      return fresh();
    }
    const undeclared = new Set<string>();
    for (const atom of atomsOf(read.size)) {
      if (atom.kind !== 'symbol') continue;
      symbols.add(atom.name);
      if (!Object.hasOwn(dims, atom.name)) undeclared.add(atom.name);
    }
    for (const name of undeclared) diagnostics.push(undeclaredDim(node.id, param, name));
    return substitute(read.size, (atom) => {
      if (atom.kind !== 'symbol') return undefined;
      const dim = Object.hasOwn(dims, atom.name) ? dims[atom.name] : undefined;
      return dim !== undefined && dimSize(dim) !== undefined ? symbol(atom.name) : freeSymbol(atom.name);
    });
  };

  const context: InferContext<unknown> = {
    params: node.params,
    inputs,
    size,
    fresh,
    unify(left, right, place) {
      const statement = { left, right, where: here(place) };
      if (isTrivial(statement)) return met(left, right);
      statements.push(statement);
      // Two numbers that differ are one mistake: what is below takes either, and complains of neither.
      const numbers = [asNumber(left.size), asNumber(right.size)];
      return numbers.includes(undefined)
        ? met(left, right)
        : { ...left, size: disputed(`${node.id} ${unknowns++}`) };
    },
    report: (code, place, values, more) => diagnostics.push(diagnose(code, here(place), values, more)),
  };

  const outputs: Record<string, TensorType> = {};
  for (const [port, type] of Object.entries(node.definition.infer(context))) {
    if (!type) continue;
    const axes = type.axes.map((axis) =>
      axis.origin ? axis : { ...axis, origin: { node: node.id, port, axis: axis.name } },
    );
    // What is passed on as it came may have been computed with: only what a node says of its own output counts.
    const meaning = Object.values(inputs).includes(type) ? undefined : type.meaning;
    outputs[port] = { axes, ...(meaning && { meaning }) };
  }
  return { inputs, outputs, statements, diagnostics, written, symbols };
}

const suggestedSize = 32;

function undeclaredDim(node: string, param: string, name: string): Diagnostic {
  const title = text(`Declare ${name} = ${suggestedSize}`, `声明 ${name} = ${suggestedSize}`);
  const fixes = [{ title, edits: [{ edit: 'setDim', name, size: suggestedSize } as const] }];
  return diagnose('unknown-dim', { node, param }, { name }, { fixes });
}

/** Equal as types: names, sizes and where they came from. */
export function sameType(a: TensorType, b: TensorType): boolean {
  if (a === b) return true;
  return (
    sameMeaning(a.meaning, b.meaning) &&
    a.axes.length === b.axes.length &&
    a.axes.every((axis, d) => sameAxis(axis, b.axes[d] as typeof axis))
  );
}

const sameMeaning = (a: TensorType['meaning'], b: TensorType['meaning']): boolean =>
  a === b || (a?.kind === b?.kind && JSON.stringify(a) === JSON.stringify(b));

function sameAxis(a: TensorType['axes'][number], b: TensorType['axes'][number]): boolean {
  if (a === b) return true;
  const [p, q] = [a.origin, b.origin];
  const sameOrigin = p === q || (p?.node === q?.node && p?.port === q?.port && p?.axis === q?.axis);
  return a.name === b.name && sameOrigin && sameSize(a.size, b.size);
}

/** Most sizes are one number: compared without building keys. */
function sameSize(a: Size, b: Size): boolean {
  if (a === b) return true;
  const [x, y] = [a.terms[0], b.terms[0]];
  if (a.terms.length === 1 && b.terms.length === 1 && x?.atoms.length === 0 && y?.atoms.length === 0)
    return x.coefficient === y.coefficient;
  return isTrivial({ left: { name: '', size: a }, right: { name: '', size: b }, where: {} });
}
