/** Which recurrences become loops, and which are written out iteration by iteration before they are planned. */
import { dropUnused } from '../../ir/passes/drop-unused.ts';
import { mergeEqual } from '../../ir/passes/merge-equal.ts';
import { unrolledSize, unrollScans } from '../../ir/passes/unroll-scans.ts';
import type { Program, ScanOp } from '../../ir/program.ts';

/** So few operations are planned as fast written out as in a loop, and steps of neighbouring iterations meet. */
const SHORT = 24;

export function writeOut(program: Program, without: ReadonlySet<string>): Program {
  if (!program.ops.some((op) => op.kind === 'scan')) return program;
  const isChosen = (op: ScanOp) =>
    without.has('loops') || op.length === 1 || (!without.has('unroll') && unrolledSize(op) <= SHORT);
  const written = unrollScans(program, isChosen);
  return written.ops.length === program.ops.length ? written : dropUnused(mergeEqual(written));
}
