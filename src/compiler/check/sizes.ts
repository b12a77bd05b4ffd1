/** Sizes of a document once its statements are solved: what is known of an axis, and what is wrong with it. */
import { dimSize, type GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose, type Place } from '../../base/diagnostic.ts';
import type { Axis, TensorType } from '../../tensor/axis.ts';
import { asNumber, constant, evaluate, format, hasUnknown, key, type Size } from '../../tensor/size.ts';
import type { ShownAxis, ShownType } from '../types.ts';
import { isDisputed } from './infer-node.ts';
import { nameOf } from './resolve.ts';
import { isWhole, maxElements, SeenType } from './shown-types.ts';
import { Solver } from './solver.ts';

/** What an edit did to sizes: symbols and unknowns that stand for another size than before. */
export type Moved = ReadonlySet<string>;

export class Sizes {
  readonly solver = new Solver();
  /** Numbers of the document's symbols, batch sizes included. */
  dims: ReadonlyMap<string, number> = new Map();
  #batches: ReadonlySet<string> = new Set();
  /** Of one edit: what is shown of types, and of axes by object and by name and number. */
  #types = new SeenType([]);
  readonly #shown = new Map<Axis, ShownAxis>();
  readonly #numbers = new Map<string, Map<number, ShownAxis>>();

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
    this.#types = new SeenType([]);
    this.#shown.clear();
    this.#numbers.clear();
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

  /** A type as people see it. */
  see({ axes }: TensorType): SeenType {
    let seen = this.#types;
    for (const axis of axes) seen = seen.with(this.#showAxis(axis));
    return seen;
  }

  #showAxis(axis: Axis): ShownAxis {
    const number = asNumber(axis.size);
    if (number !== undefined) return this.#showNumber(axis.name, number);
    let shown = this.#shown.get(axis);
    if (!shown) {
      const { name } = axis;
      const size = this.resolve(axis.size);
      shown = { name, written: format(size), size: this.boundBy({ name, size }, this.dims) };
      this.#shown.set(axis, shown);
    }
    return shown;
  }

  #showNumber(name: string, size: number): ShownAxis {
    let bySize = this.#numbers.get(name);
    if (!bySize) {
      bySize = new Map();
      this.#numbers.set(name, bySize);
    }
    let shown = bySize.get(size);
    if (!shown) {
      shown = { name, written: String(size), size };
      bySize.set(size, shown);
    }
    return shown;
  }
}

export interface SizeFault {
  readonly diagnostic: Diagnostic;
  /** Faults that ask the same question – the same open size on several axes – are told once. */
  readonly question: string;
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
