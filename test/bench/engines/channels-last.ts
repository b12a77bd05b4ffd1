/** The convolution net's tensors in the order that TensorFlow.js keeps images in: channels last. */
import { size, type Tensor } from './data.ts';

/** From [batch, channel, row, column] and [out, in, row, column]; the dense weights' rows follow the image. */
const orders: Readonly<
  Record<
    string,
    { readonly view: readonly number[]; readonly axes: readonly number[]; readonly shape: readonly number[] }
  >
> = {
  x: { view: [64, 1, 28, 28], axes: [0, 2, 3, 1], shape: [64, 28, 28, 1] },
  K0: { view: [16, 1, 3, 3], axes: [2, 3, 1, 0], shape: [3, 3, 1, 16] },
  K1: { view: [32, 16, 3, 3], axes: [2, 3, 1, 0], shape: [3, 3, 16, 32] },
  D: { view: [32, 12, 12, 10], axes: [1, 2, 0, 3], shape: [4608, 10] },
};

export function toChannelsLast(name: string, tensor: Tensor): Tensor {
  const order = orders[name];
  if (!order) return tensor;
  return { shape: order.shape, data: permute(tensor.data, order.view, order.axes) };
}

export function fromChannelsLast(name: string, data: Float32Array, shape: readonly number[]): Float32Array {
  const order = orders[name];
  if (!order || data.length !== size(shape)) return data;
  const back = order.axes.map((_, d) => order.axes.indexOf(d));
  return permute(
    data,
    order.axes.map((d) => order.view[d] as number),
    back,
  );
}

/** Axis d of the result is axis axes[d] of the data. */
function permute(data: Float32Array, shape: readonly number[], axes: readonly number[]): Float32Array {
  const strides = shape.map((_, d) => size(shape.slice(d + 1)));
  const out = new Float32Array(data.length);
  const index = axes.map(() => 0);
  for (let at = 0; at < out.length; at++) {
    out[at] = data[
      index.reduce((sum, i, d) => sum + i * (strides[axes[d] as number] as number), 0)
    ] as number;
    for (let d = axes.length - 1; d >= 0; d--) {
      index[d] = (index[d] as number) + 1;
      if ((index[d] as number) < (shape[axes[d] as number] as number)) break;
      index[d] = 0;
    }
  }
  return out;
}
