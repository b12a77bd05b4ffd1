/** Sizes of a document once its statements are solved: what is known of an axis, and what is wrong with it. */
import { dimSize, type GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose, type Place } from '../../base/diagnostic.ts';
import type { Axis, TensorType } from '../../tensor/axis.ts';
import { constant, format, hasUnknown, key, type Size } from '../../tensor/size.ts';
import type { ShownType } from '../types.ts';
import { isDisputed } from './infer-node.ts';
import type { InputAxis, PortTypes } from './inferred.ts';
import { nameOf } from './resolve.ts';
import { isWhole, maxElements, numberOf, SeenTypes, SizeBinding } from './shown-types.ts';
import { Solver } from './solver.ts';
import { TypeTable } from './type-table.ts';

const none: readonly never[] = [];
const noBatches: ReadonlySet<string> = new Set();

export class Sizes {
  readonly solver = new Solver();
  readonly types = new TypeTable();
  readonly #seen = new SeenTypes();
  /** Numbers of the document's symbols, batch sizes included. */
  binding = new SizeBinding(new Map(), this.#seen, this.types);
  #dimensions: GraphDocument['dims'] | undefined;
  #batches = noBatches;
  /** Types with unknowns in them, and what they are once these are solved. */
  readonly #solved = new Map<TensorType, TensorType>();
  /** Grows whenever a symbol or an unknown has another size. */
  revision = 0;

  get dims(): ReadonlyMap<string, number> {
    return this.binding.dims;
  }

  /**
   * Takes in the numbers of symbols. `batches`: symbols that a data set takes its batch size from; they stay
   * symbols while types are solved, so that what passes is right for every batch. True when something is, or
   * was, wrong with the sizes of some type that has other numbers now.
   */
  bind(dimensions: GraphDocument['dims'], batches: ReadonlySet<string>): boolean {
    const known = this.#batches;
    const isRebatched =
      batches !== known && (batches.size !== known.size || [...batches].some((name) => !known.has(name)));
    if (dimensions === this.#dimensions && !isRebatched) return false;
    this.#dimensions = dimensions;
    const before = this.binding.dims;
    const dims = new Map<string, number>();
    for (const [name, dim] of Object.entries(dimensions)) {
      const size = dimSize(dim);
      if (size !== undefined) dims.set(name, size);
    }
    const names = new Set([...before.keys(), ...dims.keys()]);
    const renumbered = [...names].filter((name) => before.get(name) !== dims.get(name));
    const numbers = [...dims].map(([name, size]) => [name, constant(size)] as const);
    if (isRebatched || renumbered.length > 0) this.solver.setNumbers(new Map(numbers));
    if (isRebatched || renumbered.some((name) => !batches.has(name))) {
      this.solver.setConstants(new Map(numbers.filter(([name]) => !batches.has(name))));
      this.#batches = batches;
    }
    if (renumbered.length === 0) return false;
    this.revision++;
    const { binding, isMoved } = this.binding.rebind(dims);
    this.binding = binding;
    return isMoved;
  }

  /** Solves what was stated anew; gives the unknowns that now have another size, marked by a `?`. */
  solve(): readonly string[] {
    const moved = this.solver.solve();
    if (moved.size === 0) return none;
    this.#solved.clear();
    this.revision++;
    return [...moved].map((id) => `?${id}`);
  }

  resolve = (size: Size): Size => (hasUnknown(size) ? this.solver.resolve(size) : size);

  /** The integer an axis has under these sizes of the document's symbols; undefined while it is open. */
  boundBy = (axis: Axis, dims: ReadonlyMap<string, number>): number | undefined =>
    numberOf(this.resolve(axis.size), dims);

  /** A type with all that is known of its unknowns put in. */
  solveType(type: TensorType): TensorType {
    if (this.types.atomsOf(type).unknowns.length === 0) return type;
    let solved = this.#solved.get(type);
    if (!solved) {
      const axes = type.axes.map((axis) => ({ ...axis, size: this.resolve(axis.size) }));
      solved = this.types.intern({ ...type, axes });
      this.#solved.set(type, solved);
    }
    return solved;
  }

  solveAll(types: PortTypes): PortTypes {
    let solved: Record<string, TensorType> | undefined;
    for (const port in types) {
      const type = types[port] as TensorType;
      const known = this.solveType(type);
      if (known === type) continue;
      solved ??= { ...types };
      solved[port] = known;
    }
    return solved ? this.types.internAll(solved) : types;
  }

  /** A type as people see it. */
  see = (type: TensorType): ShownType => this.binding.see(this.solveType(type)).shown;

  /** How much is kept of types, in use or not. */
  get kept(): number {
    return this.types.size + this.#seen.size;
  }

  /** Drops what is kept of types. Those that are in use are interned anew by their users. */
  forget(): void {
    this.types.clear();
    this.#seen.clear();
    this.#solved.clear();
    this.binding = this.binding.anew();
  }
}

export interface SizeFault {
  readonly diagnostic: Diagnostic;
  /** Faults that ask the same question – the same open size on several axes – are told once. */
  readonly question: string;
}

/**
 * What is wrong with the sizes of one output. `from`: for each axis the axis of an input that it is handed on
 * from, if it is; such a size is told where it was stated, and only there.
 */
export function checkOutput(
  document: GraphDocument,
  place: { readonly node: string; readonly port: string },
  type: TensorType,
  { axes }: ShownType,
  from: () => readonly (InputAxis | undefined)[],
): readonly SizeFault[] {
  const found: SizeFault[] = [];
  const say = (diagnostic: Diagnostic, question: string) => found.push({ diagnostic, question });
  for (const [d, { name, size: solved }] of type.axes.entries()) {
    const size = axes[d]?.size;
    if (isWhole(size) || isDisputed(solved) || from()[d]) continue;
    const at: Place = { ...place, axis: name };
    if (size === undefined) say(diagnose('size-open', at, { axis: name, size: format(solved) }), key(solved));
    else say(diagnose('size-invalid', at, { axis: name, size }), JSON.stringify(at));
  }
  const elements = axes.reduce((n, { size }) => (isWhole(size) ? n * (size as number) : n), 1);
  if (elements > maxElements) {
    const what = nameOf(document, place.node);
    say(diagnose('too-many-elements', place, { what, elements, limit: maxElements }), JSON.stringify(place));
  }
  return found;
}
