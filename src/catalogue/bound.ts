/** What a node is told when its sizes are known, and what it says of its state. */

export interface BoundAxis {
  readonly name: string;
  readonly size: number;
}

export interface BoundType {
  readonly axes: readonly BoundAxis[];
}

export interface Initialiser {
  readonly kind: 'zeros' | 'ones' | 'constant' | 'uniform' | 'normal' | 'orthogonal' | 'values';
  /**
   * constant: the value; uniform: half-width of the interval around 0; normal: standard deviation; orthogonal, of a
   * matrix: all its singular values.
   */
  readonly scale?: number;
  readonly values?: readonly number[];
}
