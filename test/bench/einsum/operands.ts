/** Numbers for the tensors of a network: deterministic, and such that the result is near one whatever the network. */
import { keyFrom, uniform } from '../../../src/base/random.ts';
import type { Network } from '../../../src/contraction/index.ts';

/**
 * All positive, so that nothing cancels, and scaled so that the sum over all indices that are summed, of
 * products of means, is 1: the result neither overflows nor vanishes in single precision.
 */
export function operandsOf(name: string, { inputs, output, sizes }: Network): Float32Array[] {
  const summed = new Set(inputs.flat().filter((label) => !output.includes(label)));
  const logTerms = [...summed].reduce((log, label) => log + Math.log(sizes[label] as number), 0);
  const scale = Math.exp(-logTerms / inputs.length);
  return inputs.map((labels, k) => {
    const n = labels.reduce((product, label) => product * (sizes[label] as number), 1);
    return Float32Array.from(uniform(keyFrom(1, 'einsum', name, k), n), (u) => scale * (0.5 + u));
  });
}
