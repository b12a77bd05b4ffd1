/** A tensor's type: an ordered list of named axes. */
import type { Place } from '../base/diagnostic.ts';
import type { Size } from './size.ts';

export interface Axis {
  readonly name: string;
  readonly size: Size;
  /** Where the size was first stated, so that a conflict can tell both sides of its story. */
  readonly origin?: Place;
}

export interface TensorType {
  readonly axes: readonly Axis[];
}

export const scalar: TensorType = { axes: [] };
