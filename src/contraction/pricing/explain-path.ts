/** A path in words: one line a step, with what it costs and how much of the whole that is. */
import type { Network, PathResult } from '../network.ts';

export interface ExplainedStep {
  readonly left: number;
  readonly right: number;
  /** Labels of the operands and of the result, in the order of first appearance. */
  readonly operands: readonly [readonly number[], readonly number[]];
  readonly result: readonly number[];
  readonly summed: readonly number[];
  readonly flops: number;
  readonly elements: number;
  /** How many matrix products the step is: one for each value of the indices that both operands and the result have. */
  readonly products: number;
  /** Part of the path's flops. */
  readonly share: number;
}

/** The steps of a path as data, for a panel or a table. */
export function explainSteps(result: PathResult, network: Network): readonly ExplainedStep[] {
  const uses = new Map<number, number>();
  const count = (labels: Iterable<number>, by: number) => {
    for (const l of new Set(labels)) uses.set(l, (uses.get(l) ?? 0) + by);
  };
  for (const labels of network.inputs) count(labels, 1);
  count(network.output, 1);
  const product = (labels: readonly number[]) => labels.reduce((p, l) => p * (network.sizes[l] as number), 1);
  const tensors = network.inputs.map((labels) => [...new Set(labels)].filter((l) => (uses.get(l) ?? 0) > 1));
  return result.path.map(([left, right]) => {
    const operands = [tensors[left] ?? [], tensors[right] ?? []] as const;
    const union = [...new Set([...operands[0], ...operands[1]])];
    for (const side of operands) count(side, -1);
    const kept = union.filter((l) => (uses.get(l) ?? 0) > 0);
    count(kept, 1);
    tensors.push(kept);
    const flops = product(union);
    return {
      left,
      right,
      operands,
      result: kept,
      summed: union.filter((l) => !kept.includes(l)),
      flops,
      elements: product(kept),
      products: product(kept.filter((l) => operands[0].includes(l) && operands[1].includes(l))),
      share: result.flops > 0 ? flops / result.flops : 0,
    };
  });
}

const figure = (x: number): string => (x < 1e6 ? String(x) : x.toExponential(3));

/** Several lines of text; `nameOf` gives the name of a label. */
export function explain(
  result: PathResult,
  network: Network,
  nameOf: (label: number) => string = (label) => `i${label}`,
): string {
  const names = (labels: readonly number[]) => (labels.length === 0 ? '1' : labels.map(nameOf).join(' '));
  const n = network.inputs.length;
  const gain = result.flops > 0 ? result.naiveFlops / result.flops : 1;
  const head = [
    n === 1
      ? '1 tensor, nothing to contract'
      : `${n} tensors, ${result.path.length} step${n === 2 ? '' : 's'}, found by ${result.algorithm}`,
    `multiply-adds ${figure(result.flops)}; all at once ${figure(result.naiveFlops)} (${gain.toPrecision(3)}×)`,
    `largest tensor ${figure(result.largestIntermediate)}, most alive ${figure(result.peakElements)} elements`,
  ];
  const lines = explainSteps(result, network).map((s, k) => {
    const sum = s.summed.length > 0 ? `sums ${names(s.summed)}` : 'sums nothing';
    return [
      `${n + k} = ${s.left} · ${s.right}`,
      `${names(s.operands[0])}, ${names(s.operands[1])} → ${names(s.result)}`,
      sum,
      `${figure(s.flops)} (${(100 * s.share).toFixed(1)} %)`,
      `makes ${figure(s.elements)}`,
    ].join('   ');
  });
  return [...head, ...lines].join('\n');
}
