/** Sums of products over indices. */
import type { ContractOp, Shape } from '../program.ts';
import { type OpRules, printValues, readsMany } from './rules.ts';

/** Labels in order of appearance become a, b, c, … */
function labelNames({ inputs, output }: ContractOp): (labels: readonly number[]) => string {
  const names = new Map<number, string>();
  for (const label of [...inputs.flat(), ...output])
    if (!names.has(label))
      names.set(label, names.size < 26 ? String.fromCharCode(97 + names.size) : `<${label}>`);
  return (labels) => labels.map((label) => names.get(label)).join('');
}

export const contract: OpRules<ContractOp> = {
  ...readsMany(),
  fault({ args, inputs, output, sizes, shape }, { shapeOf }) {
    const disagrees = (labels: readonly number[], of: Shape) =>
      labels.length !== of.length || labels.some((label, d) => sizes[label] !== of[d]);
    if (inputs.length !== args.length) return 'it names another number of operands than it has';
    if (args.some((a, k) => disagrees(inputs[k] as readonly number[], shapeOf(a))))
      return 'labels and operand shapes disagree';
    return disagrees(output, shape) ? 'labels and output shape disagree' : undefined;
  },
  print(op) {
    const letters = labelNames(op);
    const expression = `${op.inputs.map(letters).join(',')}->${letters(op.output)}`;
    const factor = op.scale === 1 ? [] : [`* ${op.scale}`];
    const operands = op.args.length > 0 ? [printValues(op.args)] : [];
    return ['contract', expression, ...operands, ...factor].join(' ');
  },
  /** The derivative of a product by one factor is the product of the others, contracted with the cotangent. */
  pullBack({ args, inputs, output, sizes, scale }, { ir, cotangent, isWanted, add }) {
    for (const [k, factor] of args.entries()) {
      if (!isWanted(factor)) continue;
      const others = args.filter((_, j) => j !== k);
      const labels = inputs.filter((_, j) => j !== k);
      const own = inputs[k] as readonly number[];
      add(factor, ir.contract([cotangent, ...others], [output, ...labels], own, { sizes, scale }));
    }
  },
  /** The product rule: each factor in turn gives way to its tangent. */
  push({ args, inputs, output, sizes, scale }, { ir, tangents }) {
    const terms = args.flatMap((factor, k) => {
      const tangent = tangents.get(factor);
      if (tangent === undefined) return [];
      const factors = args.map((a, j) => (j === k ? tangent : a));
      return [ir.contract(factors, inputs, output, { sizes, scale })];
    });
    return terms.reduce((sum, term) => ir.add(sum, term));
  },
};
