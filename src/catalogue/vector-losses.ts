/** What losses of vectors share, which compare rows [rows…, d]: their axes, and how far rows are from one another. */
import type { Builder } from '../ir/builder.ts';
import { arg, type Expr, e, number, select, unary } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';
import type { Axis, InferContext } from './define.ts';
import { expectSameAxes } from './loss.ts';
import { meetInOrder } from './meeting.ts';
import { expectQuantities } from './value-kinds.ts';

/**
 * Axes of the rows, where all ports hold vectors of one shape; `labels` names a port with a number for each row.
 * Undefined, with a diagnostic, where ranks forbid it.
 */
export function inferVectors(
  context: InferContext<unknown>,
  [first = '', ...others]: readonly string[],
  labels?: string,
): readonly Axis[] | undefined {
  const { inputs, report } = context;
  const axes = inputs[first]?.axes ?? [];
  if (axes.length === 0) {
    report('rank-mismatch', { port: first }, { what: first, actual: 0, axes: '–', expected: 2 });
    return undefined;
  }
  for (const port of [first, ...others]) expectQuantities(context, port);
  for (const port of others) if (!expectSameAxes(context, first, port)) return undefined;
  const rows = axes.slice(0, -1);
  const given = labels === undefined ? undefined : inputs[labels]?.axes;
  if (labels === undefined || !given) return rows;
  if (given.length !== rows.length) {
    const names = given.map((a) => a.name).join(', ') || '–';
    report(
      'rank-mismatch',
      { port: labels },
      { what: labels, actual: given.length, axes: names, expected: rows.length },
    );
    return undefined;
  }
  meetInOrder(context, rows, given, labels);
  return rows;
}

/** Σ a b of each row. */
export function rowProducts(ir: Builder, a: ValueId, b: ValueId): ValueId {
  const all = ir.shape(a).map((_, d) => d);
  return ir.contract([a, b], [all, all], all.slice(0, -1));
}

/** What torch.nn.functional.pairwise_distance adds to each difference, so that a distance of 0 has a slope. */
const apart = 1e-6;

/** ‖a − b + 10⁻⁶‖ₚ of each row, for p = 1 or 2. */
export function rowDistances(ir: Builder, a: ValueId, b: ValueId, p: 1 | 2): ValueId {
  const difference = e.add(e.sub(arg(0), arg(1)), number(apart));
  const last = ir.shape(a).length - 1;
  if (p === 1) return ir.sum(ir.map([a, b], unary('abs', difference)), [last]);
  return ir.apply('sqrt', ir.sum(ir.map([a, b], e.mul(difference, difference)), [last]));
}

/** max(0, x) with slope 0 at 0, as torch.relu has it. */
export const positivePart = (x: Expr): Expr => select({ op: 'lt', a: number(0), b: x }, x, number(0));
