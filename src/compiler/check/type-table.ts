/**
 * Types that are equal are one object: comparing two compares references, and what follows from a type can be
 * remembered by it (hash-consing; J.-C. Filliâtre and S. Conchon, "Type-safe modular hash-consing", ML 2006).
 */
import type { Axis, TensorType } from '../../tensor/axis.ts';
import { key, type Size } from '../../tensor/size.ts';
import type { PortTypes } from './inferred.ts';

/** What a type is written with. */
export interface TypeAtoms {
  readonly hasSymbols: boolean;
  /** Marked by a `?`. */
  readonly unknowns: readonly string[];
}

/** Types that begin with the same axes. */
class Prefix {
  type: TensorType | undefined;
  #longer: Map<Axis, Prefix> | undefined;

  with(axis: Axis): Prefix {
    this.#longer ??= new Map();
    let longer = this.#longer.get(axis);
    if (!longer) {
      longer = new Prefix();
      this.#longer.set(axis, longer);
    }
    return longer;
  }
}

export class TypeTable {
  readonly #axes = new Map<string, Axis>();
  /** By what the numbers mean. */
  readonly #prefixes = new Map<string, Prefix>();
  readonly #atoms = new Map<TensorType, TypeAtoms>();
  /** Outputs of nodes that have one, by port. */
  readonly #alone = new Map<string, Map<TensorType, PortTypes>>();

  /** How many types it holds. */
  get size(): number {
    return this.#atoms.size;
  }

  clear(): void {
    for (const map of [this.#axes, this.#prefixes, this.#atoms, this.#alone]) map.clear();
  }

  /** The one object for a type. One that is new to the table becomes it where its axes allow. */
  intern(type: TensorType): TensorType {
    if (this.#atoms.has(type)) return type;
    const { axes, valueKind, written } = type;
    const meaning =
      valueKind === undefined && written === undefined ? '' : JSON.stringify([valueKind, written]);
    let prefix = this.#prefixes.get(meaning);
    if (!prefix) {
      prefix = new Prefix();
      this.#prefixes.set(meaning, prefix);
    }
    let areKept = true;
    for (const axis of axes) {
      const kept = this.#internAxis(axis);
      areKept &&= kept === axis;
      prefix = prefix.with(kept);
    }
    if (!prefix.type) {
      prefix.type = areKept ? type : { ...type, axes: axes.map((axis) => this.#internAxis(axis)) };
      this.#atoms.set(prefix.type, atomsOfType(prefix.type));
    }
    return prefix.type;
  }

  #internAxis(axis: Axis): Axis {
    const id = keyOfAxis(axis);
    const known = this.#axes.get(id);
    if (!known) this.#axes.set(id, axis);
    return known ?? axis;
  }

  /** Types by port, each the one object for it; where there is one port, so is the record. */
  internAll(types: PortTypes): PortTypes {
    let [only, count] = ['', 0];
    for (const port in types) {
      only = port;
      count++;
    }
    if (count === 1) return this.#aloneOn(only, this.intern(types[only] as TensorType));
    const kept: Record<string, TensorType> = {};
    for (const port in types) kept[port] = this.intern(types[port] as TensorType);
    return kept;
  }

  #aloneOn(port: string, type: TensorType): PortTypes {
    let byType = this.#alone.get(port);
    if (!byType) {
      byType = new Map();
      this.#alone.set(port, byType);
    }
    let types = byType.get(type);
    if (!types) {
      types = { [port]: type };
      byType.set(type, types);
    }
    return types;
  }

  /** Unknowns that some types are written with. */
  unknownsOf(types: PortTypes): readonly string[] {
    let found: readonly string[] = none;
    for (const port in types) {
      const { unknowns } = this.atomsOf(types[port] as TensorType);
      if (unknowns.length > 0) found = found.length > 0 ? [...new Set([...found, ...unknowns])] : unknowns;
    }
    return found;
  }

  /** What a type of the table is written with. */
  atomsOf(type: TensorType): TypeAtoms {
    return this.#atoms.get(type) ?? atomsOfType(type);
  }
}

/** Lengths stand before names, which come from the user: no two axes have one key. */
function keyOfAxis({ name, size, metNames, batch }: Axis): string {
  const met = metNames ? metNames.map((other) => `${other.length}:${other}`).join('') : '';
  return `${name.length}:${name}${batch ? '!' : ''}${met} ${key(size)}`;
}

function atomsOfType({ axes }: TensorType): TypeAtoms {
  const names = new Set<string>();
  for (const { size } of axes) addAtoms(names, size);
  const unknowns = [...names].filter((name) => name.startsWith('?'));
  return { hasSymbols: unknowns.length < names.size, unknowns: unknowns.length > 0 ? unknowns : none };
}

const none: readonly never[] = [];

function addAtoms(names: Set<string>, { terms }: Size): void {
  for (const { atoms } of terms)
    for (const atom of atoms)
      if (atom.kind === 'floor' || atom.kind === 'max') {
        addAtoms(names, atom.a);
        addAtoms(names, atom.b);
      } else names.add(atom.kind === 'symbol' ? atom.name : `?${atom.id}`);
}
