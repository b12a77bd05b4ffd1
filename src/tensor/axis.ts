/** A tensor's type: an ordered list of named axes. */
import type { Size } from './size.ts';

export interface Axis {
  readonly name: string;
  /** Handed on as it is, never copied: by the object a conflict is followed back to where it came from. */
  readonly size: Size;
  /** Other names it has met on its way. That was told where they first met, and is not told again below. */
  readonly metNames?: readonly string[];
  /**
   * It counts the examples of a batch. Data sets say so of the axis their rows run along; it holds of every
   * axis that is handed on, and not of one that is merged with others, split, or padded.
   */
  readonly batch?: true;
}

/** The axis, which counts examples too where the one it meets does. */
export const withBatchOf = (axis: Axis, other: Axis): Axis =>
  axis.batch || !other.batch ? axis : { ...axis, batch: true };

/**
 * What numbers stand for, where a node cares: class numbers 0 … classes − 1, probabilities along the last
 * axis, or numbers of a continuous scale.
 */
export type ValueKind =
  | { readonly kind: 'classes'; readonly classes: number }
  | { readonly kind: 'probabilities' }
  | { readonly kind: 'continuous' };

export interface TensorType {
  readonly axes: readonly Axis[];
  readonly valueKind?: ValueKind;
  /** Where the numbers stand in the document: the least, the largest and some fractions among them (few, each once). */
  readonly written?: readonly number[] | undefined;
}

export const scalar: TensorType = { axes: [] };
