/**
 * Deltas are glue: what a delta ties together is one index. The same network without those that can be left out,
 * which is how the program has it.
 */
import type { NetworkDiagram } from './network-diagram.ts';

export interface Melted {
  readonly diagram: NetworkDiagram;
  /** For each tensor that is left, which one it was. */
  readonly tensors: readonly number[];
  /** For each index, the one that stands for it now. */
  readonly indices: readonly number[];
}

/** A delta stays where nothing else holds its index, or where two indices of the result would become one. */
export function meltDeltas(diagram: NetworkDiagram): Melted {
  const { tensors, output } = diagram;
  const stands = diagram.indices.map((_, i) => i);
  const find = (i: number): number => (stands[i] === i ? i : find(stands[i] as number));
  const melts = new Set<number>();
  for (const [k, { kind, axes }] of tensors.entries()) {
    if (kind !== 'delta') continue;
    const before = [...stands];
    const [first, ...others] = axes;
    if (first === undefined) continue;
    for (const other of others) {
      const [a, b] = [find(first), find(other)];
      stands[Math.max(a, b)] = Math.min(a, b);
    }
    const open = new Set(output.map(find));
    if (open.size === output.length) melts.add(k);
    else stands.splice(0, stands.length, ...before);
  }
  const isHeld = (index: number) =>
    tensors.some(({ kind, axes }) => kind !== 'delta' && axes.some((i) => find(i) === find(index)));
  const left = [...tensors.keys()].filter((k) => {
    const [first] = tensors[k]?.axes ?? [];
    return !melts.has(k) || first === undefined || !isHeld(first);
  });
  return {
    diagram: {
      tensors: left.flatMap((k) => {
        const tensor = tensors[k];
        return tensor ? [{ ...tensor, axes: tensor.axes.map(find) }] : [];
      }),
      indices: diagram.indices,
      output: output.map(find),
    },
    tensors: left,
    indices: stands.map((_, i) => find(i)),
  };
}
