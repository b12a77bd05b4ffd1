/**
 * Writes every recurrence out, turn by turn: what plans are made of has no loops around steps. What a
 * turn keeps for a way back that nobody takes is dropped afterwards with all else that is not used.
 */
import { Builder } from '../builder.ts';
import type { Program, ScanOp, ValueId } from '../program.ts';
import { withArgs, withResults } from '../rebuild.ts';
import { anatomy, inline, named } from '../scan.ts';

/** The most operations that recurrences may come to: more would take long to compile, and long to run. */
export const MOST_UNROLLED = 100_000;

/** How many operations a recurrence comes to; its body may hold others. */
export const unrolledSize = ({ length, body }: ScanOp): number =>
  length * body.ops.reduce((sum, op) => sum + (op.kind === 'scan' ? unrolledSize(op) : 1), 0);

export function unrollScans(program: Program): Program {
  if (!program.ops.some((op) => op.kind === 'scan')) return program;
  const ir = new Builder();
  const renamed: ValueId[] = [];
  const replace = (value: ValueId) => renamed[value] as ValueId;
  for (const op of program.ops) {
    const moved = withArgs(op, replace);
    renamed.push(moved.kind === 'scan' ? unroll(ir, moved) : ir.append(moved));
  }
  const flat = withResults(program, ir.ops, replace);
  // A body may hold recurrences of its own.
  return unrollScans(flat);
}

function unroll(ir: Builder, op: ScanOp): ValueId {
  ir.source = op.source;
  const { init, rows, constants, width } = anatomy(ir, op);
  const outs: ValueId[] = [];
  let carry = init;
  for (let n = 0; n < op.length; n++) {
    const t = op.reverse ? op.length - 1 - n : n;
    const row = (value: ValueId) => ir.reshape(ir.part(value, 0, t, 1), ir.shape(value).slice(1));
    const turn = inline(ir, op, named(carry, rows.map(row), constants));
    carry = turn.carry;
    if (turn.out !== undefined) outs[t] = turn.out;
  }
  ir.source = undefined;
  const last = ir.reshape(carry, [width]);
  return outs.length === 0 ? last : ir.concat([last, ...outs], 0);
}
