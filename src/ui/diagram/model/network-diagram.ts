/**
 * A contraction as a tensor-network diagram, before anything is placed: tensors are vertices, an index is an
 * edge between the tensors that have it, an index of the result a free leg (R. Penrose 1971; J. C. Bridgeman and
 * C. T. Chubb, "Hand-waving and interpretive dance", 2017, section 1).
 */
import type { PathText } from '../../../base/path.ts';

/** Told by what the node that gives a tensor is, or by its numbers. */
export type TensorKind = 'general' | 'isometry' | 'diagonal' | 'delta';

export interface DiagramTensor {
  readonly name: string;
  readonly kind: TensorKind;
  /** For each axis the position of its index in the diagram; a diagonal has one index twice. */
  readonly axes: readonly number[];
  /** Where its numbers come from, where that is known. */
  readonly node?: PathText | undefined;
  readonly port?: string | undefined;
}

export interface DiagramIndex {
  readonly name: string;
  /** Undefined while it is open. */
  readonly size: number | undefined;
  /** The name of an axis that has it: wires of this name have its colour on the canvas. */
  readonly axis: string;
}

export interface NetworkDiagram {
  readonly tensors: readonly DiagramTensor[];
  readonly indices: readonly DiagramIndex[];
  /** Positions of the indices of the result, in order. */
  readonly output: readonly number[];
}

export type DiagramVertex =
  | { readonly kind: 'tensor'; readonly tensor: number }
  /** Where an index meets itself on three or more places: a hyper-index. */
  | { readonly kind: 'junction'; readonly index: number };

/** One line of the drawing: between two vertices, back to the same one (a trace), or from one into the open. */
export interface Strand {
  readonly index: number;
  readonly from: number;
  /** Undefined: a free end. */
  readonly to: number | undefined;
  /** A free end of an index of the result; else it is summed there. */
  readonly open: boolean;
  /** The axis of the tensor at `from`; 0 at a junction. */
  readonly axis: number;
}

export interface Skeleton {
  readonly vertices: readonly DiagramVertex[];
  readonly strands: readonly Strand[];
}

/** The vertices and lines of a diagram; tensors come first, in their order. */
export function skeletonOf({ tensors, indices, output }: NetworkDiagram): Skeleton {
  const vertices: DiagramVertex[] = tensors.map((_, tensor) => ({ kind: 'tensor', tensor }));
  const strands: Strand[] = [];
  const ends = indices.map((): { from: number; axis: number }[] => []);
  for (const [from, { axes }] of tensors.entries())
    for (const [axis, index] of axes.entries()) ends[index]?.push({ from, axis });
  const open = new Set(output);
  for (const [index, places] of ends.entries()) {
    const [a, b] = places;
    const isOpen = open.has(index);
    if (!a) continue;
    if (places.length + Number(isOpen) > 2) {
      const junction = vertices.push({ kind: 'junction', index }) - 1;
      for (const place of places) strands.push({ index, ...place, to: junction, open: false });
      if (isOpen) strands.push({ index, from: junction, to: undefined, open: true, axis: 0 });
    } else strands.push({ index, ...a, to: b?.from, open: isOpen });
  }
  return { vertices, strands };
}
