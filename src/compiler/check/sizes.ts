/** Sizes of a document once its statements are solved: what is known of an axis, and what is wrong with it. */
import { dimSize, type GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose, type Place } from '../../base/diagnostic.ts';
import type { Axis, TensorType } from '../../tensor/axis.ts';
import { asNumber, constant, evaluate, format, hasUnknown, key, type Size } from '../../tensor/size.ts';
import type { ShownAxis, ShownType } from '../types.ts';
import { isDisputed } from './infer-node.ts';
import { nameOf } from './resolve.ts';
import { Solver } from './solver.ts';

/** A tensor beyond this many elements is refused while it is drawn, long before memory is asked for. */
export const maxElements = 2 ** 28;

/** What an edit did to sizes: symbols and unknowns that stand for another size than before. */
export type Moved = ReadonlySet<string>;

/** A type once sizes are known. */
export interface SeenType {
  readonly shown: ShownType;
  /** Whether nothing is wrong with its sizes: all known, none too large together. */
  readonly isSound: boolean;
  /** Symbols and unknowns that it is written with; unknowns are marked by a `?`. */
  readonly atoms: readonly string[];
}

export class Sizes {
  readonly solver = new Solver();
  /** Numbers of the document's symbols, batch sizes included. */
  dims: ReadonlyMap<string, number> = new Map();
  #batches: ReadonlySet<string> = new Set();
  /** Of one edit: an axis or type that runs through many nodes is one object on all of them. */
  readonly #shown = new Map<Axis, ShownAxis>();
  readonly #seen = new Map<TensorType, SeenType>();

  /**
   * `batches`: symbols that a data set takes its batch size from. They stay symbols while types are
   * solved, so that what passes is right for every batch.
   */
  update(dimensions: GraphDocument['dims'], batches: ReadonlySet<string>): Moved {
    const before = this.dims;
    const dims = new Map<string, number>();
    for (const [name, dim] of Object.entries(dimensions)) {
      const size = dimSize(dim);
      if (size !== undefined) dims.set(name, size);
    }
    const names = new Set([...before.keys(), ...dims.keys()]);
    const renumbered = new Set([...names].filter((name) => before.get(name) !== dims.get(name)));
    this.dims = dims;
    const rebatched = [...batches].some((b) => !this.#batches.has(b)) || batches.size !== this.#batches.size;
    if (renumbered.size > 0 || rebatched) {
      const fixed = [...dims].filter(([name]) => !batches.has(name));
      this.solver.setConstants(new Map(fixed.map(([name, size]) => [name, constant(size)])));
      this.#batches = batches;
    }
    const solved = this.solver.solve();
    this.#shown.clear();
    this.#seen.clear();
    const unknowns = [...solved, ...(renumbered.size > 0 ? this.solver.writtenWith(renumbered) : [])];
    return new Set([...renumbered, ...unknowns.map((id) => `?${id}`)]);
  }

  resolve = (size: Size): Size => (hasUnknown(size) ? this.solver.resolve(size) : size);

  /** The integer an axis has under these sizes of the document's symbols; undefined while it is open. */
  boundBy(axis: Axis, dims: ReadonlyMap<string, number>): number | undefined {
    return (
      asNumber(axis.size) ??
      evaluate(this.resolve(axis.size), (atom) => (atom.kind === 'symbol' ? dims.get(atom.name) : undefined))
    );
  }

  /** A type as people see it. `before`: as they saw it last, whose axes are kept where they look the same. */
  see(type: TensorType, before: ShownType | undefined): SeenType {
    let seen = this.#seen.get(type);
    if (!seen) {
      const shown = { axes: type.axes.map((axis, d) => this.#showAxis(axis, before?.axes[d])) };
      seen = { shown, isSound: isSound(shown), atoms: atomsIn(type) };
      this.#seen.set(type, seen);
    }
    return seen;
  }

  #showAxis(axis: Axis, before: ShownAxis | undefined): ShownAxis {
    const { name } = axis;
    const number = asNumber(axis.size);
    if (number !== undefined) {
      const written = String(number);
      return before?.name === name && before.written === written ? before : { name, written, size: number };
    }
    let shown = this.#shown.get(axis);
    if (!shown) {
      const size = this.resolve(axis.size);
      shown = { name, written: format(size), size: this.boundBy({ name, size }, this.dims) };
      this.#shown.set(axis, shown);
    }
    return shown;
  }
}

export function sameShown({ axes: a }: ShownType, { axes: b }: ShownType): boolean {
  if (a.length !== b.length) return false;
  for (let d = 0; d < a.length; d++) {
    const [x, y] = [a[d] as ShownAxis, b[d] as ShownAxis];
    if (x !== y && (x.name !== y.name || x.written !== y.written || x.size !== y.size)) return false;
  }
  return true;
}

const noAtoms: readonly string[] = [];

function atomsIn({ axes }: TensorType): readonly string[] {
  let found: string[] | undefined;
  const visit = (size: Size) => {
    for (const { atoms } of size.terms)
      for (const atom of atoms) {
        if (atom.kind === 'floor' || atom.kind === 'max') {
          visit(atom.a);
          visit(atom.b);
          continue;
        }
        const name = atom.kind === 'symbol' ? atom.name : `?${atom.id}`;
        found ??= [];
        if (!found.includes(name)) found.push(name);
      }
  };
  for (const { size } of axes) visit(size);
  return found ?? noAtoms;
}

export interface SizeFault {
  readonly diagnostic: Diagnostic;
  /** Faults that ask the same question – the same open size on several axes – are told once. */
  readonly question: string;
}

const isWhole = (size: number | undefined): boolean =>
  size !== undefined && size >= 1 && Number.isSafeInteger(size);

function isSound({ axes }: ShownType): boolean {
  let elements = 1;
  for (const { size } of axes) {
    if (!isWhole(size)) return false;
    elements *= size as number;
  }
  return elements <= maxElements;
}

/** What is wrong with the sizes of one output. `isPassedOn`: such a size is told where it was stated, and only there. */
export function checkOutput(
  document: GraphDocument,
  place: { readonly node: string; readonly port: string },
  type: TensorType,
  { axes }: ShownType,
  sizes: Sizes,
  isPassedOn: (size: Size) => boolean,
): readonly SizeFault[] {
  const found: SizeFault[] = [];
  const say = (diagnostic: Diagnostic, question: string) => found.push({ diagnostic, question });
  for (const [d, { name, size: written }] of type.axes.entries()) {
    const size = axes[d]?.size;
    const resolved = sizes.resolve(written);
    if (isWhole(size) || isPassedOn(written) || isDisputed(resolved)) continue;
    const at: Place = { ...place, axis: name };
    if (size === undefined)
      say(diagnose('size-open', at, { axis: name, size: format(resolved) }), key(resolved));
    else say(diagnose('size-invalid', at, { axis: name, size }), JSON.stringify(at));
  }
  const elements = axes.reduce((n, { size }) => (isWhole(size) ? n * (size as number) : n), 1);
  if (elements > maxElements) {
    const what = nameOf(document, place.node);
    say(diagnose('too-many-elements', place, { what, elements, limit: maxElements }), JSON.stringify(place));
  }
  return found;
}
