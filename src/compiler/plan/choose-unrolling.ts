/** Which recurrences become loops, and which are written out iteration by iteration before they are planned. */
import { dropUnused } from '../../ir/passes/drop-unused.ts';
import { mergeEqual } from '../../ir/passes/merge-equal.ts';
import { unrollScans } from '../../ir/passes/unroll-scans.ts';
import type { Program, ScanOp } from '../../ir/program.ts';

/**
 * Where there are two iterations or more a loop is as fast as the same written out, whether its body is a step or
 * many, and mostly faster, for its iterations share their memory (`npm run bench -- loops`).
 */
export function writeOut(program: Program, without: ReadonlySet<string>): Program {
  if (!program.ops.some((op) => op.kind === 'scan')) return program;
  const written = unrollScans(program, (op: ScanOp) => op.length === 1 || without.has('loops'));
  return written.ops.length === program.ops.length ? written : dropUnused(mergeEqual(written));
}
