/** The numbers of a convolution's kernels as pictures. */
import { type KernelForm, kernelEnd } from './learned-kind.ts';

/**
 * Of each output channel whose numbers are all there, `most` of them at most: for each input channel the picture, row
 * by row.
 */
export function kernelsOf(
  data: readonly number[],
  { counts, strides }: KernelForm,
  most: number,
): number[][][] {
  const { out, channels, rows, columns } = counts;
  const end = kernelEnd({ counts, strides });
  const kernels: number[][][] = [];
  for (let o = 0; o < Math.min(out, most) && o * strides.out + end < data.length; o++)
    kernels.push(
      Array.from({ length: channels }, (_, c) =>
        Array.from({ length: rows * columns }, (_, k) => {
          const place = Math.floor(k / columns) * strides.rows + (k % columns) * strides.columns;
          return data[o * strides.out + c * strides.channels + place] as number;
        }),
      ),
    );
  return kernels;
}

/** What is drawn of a kernel: one of its channels, or their mean. */
export function seen(kernel: readonly (readonly number[])[], channel: number | 'mean'): readonly number[] {
  if (channel !== 'mean') return kernel[channel] ?? [];
  const [first = []] = kernel;
  return first.map((_, k) => kernel.reduce((sum, plane) => sum + (plane[k] as number), 0) / kernel.length);
}
