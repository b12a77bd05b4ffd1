/** Common sub-expressions become one value, copies disappear. */

import { type Expr, printExpr } from '../expr.ts';
import { withArgs } from '../ops/index.ts';
import type { Op, Program, ValueId } from '../program.ts';
import { withResults } from '../rebuild.ts';

export function mergeEqual(program: Program): Program {
  const ops: Op[] = [];
  const seen = new Map<string, ValueId>();
  const renamed: ValueId[] = [];
  const replace = (value: ValueId) => renamed[value] as ValueId;
  for (const op of program.ops) {
    const mapped = withArgs(op, replace);
    renamed.push(copyOf(mapped, ops) ?? lookUp(mapped));
  }
  return withResults(program, ops, replace);

  function lookUp(op: Op): ValueId {
    const key = computationKey(op);
    const known = seen.get(key);
    if (known !== undefined) return known;
    seen.set(key, ops.length);
    return ops.push(op) - 1;
  }
}

const written = new WeakMap<Expr, string>();

/** The same text for expressions that are written the same. */
function keyOf(expr: Expr): string {
  let key = written.get(expr);
  if (key === undefined) {
    key = printExpr(expr);
    written.set(expr, key);
  }
  return key;
}

/** The same text for operations that compute the same, wherever they come from. */
export function computationKey(op: Op): string {
  if (op.kind === 'map') return `${keyOf(op.expr)} of ${op.args} along ${op.axes.join('|')} to ${op.shape}`;
  if (op.kind === 'input') return `${op.role} ${op.name} of ${op.shape}`;
  if (op.kind === 'contract') {
    const { args, inputs, output, sizes, scale, path = [] } = op;
    return `contract ${args} along ${inputs.join('|')} to ${output}, ${sizes} times ${numberText(scale)} by ${path.join('|')}`;
  }
  const { source: _, derives: _derives, ...rest } = op;
  return JSON.stringify(rest, (_, value) => (typeof value === 'number' ? numberText(value) : value));
}

/** JSON would write −0 as 0, and all that is not finite as null. */
const numberText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** The value that an operation merely repeats. */
function copyOf(op: Op, ops: readonly Op[]): ValueId | undefined {
  if (op.kind !== 'map' || op.expr.op !== 'arg') return undefined;
  const [value] = op.args;
  const rank = value === undefined ? -1 : (ops[value] as Op).shape.length;
  return rank === op.shape.length && op.axes[0]?.every((axis, d) => axis === d) ? value : undefined;
}
