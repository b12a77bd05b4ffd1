/** Copies a program with its values renumbered: the step that every pass shares. */
import { argsOf } from './ops/index.ts';
import type { Op, Program, ValueId } from './program.ts';

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
