/**
 * Types as people see them: with numbers for the symbols of sizes. What looks the same is one object, from
 * edit to edit, and is made when somebody looks, once for each type and not for each node that has it.
 */
import type { Axis, TensorType } from '../../tensor/axis.ts';
import { asNumber, evaluate, format, type Size } from '../../tensor/size.ts';
import type { ShownAxis, ShownType } from '../types.ts';
import type { PortTypes } from './inferred.ts';
import type { TypeTable } from './type-table.ts';

/** A tensor beyond this many elements is refused while it is drawn, long before memory is asked for. */
export const maxElements = 2 ** 28;

export const isWhole = (size: number | undefined): boolean =>
  size !== undefined && size >= 1 && Number.isSafeInteger(size);

/** A type as it is seen, and the types that begin with its axes. */
class SeenType {
  readonly shown: ShownType;
  /** Whether nothing is wrong with its sizes: all known, none too large together. */
  readonly isSound: boolean;
  #longer: Map<ShownAxis, SeenType> | undefined;

  constructor(axes: readonly ShownAxis[]) {
    this.shown = { axes };
    this.isSound = isSound(axes);
  }

  with(axis: ShownAxis): SeenType {
    this.#longer ??= new Map();
    let seen = this.#longer.get(axis);
    if (!seen) {
      seen = new SeenType([...this.shown.axes, axis]);
      this.#longer.set(axis, seen);
    }
    return seen;
  }
}

function isSound(axes: readonly ShownAxis[]): boolean {
  let elements = 1;
  for (const { size } of axes) {
    if (!isWhole(size)) return false;
    elements *= size as number;
  }
  return elements <= maxElements;
}

/** What has been seen under whatever numbers: what looks the same is one object. */
export class SeenTypes {
  readonly #axes = new Map<string, ShownAxis>();
  #root = new SeenType([]);
  /** Types whose sizes hold no symbol look the same under all numbers. */
  readonly #fixed = new Map<TensorType, SeenType>();

  /** How many axes it holds. */
  get size(): number {
    return this.#axes.size;
  }

  clear(): void {
    this.#axes.clear();
    this.#fixed.clear();
    this.#root = new SeenType([]);
  }

  fixed(type: TensorType): SeenType | undefined {
    return this.#fixed.get(type);
  }

  /** `type` under these numbers. `isFixed`: whether it is so under all others. */
  see(type: TensorType, dims: ReadonlyMap<string, number>, isFixed: boolean): SeenType {
    let seen = this.#root;
    for (const axis of type.axes) seen = seen.with(this.#axis(axis, dims));
    if (isFixed) this.#fixed.set(type, seen);
    return seen;
  }

  #axis({ name, size: written }: Axis, dims: ReadonlyMap<string, number>): ShownAxis {
    const size = numberOf(written, dims);
    const text = format(written);
    const id = `${name.length}:${name}${text}=${size}`;
    let shown = this.#axes.get(id);
    if (!shown) {
      shown = { name, written: text, size };
      this.#axes.set(id, shown);
    }
    return shown;
  }
}

/** The integer a size is under these numbers of its symbols; undefined while it is open. */
export const numberOf = (size: Size, dims: ReadonlyMap<string, number>): number | undefined =>
  asNumber(size) ?? evaluate(size, (atom) => (atom.kind === 'symbol' ? dims.get(atom.name) : undefined));

/** Numbers of the document's symbols, and what types look like under them. It stays as it is. */
export class SizeBinding {
  readonly dims: ReadonlyMap<string, number>;
  readonly #all: SeenTypes;
  readonly #table: TypeTable;
  readonly #seen = new Map<TensorType, SeenType>();
  readonly #areSound = new Map<PortTypes, boolean>();

  constructor(dims: ReadonlyMap<string, number>, all: SeenTypes, table: TypeTable) {
    this.dims = dims;
    this.#all = all;
    this.#table = table;
  }

  /** The same numbers, with nothing remembered of types. */
  anew = (): SizeBinding => this.under(this.dims);

  /** The same types under other numbers. */
  under = (dims: ReadonlyMap<string, number>): SizeBinding => new SizeBinding(dims, this.#all, this.#table);

  /** Other numbers. `isMoved`: whether something is, or was, wrong with the sizes of a type that holds symbols. */
  rebind(dims: ReadonlyMap<string, number>): { readonly binding: SizeBinding; readonly isMoved: boolean } {
    const binding = this.under(dims);
    let isMoved = false;
    for (const [type, before] of this.#seen)
      isMoved = !(binding.see(type).isSound && before.isSound) || isMoved;
    return { binding, isMoved };
  }

  see(type: TensorType): SeenType {
    const known = this.#all.fixed(type) ?? this.#seen.get(type);
    if (known) return known;
    const isFixed = !this.#table.atomsOf(type).hasSymbols;
    const seen = this.#all.see(type, this.dims, isFixed);
    if (!isFixed) this.#seen.set(type, seen);
    return seen;
  }

  /** Whether nothing is wrong with the sizes of outputs. */
  areSound(types: PortTypes): boolean {
    let known = this.#areSound.get(types);
    if (known === undefined) {
      known = Object.values(types).every((type) => this.see(type).isSound);
      this.#areSound.set(types, known);
    }
    return known;
  }
}
