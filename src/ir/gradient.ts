/**
 * Reverse-mode differentiation, from program to program: the operations that compute the gradient are
 * appended to the same builder and are themselves differentiable, so gradients nest to any depth.
 */
import type { Builder } from './builder.ts';
import { argsOf, pullBack } from './ops/index.ts';
import type { Op, ValueId } from './program.ts';
import { pullBackScan } from './scan-reverse.ts';

/**
 * ∂y/∂x for a scalar y and each x of `by`; shapes are those of the x. An x that y does not depend on
 * has gradient 0.
 *
 * A value's contributions are added one by one to one running sum, that of its last user first, so that a
 * recurrence, which comes to them backwards in time, has the order of its iterations written out: to the bit.
 * `sums`, beside some of `by`: what their contributions are added to; an x without any has that for gradient.
 */
export function gradient(
  ir: Builder,
  y: ValueId,
  by: readonly ValueId[],
  sums: readonly (ValueId | undefined)[] = [],
): ValueId[] {
  if (ir.shape(y).length > 0) throw new Error('internal: only a scalar can be differentiated');
  const depends = dependents(ir.ops, by, y);
  const cotangents = new Map<ValueId, ValueId>();
  for (const [i, sum] of sums.entries()) if (sum !== undefined) cotangents.set(by[i] as ValueId, sum);
  cotangents.set(y, ir.full([], 1));
  const isWanted = (value: ValueId) => depends.has(value);
  const accumulate = (value: ValueId, term: ValueId) => {
    if (!isWanted(value)) return;
    const sum = cotangents.get(value);
    cotangents.set(value, sum === undefined ? term : ir.add(sum, term));
  };
  /** Of scans, by the position of the result. */
  const tuples = new Map<ValueId, (ValueId | undefined)[]>();
  // Users come after what they use, so a value's cotangent is complete when the walk reaches it.
  const { derives } = ir;
  for (let value = y; value >= 0; value--) {
    const op = ir.op(value);
    ir.derives = op.derives ?? op.source;
    const cotangent = cotangents.get(value);
    if (op.kind === 'scan') {
      const results = tuples.get(value);
      if (!results) continue;
      const wanted = op.args.map((a) => depends.has(a));
      const sums = op.args.map((a) => cotangents.get(a));
      const pulled = pullBackScan(ir, value, results, wanted, sums, gradient);
      for (const [a, sum] of pulled.sums) cotangents.set(a, sum);
      for (const [a, term] of pulled.terms) accumulate(a, term);
    } else if (cotangent === undefined || !depends.has(value)) continue;
    else if (op.kind === 'result') {
      const results = tuples.get(op.arg) ?? [];
      const sum = results[op.index];
      results[op.index] = sum === undefined ? cotangent : ir.add(sum, cotangent);
      tuples.set(op.arg, results);
    } else pullBack(op, { ir, value, cotangent, isWanted, add: accumulate });
  }
  ir.derives = derives;
  return by.map((x) => cotangents.get(x) ?? ir.full(ir.shape(x), 0));
}

/** All values up to y that some x of `by` flows into, these included. */
export function dependents(ops: readonly Op[], by: readonly ValueId[], y: ValueId): Set<ValueId> {
  const found = new Set(by);
  for (let value = 0; value <= y; value++)
    if (argsOf(ops[value] as Op).some((a) => found.has(a))) found.add(value);
  return found;
}
