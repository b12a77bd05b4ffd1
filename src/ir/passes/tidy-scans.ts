/**
 * What a recurrence is given in vain: a carry that never changes is a constant, an argument that is given
 * twice is given once, and tensors that are uniform or written numbers stand in the body, where its
 * operations see them. An out that is a row of an argument is that argument.
 */
import { argsOf, withArgs } from '../ops/index.ts';
import type { Op, Program, ScanOp, ValueId } from '../program.ts';
import { withResults } from '../rebuild.ts';
import { argumentsOfInputs, inputName } from '../scan-parts.ts';

export function tidyScans(program: Program): Program {
  if (!program.ops.some((op) => op.kind === 'scan')) return program;
  const ops: Op[] = [];
  const renamed: ValueId[] = [];
  const replace = (value: ValueId) => renamed[value] as ValueId;
  /** What the results of each scan are instead, and where the others are now. */
  const results = new Map<ValueId, Tidied>();
  for (const [id, op] of program.ops.entries()) {
    const moved = withArgs(op, replace);
    if (moved.kind === 'scan') {
      const tidied = tidy(moved, ops);
      results.set(id, tidied);
      renamed[id] = ops.push(tidied.op) - 1;
      continue;
    }
    const place = op.kind === 'result' ? results.get(op.arg)?.results[op.index] : undefined;
    if (place?.value !== undefined) renamed[id] = place.value;
    else if (place) renamed[id] = ops.push({ ...moved, index: place.index } as Op) - 1;
    else renamed[id] = ops.push(moved) - 1;
  }
  return withResults(program, ops, replace);
}

interface Tidied {
  readonly op: ScanOp;
  /** For each result before: a value in its stead, or where it is now. */
  readonly results: readonly { readonly value?: ValueId; readonly index: number }[];
}

function tidy(op: ScanOp, ops: readonly Op[]): Tidied {
  const { body, carries, rows, length } = op;
  const positions = argumentsOfInputs(op);
  const inputs = new Map([...positions].map(([value, k]) => [k, value]));
  const outputs = body.outputs.map(({ value }) => value);
  const isStill = (k: number) => k < carries && outputs[k] === inputs.get(k);
  const isRow = (k: number) => k >= carries && k < carries + rows;
  /** Where an argument goes: as a carry, a row or a constant, or into the body. */
  const roles = op.args.map((value, k) => {
    if (k < carries) return isStill(k) ? 'constant' : 'carry';
    if (op.args.some((a, j) => j < k && a === value && j >= carries && isRow(j) === isRow(k))) return 'twin';
    return writtenAs(ops[value] as Op, isRow(k), length) ? 'written' : isRow(k) ? 'row' : 'constant';
  });
  const order = (['carry', 'row', 'constant'] as const).map((role) =>
    roles.flatMap((r, k) => (r === role ? [k] : [])),
  );
  const [newCarries, newRows] = order as [number[], number[], number[]];
  const args = order.flat();
  const counts = { carries: newCarries.length, rows: newRows.length };
  const twinOf = (k: number) =>
    op.args.findIndex((a, j) => a === op.args[k] && j >= carries && isRow(j) === isRow(k));
  const renamed: ValueId[] = [];
  const inner: Op[] = [];
  const byArgument = new Map<number, ValueId>();
  for (const [id, o] of body.ops.entries()) {
    const k = positions.get(id);
    if (k === undefined) {
      renamed[id] = inner.push(withArgs(o, (v) => renamed[v] as ValueId)) - 1;
      continue;
    }
    const own = roles[k] === 'twin' ? twinOf(k) : k;
    let value = byArgument.get(own);
    if (value === undefined) {
      const written =
        roles[own] === 'written'
          ? writtenAs(ops[op.args[own] as ValueId] as Op, isRow(own), length)
          : undefined;
      const input = { ...o, name: inputName(counts, args.indexOf(own)) } as Op;
      value = inner.push(written ?? input) - 1;
      byArgument.set(own, value);
    }
    renamed[id] = value;
  }
  const keptOuts = outputs.flatMap((value, index) => {
    const k = positions.get(value);
    return index >= carries && (k === undefined || !isRow(k)) ? [index] : [];
  });
  const values = [...newCarries, ...keptOuts].map((index) => renamed[outputs[index] as ValueId] as ValueId);
  const results = outputs.map((value, index) => {
    if (isStill(index)) return { value: op.args[index] as ValueId, index };
    if (index < carries) return { index: newCarries.indexOf(index) };
    const at = keptOuts.indexOf(index);
    const k = positions.get(value) as number;
    return at < 0 ? { value: op.args[k] as ValueId, index } : { index: newCarries.length + at };
  });
  const names = (at: number) => (at < counts.carries ? `carry ${at}` : `out ${at - counts.carries}`);
  const made: ScanOp = {
    ...op,
    ...counts,
    args: args.map((k) => op.args[k] as ValueId),
    body: { ops: inner, outputs: values.map((value, at) => ({ name: names(at), value })), updates: [] },
  };
  return { op: made, results };
}

/** An operation that needs no arguments as it stands in a body: whole, or any row of it where all are alike. */
function writtenAs(op: Op, isRow: boolean, length: number): Op | undefined {
  if (op.kind === 'input' || op.kind === 'scan' || argsOf(op).length > 0) return undefined;
  if (!isRow) return op;
  if (op.kind !== 'contract' || new Set(op.output).size < op.output.length) return undefined;
  if (op.shape[0] !== length) return undefined;
  return { ...op, output: op.output.slice(1), shape: op.shape.slice(1) };
}
