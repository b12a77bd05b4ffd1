/** Sizes of a document once its statements are solved: what is known of an axis, and what is wrong with it. */
import { dimSize, type GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose } from '../../base/diagnostic.ts';
import type { Axis, TensorType } from '../../tensor/axis.ts';
import {
  asNumber,
  constant,
  format,
  hasUnknown,
  key as keyOf,
  type Size,
  substitute,
} from '../../tensor/size.ts';
import { type Statement, Unifier } from '../../tensor/unify.ts';
import type { ShownAxis, ShownType } from '../types.ts';
import { isDisputed } from './infer-node.ts';
import { nameOf } from './resolve.ts';

/** A tensor beyond this many elements is refused while it is drawn, long before memory is asked for. */
export const maxElements = 2 ** 28;

interface Reading {
  readonly written: string;
  readonly number: number | undefined;
}

export class Sizes {
  /** Numbers of the document's symbols, batch sizes included. */
  readonly dims: ReadonlyMap<string, number>;
  readonly unifier: Unifier;
  readonly #readings = new WeakMap<Size, Reading>();
  /** What has been shown so far. */
  readonly shown = new WeakMap<TensorType, ShownType>();
  readonly #before: WeakMap<TensorType, ShownType> | undefined;

  /** `batches`: symbols that a data set takes its batch size from. `before`: what the last edit left, to be kept where it still holds. */
  constructor(
    dimensions: GraphDocument['dims'],
    batches: ReadonlySet<string>,
    statements: readonly Statement[],
    before?: Sizes,
  ) {
    this.#before = before?.shown;
    const dims = new Map<string, number>();
    for (const [name, dim] of Object.entries(dimensions)) {
      const size = dimSize(dim);
      if (size !== undefined) dims.set(name, size);
    }
    this.dims = dims;
    // A batch size stays a symbol while types are solved, so that what passes is right for every batch.
    const fixed = [...dims].filter(([name]) => !batches.has(name));
    this.unifier = new Unifier(new Map(fixed.map(([name, size]) => [name, constant(size)])));
    for (const statement of statements) this.unifier.state(statement);
  }

  resolve(axis: Axis): Size {
    return hasUnknown(axis.size) ? this.unifier.resolve(axis.size) : axis.size;
  }

  /** The integer a size is once the document's symbols are bound; undefined while it is open. */
  bound(axis: Axis): number | undefined {
    return asNumber(axis.size) ?? this.#read(axis).number;
  }

  /** The same under other sizes of the symbols. */
  boundBy(axis: Axis, dims: ReadonlyMap<string, number>): number | undefined {
    return asNumber(this.#bind(this.resolve(axis), dims));
  }

  #bind(size: Size, dims: ReadonlyMap<string, number>): Size {
    return substitute(size, (atom) => {
      const number = atom.kind === 'symbol' ? dims.get(atom.name) : undefined;
      return number === undefined ? undefined : constant(number);
    });
  }

  /** Worked out once for each size: `B` is one object on every wire it runs along. */
  #read(axis: Axis): Reading {
    let reading = this.#readings.get(axis.size);
    if (!reading) {
      const resolved = this.resolve(axis);
      reading = { written: format(resolved), number: asNumber(this.#bind(resolved, this.dims)) };
      this.#readings.set(axis.size, reading);
    }
    return reading;
  }

  /** A type as people see it. One object for one type, so that what did not change stays the same. */
  show(type: TensorType): ShownType {
    let shown = this.shown.get(type);
    if (!shown) {
      shown = { axes: type.axes.map((axis) => this.#showAxis(axis)) };
      const old = this.#before?.get(type);
      if (old && sameShown(old, shown)) shown = old;
      this.shown.set(type, shown);
    }
    return shown;
  }

  #showAxis(axis: Axis): ShownAxis {
    const plain = asNumber(axis.size);
    if (plain !== undefined) return { name: axis.name, written: String(plain), size: plain };
    const { written, number } = this.#read(axis);
    return { name: axis.name, written, size: number };
  }
}

const sameShown = (a: ShownType, b: ShownType): boolean =>
  a.axes.every(
    (x, d) => x.name === b.axes[d]?.name && x.written === b.axes[d]?.written && x.size === b.axes[d]?.size,
  );

export interface SizeFault {
  readonly diagnostic: Diagnostic;
  /** Faults that ask the same question – the same open size on several axes – are told once. */
  readonly question: string;
}

/** What is wrong with the sizes of one output. A size that is passed on is told where it was stated, and only there. */
export function checkOutput(
  document: GraphDocument,
  place: { readonly node: string; readonly port: string },
  type: TensorType,
  sizes: Sizes,
): SizeFault[] {
  const found: SizeFault[] = [];
  const say = (diagnostic: Diagnostic, question: string) => found.push({ diagnostic, question });
  let elements = 1;
  for (const axis of type.axes) {
    const size = sizes.bound(axis);
    const isWhole = size !== undefined && Number.isSafeInteger(size) && size >= 1;
    elements *= isWhole ? size : 1;
    const { origin } = axis;
    const isStatedHere = origin === undefined || (origin.node === place.node && origin.port === place.port);
    if (isWhole || !isStatedHere) continue;
    const resolved = sizes.resolve(axis);
    if (isDisputed(resolved)) continue;
    const at = { ...place, axis: axis.name };
    if (size === undefined)
      say(diagnose('size-open', at, { axis: axis.name, size: format(resolved) }), keyOf(resolved));
    else say(diagnose('size-invalid', at, { axis: axis.name, size }), JSON.stringify(at));
  }
  if (elements > maxElements) {
    const what = nameOf(document, place.node);
    say(diagnose('too-many-elements', place, { what, elements, limit: maxElements }), JSON.stringify(place));
  }
  return found;
}
