/** A view with a name for each of its axes: what contractions are written in. */
import type { StridedView } from '../view.ts';

/** Labels are distinct; strides are in elements, in the labels' order. */
export interface Strided {
  readonly labels: readonly number[];
  readonly strides: readonly number[];
}

export interface NamedAxisView {
  readonly view: StridedView;
  readonly labels: readonly number[];
}

export const stridesOf = ({ view, labels }: NamedAxisView): Strided => ({ labels, strides: view.strides });

/** How far one step along a label goes; 0 where the tensor does not have it. */
export function strideAlong({ labels, strides }: Strided, label: number): number {
  const at = labels.indexOf(label);
  return at < 0 ? 0 : (strides[at] as number);
}

export const strideOf = (factor: NamedAxisView, label: number): number =>
  strideAlong(stridesOf(factor), label);

export const sizeOf = ({ view, labels }: NamedAxisView, label: number): number =>
  view.shape[labels.indexOf(label)] as number;

/** The same tensor with its axes in another order; axes that are left out are not summed but forgotten. */
export const arranged = (factor: NamedAxisView, labels: readonly number[]): NamedAxisView => ({
  view: {
    ...factor.view,
    shape: labels.map((l) => sizeOf(factor, l)),
    strides: labels.map((l) => strideOf(factor, l)),
  },
  labels,
});

/** A label that stands twice on an operand walks its diagonal: one axis with the sum of the strides. */
export function diagonal(view: StridedView, labels: readonly number[]): NamedAxisView {
  const distinct = [...new Set(labels)];
  const strides = distinct.map((label) =>
    labels.reduce((sum, l, d) => (l === label ? sum + (view.strides[d] as number) : sum), 0),
  );
  const shape = distinct.map((label) => view.shape[labels.indexOf(label)] as number);
  return { view: { ...view, shape, strides }, labels: distinct };
}
