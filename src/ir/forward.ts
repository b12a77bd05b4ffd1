/**
 * Forward-mode differentiation, from program to program: the operations that carry a tangent along are
 * appended to the same builder. One pass gives the derivative of everything in one direction, which is
 * cheaper than reverse mode where there are more results than directions; applied to a gradient it is
 * the product of the Hessian and a vector without the Hessian: B. A. Pearlmutter, "Fast exact
 * multiplication by the Hessian", Neural Computation 6 (1994), section 3.
 */
import type { Builder } from './builder.ts';
import { dependents } from './gradient.ts';
import { argsOf, push } from './ops/index.ts';
import type { ScanOp, ValueId } from './program.ts';
import { result } from './scan.ts';
import { pushScan } from './scan-forward.ts';

/**
 * Σ over x of `by` of (∂y/∂x) · tangent(x): the change of y when each x changes at the rate of its tangent.
 * A tangent has the shape of its x; the result has the shape of y, and is 0 where y depends on no x.
 */
export function directional(
  ir: Builder,
  y: ValueId,
  by: readonly ValueId[],
  tangents: readonly ValueId[],
): ValueId {
  const depends = dependents(ir.ops, by, y);
  const known = new Map(by.map((x, i) => [x, tangents[i] as ValueId]));
  // Operations are appended while the walk goes on; those up to y stay where they are.
  const { derives } = ir;
  for (let value = 0; value <= y; value++) {
    if (!depends.has(value) || known.has(value)) continue;
    ir.derives = ir.op(value).derives ?? ir.op(value).source;
    const tangent = pushForward(ir, value, known);
    if (tangent !== undefined) known.set(value, tangent);
  }
  ir.derives = derives;
  return known.get(y) ?? ir.full(ir.shape(y), 0);
}

/** The tangent of one operation's value, given those of its arguments; undefined where it is 0. */
function pushForward(
  ir: Builder,
  value: ValueId,
  tangents: ReadonlyMap<ValueId, ValueId>,
): ValueId | undefined {
  const op = ir.op(value);
  if (!argsOf(op).some((a) => tangents.has(a))) return undefined;
  if (op.kind === 'scan') return pushScan(ir, op, tangents, directional);
  if (op.kind !== 'result') return push(op, { ir, value, tangents });
  const { carries } = ir.op(op.arg) as ScanOp;
  return result(ir, tangents.get(op.arg) as ValueId, op.index + carries);
}
