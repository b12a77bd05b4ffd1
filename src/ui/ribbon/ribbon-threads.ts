/**
 * A wire is a ribbon of threads, one for each index: this is the geometry of its cross-section. Ports,
 * wires and the drawings inside nodes all take it from here, so that threads meet where they should.
 */
import type { ShownAxis, ShownType } from '../../compiler/types.ts';

export interface Thread {
  /** The index's name; of a bundle, the names it holds. */
  readonly name: string;
  readonly axis: ShownAxis | undefined;
  /** Batch indices stay quiet; a bundle stands for `count` further indices, a scalar for none at all. */
  readonly kind: 'index' | 'batch' | 'bundle' | 'scalar';
  readonly count: number;
  readonly width: number;
  /** Of its middle, from the middle of the ribbon; downwards. */
  readonly offset: number;
}

export interface Ribbon {
  readonly threads: readonly Thread[];
  readonly height: number;
}

const gap = 2.2;
const thinnest = 1.6;
const thickest = 9;
const mostThreads = 8;

/** Grows with the logarithm of the size: 1.6 at 1, 3.3 at 8, 4.9 at 64. */
export const threadWidth = (size: number | undefined): number =>
  size === undefined ? thinnest : Math.min(thickest, thinnest + 0.55 * Math.log2(Math.max(1, size)));

export const isBatch = (axis: ShownAxis): boolean => axis.name === 'batch';

/** More than eight indices: the first seven, and the rest as one. */
function strands(axes: readonly ShownAxis[]): Omit<Thread, 'offset'>[] {
  const single = axes.length > mostThreads ? axes.slice(0, mostThreads - 1) : axes;
  const rest = axes.slice(single.length);
  const threads = single.map((axis) => ({
    name: axis.name,
    axis,
    kind: isBatch(axis) ? ('batch' as const) : ('index' as const),
    count: 1,
    width: threadWidth(axis.size),
  }));
  if (rest.length === 0) return threads;
  const name = rest.map((axis) => axis.name).join(' ');
  return [...threads, { name, axis: undefined, kind: 'bundle', count: rest.length, width: thickest }];
}

const ribbons = new WeakMap<ShownType, Ribbon>();

/** The ribbon of a type. One object a type, so that what draws it can compare by identity. */
export function ribbonOf(type: ShownType): Ribbon {
  const known = ribbons.get(type);
  if (known) return known;
  const parts = strands(type.axes);
  const height = parts.reduce((sum, s) => sum + s.width, 0) + gap * Math.max(0, parts.length - 1);
  let top = -height / 2;
  const threads = parts.map((part) => {
    const offset = top + part.width / 2;
    top += part.width + gap;
    return { ...part, offset };
  });
  const ribbon = { threads, height };
  ribbons.set(type, ribbon);
  return ribbon;
}

/** As tall as its ribbon and a little more; a port that carries nothing yet is a small bar. */
export const portHeight = (type: ShownType | undefined): number =>
  Math.max(10, (type ? ribbonOf(type).height : 0) + 7);
