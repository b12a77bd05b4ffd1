/**
 * What does not change from iteration to iteration is computed once, before the recurrence, and given to it
 * as a constant. Views stay where they are read, and so do tensors that need no arguments: they cost nothing.
 */
import { argsOf, withArgs } from '../ops/index.ts';
import type { Op, Program, ScanOp, ValueId } from '../program.ts';
import { withResults } from '../rebuild.ts';
import { argumentsOfInputs, inputName } from '../scan-parts.ts';
import { isFreeView } from './free-views.ts';

export function hoistFromLoops(program: Program): Program {
  if (!program.ops.some((op) => op.kind === 'scan')) return program;
  const ops: Op[] = [];
  const renamed: ValueId[] = [];
  const replace = (value: ValueId) => renamed[value] as ValueId;
  for (const [id, op] of program.ops.entries()) {
    const moved = withArgs(op, replace);
    // What leaves an inner loop may leave this one too.
    const next = moved.kind === 'scan' ? hoist({ ...moved, body: hoistFromLoops(moved.body) }, ops) : moved;
    renamed[id] = ops.push(next) - 1;
  }
  return withResults(program, ops, replace);
}

/** Costs nothing where it stands. */
const isFree = (op: Op): boolean =>
  op.kind === 'reshape' ||
  op.kind === 'slice' ||
  op.kind === 'window' ||
  isFreeView(op) ||
  argsOf(op).length === 0;

/** The recurrence without what it need not repeat, which is appended to `outside`. */
function hoist(op: ScanOp, outside: Op[]): ScanOp {
  const { body, carries, rows } = op;
  const positions = argumentsOfInputs(op);
  const still = new Set<ValueId>();
  for (const [id, o] of body.ops.entries()) {
    const k = positions.get(id);
    if (k === undefined ? argsOf(o).every((a) => still.has(a)) : k >= carries + rows) still.add(id);
  }
  const leaves = (id: ValueId) => still.has(id) && !isFree(body.ops[id] as Op);
  if (!body.ops.some((_, id) => leaves(id))) return op;

  const args = [...op.args];
  const there = new Map<ValueId, ValueId>();
  /** A value of the body that does not change, outside of it. */
  const outer = (id: ValueId): ValueId => {
    let value = there.get(id);
    if (value === undefined) {
      const k = positions.get(id);
      value =
        k === undefined ? outside.push(withArgs(body.ops[id] as Op, outer)) - 1 : (op.args[k] as ValueId);
      there.set(id, value);
    }
    return value;
  };
  const inner: Op[] = [];
  const renamed = new Map<ValueId, ValueId>();
  const emit = (id: ValueId): ValueId => {
    const known = renamed.get(id);
    if (known !== undefined) return known;
    const o = body.ops[id] as Op;
    const given = leaves(id)
      ? ({
          kind: 'input',
          role: 'feed',
          name: inputName(op, args.push(outer(id)) - 1),
          shape: o.shape,
        } as const)
      : withArgs(o, emit);
    const value = inner.push(given) - 1;
    renamed.set(id, value);
    return value;
  };
  for (const [id, o] of body.ops.entries()) if (o.kind === 'input' || !still.has(id)) emit(id);
  const outputs = body.outputs.map((o) => ({ ...o, value: emit(o.value) }));
  return { ...op, args, body: { ops: inner, outputs, updates: [] } };
}
