/**
 * Derivatives of recurrences. Each is again a recurrence (backwards in time for reverse mode), so that
 * derivatives nest to any depth. A backward recurrence begins from the carries that the forward iterations
 * began with and computes the rest of them again; what is worth keeping instead is decided later, when
 * there is a program to look at and a limit of memory (passes/keep-residuals.ts).
 */
import type { Builder } from './builder.ts';
import type { Op, ScanOp, ValueId } from './program.ts';
import { inline, plainScan, result } from './scan.ts';
import { unpackScan, withOut } from './scan-parts.ts';

type Gradient = (
  ir: Builder,
  y: ValueId,
  by: readonly ValueId[],
  sums: readonly (ValueId | undefined)[],
) => ValueId[];

/** The values of a scan's result that hold the carries its iterations began with; it gives them from now on if it did not. */
function startingCarries(ir: Builder, value: ValueId): ValueId[] {
  const { carries } = ir.op(value) as ScanOp;
  return Array.from({ length: carries }, (_, i) => {
    const op = ir.op(value) as ScanOp;
    const { ops, outputs } = op.body;
    const isStart = (o: Op | undefined) => o?.kind === 'input' && o.name === `carry ${i}`;
    const known = outputs.findIndex((o, index) => index >= carries && isStart(ops[o.value]));
    if (known >= 0) return result(ir, value, known);
    // Nobody reads a result that was not there: the operation may be replaced where it stands.
    ir.ops[value] = withOut(op, ops.findIndex(isStart));
    return result(ir, value, outputs.length);
  });
}

const isZero = (ir: Builder, value: ValueId): boolean => {
  const op = ir.op(value);
  return op.kind === 'contract' && op.args.length === 0 && op.scale === 0;
};

/** What the cotangents of a scan's results mean for its arguments. */
interface PulledBack {
  /** New sums of contributions, in place of those that were given. */
  readonly sums: ReadonlyMap<ValueId, ValueId>;
  /** Contributions to be added afterwards, in this order. */
  readonly terms: readonly (readonly [argument: ValueId, term: ValueId])[];
}

/**
 * Pulls the cotangents of a scan's results, undefined where they are 0, back to its arguments; only those that
 * are `wanted` are answered. With λ the cotangent of the carries and ō that of what an iteration gives, one
 * iteration back is λₜ = (∂c′/∂c)ᵀ λₜ₊₁ + (∂o/∂c)ᵀ ōₜ, and likewise for rows and constants.
 *
 * `sums` are the cotangents of the arguments so far. Those of constants go through the iterations as carries,
 * and each adds its contributions to them, the last iteration first: as if the iterations were written out.
 * What the iterations began with is read before the first of them, so its contribution comes after theirs.
 */
export function pullBackScan(
  ir: Builder,
  value: ValueId,
  cotangents: readonly (ValueId | undefined)[],
  wanted: readonly boolean[],
  sums: readonly (ValueId | undefined)[],
  gradient: Gradient,
): PulledBack {
  const op = ir.op(value) as ScanOp;
  const { carries, rows, constants } = unpackScan(op);
  const starts = startingCarries(ir, value);
  const zero = (like: ValueId) => ir.full(ir.shape(like), 0);
  const given = op.body.outputs.slice(op.carries).map((_, i) => cotangents[op.carries + i]);
  const known = given.filter((c) => c !== undefined);
  const [ofRows, ofConstants] = [rows, constants].map((list, k) =>
    list.flatMap((_, i) => (wanted[op.carries + (k === 0 ? 0 : rows.length) + i] ? [i] : [])),
  ) as [number[], number[]];
  /** Which of the wanted gradients are not 0 throughout; found out while the body is written. */
  let [liveRows, liveConstants]: [number[], number[]] = [[], []];
  /** A constant that is given twice has its sum so far once. */
  const isFirst = (i: number) => constants.indexOf(constants[i] as ValueId) === i;
  const before = ofConstants.map((i) => {
    const sum = isFirst(i) ? sums[op.carries + rows.length + i] : undefined;
    // To add a number to −0 leaves it as it is, −0 included.
    return sum ?? ir.full(ir.shape(constants[i] as ValueId), -0);
  });
  const back = plainScan(ir, {
    length: op.length,
    reverse: !op.reverse,
    carries: [...carries.map((c, i) => cotangents[i] ?? zero(c)), ...before],
    rows: [...known, ...starts, ...rows],
    constants,
    body(inner, state, given, fixed) {
      const lambda = state.slice(0, op.carries);
      const running = state.slice(op.carries);
      const own = given.slice(known.length);
      const forward = inline(inner, op, [...own, ...fixed]);
      // The iteration's results, each times its cotangent, as one number to differentiate.
      const outs = known.map((_, i) => given[i] as ValueId);
      const results = op.body.outputs
        .slice(op.carries)
        .flatMap((_, i) => (cotangents[op.carries + i] === undefined ? [] : [forward.outs[i] as ValueId]));
      const terms = [
        ...forward.carries.map((c, i) => [lambda[i] as ValueId, c] as const),
        ...results.map((o, i) => [outs[i] as ValueId, o] as const),
      ];
      const energy = terms.map(([a, b]) => inner.sum(inner.mul(a, b))).reduce((a, b) => inner.add(a, b));
      const variables = [
        ...own.slice(0, op.carries),
        ...ofRows.map((i) => own[op.carries + i] as ValueId),
        ...ofConstants.map((i) => fixed[i] as ValueId),
      ];
      const split = op.carries + ofRows.length;
      const gradients = gradient(inner, energy, variables, [...new Array<undefined>(split), ...running]);
      const rowGradients = gradients.slice(op.carries, split);
      const added = gradients.slice(split);
      liveRows = rowGradients.flatMap((g, i) => (isZero(inner, g) ? [] : [i]));
      liveConstants = added.flatMap((sum, i) => (sum === running[i] ? [] : [i]));
      return {
        carries: [...gradients.slice(0, op.carries), ...added],
        outs: liveRows.map((i) => rowGradients[i] as ValueId),
      };
    },
  });
  const totals = new Map<ValueId, ValueId>();
  const terms: [ValueId, ValueId][] = [];
  for (const at of liveConstants) {
    const i = ofConstants[at] as number;
    const total = back.last[op.carries + at] as ValueId;
    if (isFirst(i)) totals.set(constants[i] as ValueId, total);
    else terms.push([constants[i] as ValueId, total]);
  }
  for (const [at, i] of liveRows.entries())
    terms.push([rows[ofRows[i] as number] as ValueId, back.outs[at] as ValueId]);
  for (const [i, carry] of [...carries.entries()].reverse()) terms.push([carry, back.last[i] as ValueId]);
  return { sums: totals, terms };
}

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
