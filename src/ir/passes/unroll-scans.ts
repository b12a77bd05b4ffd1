/** Writes recurrences out, iteration by iteration. */

import { Builder } from '../builder.ts';
import { withArgs } from '../ops/index.ts';
import type { Op, Program, ScanOp, ValueId } from '../program.ts';
import { withResults } from '../rebuild.ts';
import { inline } from '../scan.ts';
import { unpackScan } from '../scan-parts.ts';

/** Writes out those that are chosen; all when nobody chooses. Their bodies are asked about first. */
export function unrollScans(program: Program, chosen: (op: ScanOp) => boolean = () => true): Program {
  if (!program.ops.some((op) => op.kind === 'scan')) return program;
  const ir = new Builder();
  const renamed: ValueId[] = [];
  const replace = (value: ValueId) => renamed[value] as ValueId;
  /** The results of scans that were written out. */
  const results = new Map<ValueId, readonly ValueId[]>();
  for (const [id, op] of program.ops.entries()) {
    if (op.kind === 'scan') {
      const whole = { ...op, body: unrollScans(op.body, chosen) };
      if (chosen(whole)) results.set(id, unroll(ir, withArgs(whole, replace) as ScanOp));
      else renamed[id] = ir.append(withArgs(whole, replace));
      continue;
    }
    const written = op.kind === 'result' ? results.get(op.arg)?.[op.index] : undefined;
    renamed[id] = written ?? ir.append(withArgs(op as Exclude<Op, ScanOp>, replace));
  }
  return withResults(program, ir.ops, replace);
}

/** One row of a tensor: of outs that were stacked, the out itself. */
function rowOf(ir: Builder, value: ValueId, t: number): ValueId {
  const op = ir.op(value);
  const shape = ir.shape(value).slice(1);
  const isStack = op.kind === 'concat' && op.axis === 0 && op.args.length === op.shape[0];
  if (!isStack) return ir.reshape(ir.part(value, 0, t, 1), shape);
  const row = op.args[t] as ValueId;
  const inner = ir.op(row);
  return inner.kind === 'reshape' && String(ir.shape(inner.arg)) === String(shape)
    ? inner.arg
    : ir.reshape(row, shape);
}

/** The results: the last carries, then the outs, stacked. */
function unroll(ir: Builder, op: ScanOp): ValueId[] {
  const { carries, rows, constants } = unpackScan(op);
  ir.source = op.source;
  let state: readonly ValueId[] = carries;
  const outs: ValueId[][] = op.body.outputs.slice(op.carries).map(() => []);
  for (let n = 0; n < op.length; n++) {
    const t = op.reverse ? op.length - 1 - n : n;
    const row = (value: ValueId) => rowOf(ir, value, t);
    const given = rows.map(row);
    ir.source = undefined;
    const made = inline(ir, op, [...state, ...given, ...constants]);
    ir.source = op.source;
    state = made.carries;
    for (const [i, out] of made.outs.entries()) (outs[i] as ValueId[])[t] = out;
  }
  const stacked = outs.map((list) =>
    ir.concat(
      list.map((out) => ir.reshape(out, [1, ...ir.shape(out)])),
      0,
    ),
  );
  ir.source = undefined;
  return [...state, ...stacked];
}
