/** A tensor network as a hypergraph, and what a search for its contraction path gives back. */

/** `inputs[k]` are the index labels of tensor k (repeats allowed), `sizes[label]` the size of each label. */
export interface Network {
  readonly inputs: readonly (readonly number[])[];
  readonly output: readonly number[];
  readonly sizes: readonly number[];
}

/** Pairs in static single assignment form: tensor n + i is the result of pair i. */
export type SsaPath = readonly (readonly [number, number])[];

export interface PathResult {
  readonly path: SsaPath;
  /** Σ over pairs of the product of the sizes of all indices alive on the two operands: multiply-adds. */
  readonly flops: number;
  /** The same for one loop over all indices at once. */
  readonly naiveFlops: number;
  /** Elements of the largest tensor made on the way. */
  readonly largestIntermediate: number;
  /** Most elements alive at once, inputs not counted, operands freed after use. */
  readonly peakElements: number;
  /** How it was found; those of several parts one after the other. */
  readonly algorithm: string;
  /**
   * Labels to loop over, where memory is limited: the path is carried out once for every combination of
   * their values, on tensors cut at it, and the results are added up or, where a label is on the output,
   * put side by side. flops counts all slices; largestIntermediate is that of one slice; peakElements is
   * that of one slice and the whole output beside it. Empty without a limit.
   */
  readonly sliced: readonly number[];
  /** How many slices: the product of the sizes of `sliced`. */
  readonly slices: number;
}

/** Whether a path is known to be optimal, because every one was looked at, or ruled out, in every part. */
export const isBest = ({ algorithm }: PathResult): boolean =>
  algorithm
    .replaceAll(/[a-z-]+, proven optimal/g, 'exact')
    .split(', ')
    .every((name) => name === 'exact' || name === 'chain');
