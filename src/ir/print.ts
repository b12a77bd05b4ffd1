/** Prints a program, one line an operation: what goldens hold and what a person reads when lowering puzzles them. */
import { printWith } from './ops/index.ts';
import type { Op, Program } from './program.ts';

export const printOp = (op: Op): string => printWith(op, printProgram);

export function printProgram(program: Program): string {
  const lines = program.ops.map(
    (op, id) =>
      `%${id} [${op.shape.join(' ')}] = ${printOp(op)}${op.source === undefined ? '' : `  # ${op.source}`}`,
  );
  for (const { name, value } of program.outputs) lines.push(`output "${name}" %${value}`);
  for (const { state, value } of program.updates) lines.push(`update "${state}" %${value}`);
  return `${lines.join('\n')}\n`;
}
