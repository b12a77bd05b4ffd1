/** Contractions absorb operands that are tensors of ones or Kronecker deltas: these only identify or repeat indices. */
import type { ContractOp, Op, ValueId } from './program.ts';

/** A tensor of ones or a Kronecker delta, times a number. */
export const hasNoOperands = (op: Op): op is ContractOp => op.kind === 'contract' && op.args.length === 0;

type Contraction = Pick<ContractOp, 'args' | 'inputs' | 'output' | 'sizes' | 'scale'>;

/**
 * The contraction without its operands that are zero-operand contractions: their factors go into its scale, and
 * labels that share one of theirs become one label. The same object where there is none.
 */
export function absorbConstants(c: Contraction, opOf: (value: ValueId) => Op): Contraction {
  if (!c.args.some((value) => hasNoOperands(opOf(value)))) return c;
  const same = new Map<number, number>();
  const find = (label: number): number => (same.has(label) ? find(same.get(label) as number) : label);
  let scale = c.scale;
  const kept: number[] = [];
  for (const [k, value] of c.args.entries()) {
    const producer = opOf(value);
    if (!hasNoOperands(producer)) {
      kept.push(k);
      continue;
    }
    scale *= producer.scale;
    // Outer indices that share a label of the producer are one index from now on.
    const first = new Map<number, number>();
    for (const [d, inner] of producer.output.entries()) {
      const outer = find((c.inputs[k] as readonly number[])[d] as number);
      const partner = first.get(inner);
      if (partner === undefined) first.set(inner, outer);
      else if (find(partner) !== outer) same.set(outer, find(partner));
    }
  }
  const inputs = kept.map((k) => (c.inputs[k] as readonly number[]).map(find));
  const output = c.output.map(find);
  // A label that only ones stood on, and that is summed, counts its size.
  const present = new Set([...inputs.flat(), ...output]);
  for (const label of new Set(c.inputs.flat().map(find)))
    if (!present.has(label)) scale *= c.sizes[label] as number;
  return { args: kept.map((k) => c.args[k] as ValueId), inputs, output, sizes: c.sizes, scale };
}
