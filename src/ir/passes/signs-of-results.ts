/**
 * A rectified value is at most 0 where its argument is, and NaN where its argument is. What asks only for that –
 * the derivative of max(0, x) – asks the result, which is there anyway, and the argument need not be kept for it.
 */
import { arg, type Expr, number, sameExpr } from '../expr.ts';
import type { MapOp, Program, ValueId } from '../program.ts';
import { countUses } from '../rebuild.ts';

export function signsOfResults(program: Program): Program {
  const results = rectified(program);
  if (results.size === 0) return program;
  const uses = countUses(program);
  /** How often a value is asked for its sign alone, or rectified: where that is all, it is not needed. */
  const asked = new Map<ValueId, number>();
  const ask = (value: ValueId) => asked.set(value, (asked.get(value) ?? 0) + 1);
  for (const [value] of results) ask(value);
  for (const [id, op] of program.ops.entries())
    if (op.kind === 'map')
      for (const [k, value] of op.args.entries())
        if (isAsked(op, k) && (results.get(value) ?? id) < id) ask(value);
  const replaced = (value: ValueId, id: ValueId): ValueId => {
    const result = results.get(value);
    return result !== undefined && result < id && asked.get(value) === uses[value] ? result : value;
  };
  const ops = program.ops.map((op, id) =>
    op.kind === 'map' && op.args.some((value, k) => isAsked(op, k) && replaced(value, id) !== value)
      ? { ...op, args: op.args.map((value, k) => (isAsked(op, k) ? replaced(value, id) : value)) }
      : op,
  );
  return { ...program, ops };
}

/** max(0, x), as the catalogue writes it. */
const rectifier: Expr = { op: 'max', a: number(0), b: arg(0) };

/** The first max(0, x) of each x. */
function rectified({ ops }: Program): Map<ValueId, ValueId> {
  const results = new Map<ValueId, ValueId>();
  for (const [id, op] of ops.entries()) {
    if (op.kind !== 'map' || !sameExpr(op.expr, rectifier)) continue;
    const [value] = op.args as [ValueId];
    const isSame = ops[value]?.shape.length === op.shape.length && op.axes[0]?.every((axis, d) => axis === d);
    if (isSame && !results.has(value)) results.set(value, id);
  }
  return results;
}

/** Whether a map reads its k-th argument only to see whether it is at most 0. */
function isAsked({ expr }: MapOp, k: number): boolean {
  let found = false;
  const only = (x: Expr): boolean => {
    if (x.op === 'arg') return x.index !== k;
    if (x.op === 'const') return true;
    if (x.op === 'le' && x.a.op === 'arg' && x.a.index === k && x.b.op === 'const' && x.b.value === 0)
      found = true;
    else if (x.op === 'select') return only(x.c) && only(x.a) && only(x.b);
    else return only(x.a) && ('b' in x ? only(x.b) : true);
    return true;
  };
  return only(expr) && found;
}
