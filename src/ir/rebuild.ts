/** Copies a program with its values renumbered: the step that every pass shares. */
import { argsOf, type Op, type Program, type ValueId } from './program.ts';

/** The operation with each argument replaced: itself where none is another. */
export function withArgs(op: Op, replace: (value: ValueId) => ValueId): Op {
  if (argsOf(op).every((value) => replace(value) === value)) return op;
  switch (op.kind) {
    case 'input':
    case 'constant':
    case 'iota':
      return op;
    case 'random':
      return { ...op, key: replace(op.key) };
    // The two that programs are made of stand apart: copying objects of one form is fast.
    case 'contract':
      return { ...op, args: op.args.map(replace) };
    case 'map':
      return { ...op, args: op.args.map(replace) };
    case 'concat':
    case 'scan':
      return { ...op, args: op.args.map(replace) };
    case 'reduce':
    case 'reshape':
    case 'slice':
    case 'pad':
    case 'window':
    case 'fold':
    case 'result':
      return { ...op, arg: replace(op.arg) };
    case 'gather':
      return { ...op, data: replace(op.data), indices: replace(op.indices) };
    case 'scatterAdd':
      return { ...op, indices: replace(op.indices), updates: replace(op.updates) };
  }
}

/** Outputs and updates with each value replaced. */
export const withResults = (
  program: Program,
  ops: readonly Op[],
  replace: (value: ValueId) => ValueId,
): Program => ({
  ops,
  outputs: program.outputs.map((o) => ({ ...o, value: replace(o.value) })),
  updates: program.updates.map((u) => ({ ...u, value: replace(u.value) })),
});

/** How many times each value is read, results included. */
export function countUses(program: Program): number[] {
  const uses = program.ops.map(() => 0);
  const use = (value: ValueId) => {
    uses[value] = (uses[value] as number) + 1;
  };
  for (const op of program.ops) argsOf(op).forEach(use);
  for (const { value } of [...program.outputs, ...program.updates]) use(value);
  return uses;
}
