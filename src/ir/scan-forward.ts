/**
 * The derivative of a recurrence in forward mode, a recurrence again, so that derivatives nest to any depth. That in
 * reverse mode is scan-reverse.ts.
 */
import type { Builder } from './builder.ts';
import type { ScanOp, ValueId } from './program.ts';
import { inline, plainScan } from './scan.ts';
import { unpackScan } from './scan-parts.ts';

/**
 * The tangents of a scan: the recurrence of the carries and, beside them, their tangents. `known` holds the
 * tangents of arguments; one that is not there is 0. Returns a scan whose result i + carries is the tangent
 * of the given one's result i.
 */
export function pushScan(
  ir: Builder,
  op: ScanOp,
  known: ReadonlyMap<ValueId, ValueId>,
  directional: (ir: Builder, y: ValueId, by: readonly ValueId[], tangents: readonly ValueId[]) => ValueId,
): ValueId {
  const { carries, rows, constants } = unpackScan(op);
  const moving = (list: readonly ValueId[]) =>
    list.map((_, i) => i).filter((i) => known.has(list[i] as ValueId));
  const tangents = (list: readonly ValueId[], at: readonly number[]) =>
    at.map((i) => known.get(list[i] as ValueId) as ValueId);
  const [movingRows, movingConstants] = [moving(rows), moving(constants)];
  const { scan: value } = plainScan(ir, {
    length: op.length,
    reverse: op.reverse,
    carries: [...carries, ...carries.map((c) => known.get(c) ?? ir.full(ir.shape(c), 0))],
    rows: [...rows, ...tangents(rows, movingRows)],
    constants: [...constants, ...tangents(constants, movingConstants)],
    body(inner, state, given, fixed) {
      const [now, moves] = [state.slice(0, op.carries), state.slice(op.carries)];
      const [own, theirs] = [given.slice(0, rows.length), given.slice(rows.length)];
      const [same, changes] = [fixed.slice(0, constants.length), fixed.slice(constants.length)];
      const variables = [
        ...now,
        ...movingRows.map((i) => own[i] as ValueId),
        ...movingConstants.map((i) => same[i] as ValueId),
      ];
      const forward = inline(inner, op, [...now, ...own, ...same]);
      const moved = (y: ValueId) => directional(inner, y, variables, [...moves, ...theirs, ...changes]);
      return {
        carries: [...forward.carries, ...forward.carries.map(moved)],
        outs: forward.outs.map(moved),
      };
    },
  });
  return value;
}
