/**
 * An element-wise operation that only one other reads is computed inside it, so a chain makes one pass
 * over memory. What is computed is unchanged; only where the intermediate lives.
 */
import { arg, cost, substituteArgs } from '../expr.ts';
import type { MapOp, Op, Program, ValueId } from '../program.ts';
import { countUses, withResults } from '../rebuild.ts';

/** Longer expressions than this stop to fuse: registers are finite, and so is compile time. */
const maxCost = 64;
const maxOperands = 12;

export function fuseMaps(program: Program): Program {
  const uses = countUses(program);
  const ops: Op[] = [];
  for (const op of program.ops) ops.push(op.kind === 'map' ? absorb(op, ops, uses) : op);
  return withResults(program, ops, (v) => v);
}

function absorb(op: MapOp, ops: readonly Op[], uses: readonly number[]): MapOp {
  let current = op;
  for (let k = 0; k < current.args.length; ) {
    const value = current.args[k] as ValueId;
    const producer = ops[value] as Op;
    // Read once, and as large as the result: a broadcast operand would be computed again for each repeat.
    const alone = uses[value] === 1 && current.args.indexOf(value) === current.args.lastIndexOf(value);
    if (producer.kind !== 'map' || !alone || producer.shape.length !== current.shape.length) {
      k++;
      continue;
    }
    const fused = splice(current, k, producer);
    const fits = fused.args.length <= maxOperands && cost(fused.expr) <= maxCost;
    if (fits) current = fused;
    else k++;
  }
  return current;
}

function splice(outer: MapOp, k: number, inner: MapOp): MapOp {
  const along = outer.axes[k] as readonly number[];
  const args: ValueId[] = [];
  const axes: (readonly number[])[] = [];
  // An operand that stands twice, along the same axes, is one operand.
  const slot = (value: ValueId, ax: readonly number[]): number => {
    const known = args.findIndex((a, i) => a === value && String(axes[i]) === String(ax));
    if (known >= 0) return known;
    axes.push(ax);
    return args.push(value) - 1;
  };
  const outerSlots = outer.args.map((value, i) =>
    i === k ? -1 : slot(value, outer.axes[i] as readonly number[]),
  );
  const innerSlots = inner.args.map((value, i) =>
    slot(
      value,
      (inner.axes[i] as readonly number[]).map((d) => along[d] as number),
    ),
  );
  const innerExpr = substituteArgs(inner.expr, (i) => arg(innerSlots[i] as number));
  const expr = substituteArgs(outer.expr, (i) => (i === k ? innerExpr : arg(outerSlots[i] as number)));
  return { ...outer, args, axes, expr };
}
