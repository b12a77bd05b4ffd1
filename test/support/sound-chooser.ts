/** A random document that grows, and its choices. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { PortRef } from '../../src/base/edit.ts';
import type { ShownAxis } from '../../src/compiler/types.ts';

export type Params = Readonly<Record<string, unknown>>;
export type Axes = readonly ShownAxis[];
export interface Output {
  readonly ref: PortRef;
  readonly axes: Axes;
}

/** A document that grows, and its choices, which its seed decides. */
export interface Chooser {
  readonly document: GraphDocument;
  below(n: number): number;
  pick<T>(list: readonly T[]): T;
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean;
  /** An output to read. */
  any(outputs: readonly Output[]): Output;
  /** An output with as many axes, of the same sizes where there is one. */
  like(outputs: readonly Output[], axes: Axes): Output;
  size(): number | string;
}

/** An output of such a rank, where there is one. */
export function ofRank(grower: Chooser, outputs: readonly Output[], ranks: readonly number[]): Output {
  const fitting = outputs.filter(({ axes }) => ranks.includes(axes.length));
  return fitting.length > 0 ? grower.pick(fitting) : grower.any(outputs);
}
