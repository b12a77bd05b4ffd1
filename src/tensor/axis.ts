/** A tensor's type: an ordered list of named axes. */
import type { Place } from '../base/diagnostic.ts';
import type { Size } from './size.ts';

export interface Axis {
  readonly name: string;
  readonly size: Size;
  /** Where the size was first stated, so that a conflict can tell both sides of its story. */
  readonly origin?: Place;
}

/** What numbers stand for, where a loss cares: class numbers 0 … classes − 1, or probabilities along the last axis. */
export type Meaning =
  | { readonly kind: 'classes'; readonly classes: number }
  | { readonly kind: 'probabilities' };

export interface TensorType {
  readonly axes: readonly Axis[];
  readonly meaning?: Meaning;
}

export const scalar: TensorType = { axes: [] };
