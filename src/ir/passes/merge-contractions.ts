/**
 * A contraction that is read by one other contraction only becomes part of it: one network, whose
 * order is then searched as a whole. So does one that computes nothing, however many read it. Deltas
 * were taken in when the program was built; those that appear by differentiation (embedded diagonals
 * with operands) are taken in here by the same rule.
 */
import type { ContractOp, Op, Program, ValueId } from '../program.ts';
import { countUses, withResults } from '../rebuild.ts';
import { isFreeView } from './free-views.ts';

/** Networks beyond this size are left as they were drawn: their parts are searched apart. */
const maxOperands = 64;

export function mergeContractions(program: Program): Program {
  const uses = countUses(program);
  const ops: Op[] = [];
  for (const op of program.ops) ops.push(op.kind === 'contract' ? absorb(op, ops, uses) : op);
  return withResults(program, ops, (v) => v);
}

function absorb(op: ContractOp, ops: readonly Op[], uses: readonly number[]): ContractOp {
  // An order that was chosen is kept, and so are the operands it speaks of.
  if (op.path) return op;
  let current = op;
  for (let k = 0; k < current.args.length; ) {
    const producer = ops[current.args[k] as ValueId] as Op;
    const mergeable =
      producer.kind === 'contract' &&
      producer.args.length > 0 &&
      !producer.path &&
      (uses[current.args[k] as ValueId] === 1 || isFreeView(producer)) &&
      current.args.length + producer.args.length - 1 <= maxOperands;
    if (mergeable) current = splice(current, k, producer);
    else k++;
  }
  return current;
}

/** Operand k of `outer`, which is `inner`'s result, replaced by `inner`'s operands. */
function splice(outer: ContractOp, k: number, inner: ContractOp): ContractOp {
  const sizes = [...outer.sizes];
  const names = new Map<number, number>();
  const same = new Map<number, number>();
  const find = (label: number): number => (same.has(label) ? find(same.get(label) as number) : label);
  // The inner output's labels take the outer names; a label embedded twice identifies two outer ones.
  for (const [d, label] of inner.output.entries()) {
    const outerLabel = find((outer.inputs[k] as readonly number[])[d] as number);
    const known = names.get(label);
    if (known === undefined) names.set(label, outerLabel);
    else if (find(known) !== outerLabel) same.set(outerLabel, find(known));
  }
  const rename = (label: number): number => {
    if (!names.has(label)) names.set(label, sizes.push(inner.sizes[label] as number) - 1);
    return find(names.get(label) as number);
  };
  const innerInputs = inner.inputs.map((labels) => labels.map(rename));
  const replaceAt = <T>(list: readonly T[], items: readonly T[]) => [
    ...list.slice(0, k),
    ...items,
    ...list.slice(k + 1),
  ];
  const inputs = replaceAt(
    outer.inputs.map((labels) => labels.map(find)),
    innerInputs,
  );
  const output = outer.output.map(find);
  // A label that the inner contraction only broadcast, and that is summed, counts its size.
  const before = new Set(outer.inputs.flat().map(find));
  const after = new Set([...inputs.flat(), ...output]);
  const counted = [...before]
    .filter((label) => !after.has(label))
    .reduce((n, label) => n * (sizes[label] as number), 1);
  return {
    ...outer,
    args: replaceAt(outer.args, inner.args),
    inputs,
    output,
    sizes,
    scale: outer.scale * inner.scale * counted,
    absorbed: sourcesOf(outer, inner),
  };
}

const sourcesOf = (outer: ContractOp, inner: ContractOp): readonly string[] => {
  const all = [...(inner.absorbed ?? []), inner.source, ...(outer.absorbed ?? [])];
  return [...new Set(all.filter((source) => source !== undefined && source !== outer.source))] as string[];
};
