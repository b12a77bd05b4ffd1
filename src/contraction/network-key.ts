/** A key of a network that does not depend on the names of its labels: what caches and documents look paths up by. */
import type { Network } from './network.ts';

/** The network with its labels numbered as they appear, and the own label of each number. */
export function canonicalNetwork({ inputs, output, sizes }: Network): {
  readonly canonical: Network;
  readonly labels: readonly number[];
} {
  const numbers = new Map<number, number>();
  const number = (label: number): number => {
    const known = numbers.get(label) ?? numbers.size;
    numbers.set(label, known);
    return known;
  };
  const renamed = { inputs: inputs.map((tensor) => tensor.map(number)), output: output.map(number) };
  const labels = [...numbers.keys()];
  return { canonical: { ...renamed, sizes: labels.map((label) => sizes[label] as number) }, labels };
}

/** The same text for networks that differ only in the names of their labels: `0 1, 1 2 -> 0 2 : 5 6 7`, sizes last. */
export function networkKey(network: Network): string {
  const { inputs, output, sizes } = canonicalNetwork(network).canonical;
  return `${inputs.map((tensor) => tensor.join(' ')).join(', ')} -> ${output.join(' ')} : ${sizes.join(' ')}`;
}
