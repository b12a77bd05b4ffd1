/**
 * A contraction carried out in slices: some labels are looped over from outside, each slice is a smaller
 * contraction of the same form, and its result is added to the whole, or put in its place where a sliced
 * label stands on the output.
 */
import type { Network } from '../../contraction/index.ts';
import { elements } from '../../ir/program.ts';
import { denseStrides } from '../plan/view.ts';

export interface Slices {
  /** The network of one slice, without the sliced labels. */
  readonly network: Network;
  readonly count: number;
  /** Elements of the whole output. */
  readonly resultLength: number;
  /** Whether operand k is another in every slice; if not, once is enough to write it. */
  varies(k: number): boolean;
  /** Operand k as slice `slice` sees it, row-major. */
  take(slice: number, k: number, data: ArrayLike<number>): Float64Array;
  /** Adds a slice of the output, row-major, where it belongs. */
  add(slice: number, part: ArrayLike<number>, whole: Float64Array): void;
}

/** Labels without repeats. The first runs slowest. */
export function slicesOf(network: Network, sliced: readonly number[]): Slices {
  const { inputs, output, sizes } = network;
  const cut = (labels: readonly number[]) => labels.filter((label) => !sliced.includes(label));
  const shape = (labels: readonly number[]) => labels.map((label) => sizes[label] as number);
  const counter = denseStrides(shape(sliced));
  const positionOf = (slice: number, label: number): number => {
    const d = sliced.indexOf(label);
    return Math.floor(slice / (counter[d] as number)) % (sizes[label] as number);
  };
  /** Of each operand, and of the output: the axes that a slice runs along, and those where it stands still. */
  const windows = [...inputs, output].map((labels) => {
    const strides = denseStrides(shape(labels));
    const axes = labels.map((label, d) => ({ label, stride: strides[d] as number }));
    const running = axes.filter(({ label }) => !sliced.includes(label));
    // Not before it is asked for: of what is refused in the end nothing should be allocated.
    let known: Int32Array | undefined;
    const places = () => {
      known ??= placesOf(
        shape(running.map(({ label }) => label)),
        running.map(({ stride }) => stride),
      );
      return known;
    };
    return { still: axes.filter(({ label }) => sliced.includes(label)), places };
  });

  function windowOf(slice: number, k: number) {
    const { still, places } = windows[k] as (typeof windows)[number];
    return {
      from: still.reduce((sum, a) => sum + a.stride * positionOf(slice, a.label), 0),
      places: places(),
    };
  }

  return {
    network: { inputs: inputs.map(cut), output: cut(output), sizes },
    count: elements(shape(sliced)),
    resultLength: elements(shape(output)),
    varies: (k) => (windows[k]?.still.length ?? 0) > 0,
    take(slice, k, data) {
      const { from, places } = windowOf(slice, k);
      const part = new Float64Array(places.length);
      for (let i = 0; i < part.length; i++) part[i] = data[from + (places[i] as number)] as number;
      return part;
    },
    add(slice, part, whole) {
      const { from, places } = windowOf(slice, inputs.length);
      for (let i = 0; i < places.length; i++) {
        (whole[from + (places[i] as number)] as number) += part[i] as number;
      }
    },
  };
}

/** The offset of every element of a strided tensor, in row-major order. */
function placesOf(shape: readonly number[], strides: readonly number[]): Int32Array {
  let places = new Int32Array(1);
  for (const [d, size] of shape.entries()) {
    const next = new Int32Array(places.length * size);
    for (let i = 0; i < places.length; i++) {
      for (let j = 0; j < size; j++) next[i * size + j] = (places[i] as number) + j * (strides[d] as number);
    }
    places = next;
  }
  return places;
}
