/**
 * A backward recurrence computes again what the iterations of the forward one computed from the same carries,
 * rows and constants. What it needs of that is kept instead: the forward recurrence gives it, and the backward
 * one takes it row by row. Views, and cheap operations on what is kept anyway, are still done again.
 *
 * Nothing here knows of gradients: two recurrences of one length are compared, iteration by iteration.
 */

import { cost } from '../expr.ts';
import { argsOf, withArgs } from '../ops/index.ts';
import type { MapOp, Op, Program, ScanOp, ValueId } from '../program.ts';
import { withResults } from '../rebuild.ts';
import { argumentsOfInputs, inputName, resultShape, withOut } from '../scan-parts.ts';
import { isFreeView } from './free-views.ts';
import { computationKey } from './merge-equal.ts';
import { signsOfResults } from './signs-of-results.ts';

/** An element-wise expression of at most this cost is computed again rather than kept. */
const CHEAP = 4;

export function keepResiduals(program: Program): Program {
  if (program.ops.filter((op) => op.kind === 'scan').length < 2) return program;
  const ops: Op[] = [];
  const renamed: ValueId[] = [];
  const replace = (value: ValueId) => renamed[value] as ValueId;
  for (const [id, op] of program.ops.entries()) {
    let moved = withArgs(op, replace);
    if (moved.kind === 'scan')
      for (let first = 0, count = ops.length; first < count; first++)
        if (ops[first]?.kind === 'scan') moved = share(ops, first, moved);
    renamed[id] = ops.push(moved) - 1;
  }
  return withResults(program, ops, replace);
}

/** The later recurrence with what the first one has computed as rows; that gives them from now on. */
function share(ops: Op[], first: ValueId, later: ScanOp): ScanOp {
  const given = ops[first] as ScanOp;
  if (given.length !== later.length || given.recomputes) return later;
  const body = signsOfResults(later.body);
  const counterparts = match(ops, first, given, { ...later, body });
  const isKnown = (id: ValueId) => counterparts.has(id);
  const computed = body.ops.some((o, id) => isKnown(id) && argsOf(o).length > 0);
  if (!computed) return later;
  const kept = residuals(body, isKnown);
  const rows = new Map<ValueId, ValueId>();
  for (const id of kept) rows.set(id, outOf(ops, first, counterparts.get(id) as ValueId));
  return withRows({ ...later, body }, rows);
}

/** For values of the later body, those of the first body that are the same in each iteration. */
function match(ops: readonly Op[], first: ValueId, given: ScanOp, later: ScanOp): Map<ValueId, ValueId> {
  const known = new Map<ValueId, ValueId>();
  const inputs = new Map([...argumentsOfInputs(given)].map(([value, k]) => [k, value]));
  const isRow = ({ carries, rows }: ScanOp, k: number) => k >= carries && k < carries + rows;
  for (const [value, k] of argumentsOfInputs(later)) {
    if (k < later.carries) continue;
    const argument = later.args[k] as ValueId;
    const source = ops[argument] as Op;
    const same = given.args.findIndex(
      (a, j) => a === argument && j >= given.carries && isRow(given, j) === isRow(later, k),
    );
    const out =
      isRow(later, k) && source.kind === 'result' && source.arg === first && source.index >= given.carries
        ? given.body.outputs[source.index]?.value
        : inputs.get(same);
    if (out !== undefined) known.set(value, out);
  }
  const byKey = new Map(given.body.ops.map((o, id) => [computationKey(o), id]));
  for (const [id, o] of later.body.ops.entries()) {
    if (o.kind === 'input' || !argsOf(o).every((a) => known.has(a))) continue;
    const same = byKey.get(computationKey(withArgs(o, (a) => known.get(a) as ValueId)));
    if (same !== undefined) known.set(id, same);
  }
  return known;
}

/** Done again where it is read, at no cost. */
const isView = (op: Op): boolean =>
  op.kind === 'reshape' || op.kind === 'slice' || op.kind === 'window' || isFreeView(op);

/** Which of the known values to keep, so that all others that are needed follow cheaply. */
function residuals({ ops, outputs }: Program, isKnown: (id: ValueId) => boolean): ValueId[] {
  const readers = new Map<ValueId, (Op | undefined)[]>();
  const read = (id: ValueId, by: Op | undefined) => readers.set(id, [...(readers.get(id) ?? []), by]);
  const base = (id: ValueId): ValueId => {
    const op = ops[id] as Op;
    return isView(op) ? base(argsOf(op)[0] as ValueId) : id;
  };
  for (const [id, op] of ops.entries())
    if (!isKnown(id)) for (const a of argsOf(op)) if (isKnown(a)) read(a, op);
  for (const { value } of outputs) if (isKnown(value)) read(value, undefined);
  const isFree = (id: ValueId) => argsOf(ops[id] as Op).length === 0;
  const needed = new Set([...readers.keys()].map(base).filter((id) => !isFree(id)));
  const wanted = [...needed].sort((a, b) => a - b);
  const kept = new Set(wanted);
  // What only element-wise operations read can be computed inside of them.
  for (const id of wanted) {
    const op = ops[id] as Op;
    const isRead = readers.get(id);
    const follows =
      op.kind === 'map' &&
      cost(op.expr) <= CHEAP &&
      isRead?.every((by) => by?.kind === 'map' && by.shape.length === (op as MapOp).shape.length) === true &&
      op.args.every((a) => isFree(base(a)) || (kept.has(base(a)) && base(a) !== id));
    if (follows) kept.delete(id);
  }
  return [...kept];
}

/** The stacked values of an iteration's value: those that the recurrence gives already, or one more. */
function outOf(ops: Op[], first: ValueId, value: ValueId): ValueId {
  const op = ops[first] as ScanOp;
  const known = op.body.outputs.findIndex((o, index) => index >= op.carries && o.value === value);
  if (known < 0) ops[first] = withOut(op, value);
  const index = known < 0 ? op.body.outputs.length : known;
  const shape = resultShape(ops[first] as ScanOp, index);
  return (
    ops.push({
      kind: 'result',
      arg: first,
      index,
      shape,
      ...(op.source !== undefined && { source: op.source }),
    }) - 1
  );
}

/** The recurrence with rows for some values of its body; what computed them is left to be dropped. */
function withRows(op: ScanOp, added: ReadonlyMap<ValueId, ValueId>): ScanOp {
  const { body, carries } = op;
  const positions = argumentsOfInputs(op);
  const rows = op.rows + added.size;
  const split = carries + op.rows;
  const args = [...op.args.slice(0, split), ...added.values(), ...op.args.slice(split)];
  const order = [...added.keys()];
  const ops = body.ops.map((o, id): Op => {
    const at = order.indexOf(id);
    if (at >= 0) return { kind: 'input', role: 'feed', name: `row ${op.rows + at}`, shape: o.shape };
    const k = positions.get(id);
    if (o.kind !== 'input' || k === undefined) return o;
    return { ...o, name: inputName({ carries, rows }, k < split ? k : k + added.size) };
  });
  return { ...op, args, rows, body: { ...body, ops } };
}
