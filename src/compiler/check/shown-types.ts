/**
 * Types as people see them, each made once for one edit: most nodes of a graph show one of a few
 * types, and what is the same object need neither be stored nor compared again.
 */
import type { ShownAxis, ShownType } from '../types.ts';

/** Types by port. */
export type ShownPorts = Readonly<Record<string, ShownType>>;

export const noPorts: ShownPorts = {};

/** A tensor beyond this many elements is refused while it is drawn, long before memory is asked for. */
export const maxElements = 2 ** 28;

/** A type, and the types that begin with its axes. */
export class SeenType {
  readonly shown: ShownType;
  /** Whether nothing is wrong with its sizes: all known, none too large together. */
  readonly isSound: boolean;
  #longer: Map<ShownAxis, SeenType> | undefined;
  #alone: Map<string, ShownPorts> | undefined;

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

  /** The outputs of a node that has this one. */
  aloneOn(port: string): ShownPorts {
    this.#alone ??= new Map();
    let ports = this.#alone.get(port);
    if (!ports) {
      ports = { [port]: this.shown };
      this.#alone.set(port, ports);
    }
    return ports;
  }
}

export const isWhole = (size: number | undefined): boolean =>
  size !== undefined && size >= 1 && Number.isSafeInteger(size);

function isSound(axes: readonly ShownAxis[]): boolean {
  let elements = 1;
  for (const { size } of axes) {
    if (!isWhole(size)) return false;
    elements *= size as number;
  }
  return elements <= maxElements;
}

export function sameShown({ axes: a }: ShownType, { axes: b }: ShownType): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let d = 0; d < a.length; d++) {
    const [x, y] = [a[d] as ShownAxis, b[d] as ShownAxis];
    if (x !== y && (x.name !== y.name || x.written !== y.written || x.size !== y.size)) return false;
  }
  return true;
}
