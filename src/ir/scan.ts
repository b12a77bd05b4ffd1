/**
 * Recurrences: building one from a body, and differentiating it. A derivative of a recurrence is again
 * a recurrence (backwards in time for reverse mode), so that derivatives nest to any depth.
 */
import { Builder } from './builder.ts';
import { elements, type ScanOp, type Shape, type ValueId } from './program.ts';
import { withArgs } from './rebuild.ts';

export interface Recurrence {
  readonly length: number;
  /** c₀. The carry keeps this shape. */
  readonly init: ValueId;
  /** Taken row by row along their first axis, which has size `length`; from the last row when `reverse`. */
  readonly rows?: readonly ValueId[];
  /** The same in every turn. */
  readonly constants?: readonly ValueId[];
  readonly reverse?: boolean;
  /** One turn: (cₜ, rows of turn t, constants) to cₜ₊₁ and what turn t gives, in a builder of its own. */
  body(
    ir: Builder,
    carry: ValueId,
    rows: readonly ValueId[],
    constants: readonly ValueId[],
  ): { readonly carry: ValueId; readonly out?: ValueId };
}

export interface Course {
  /** The carry after the last turn. */
  readonly last: ValueId;
  /** What the turns gave, stacked along a new first axis, in the order of the rows. Absent where they give nothing. */
  readonly outs: ValueId | undefined;
}

/** Appends a recurrence. It keeps the carries that its turns began with: the way back needs them. */
export function scan(
  ir: Builder,
  { length, init, rows = [], constants = [], reverse = false, body }: Recurrence,
): Course {
  const inner = new Builder();
  const inputs = bodyInputs(inner, ir, { init, rows, constants });
  const made = body(inner, inputs.carry, inputs.rows, inputs.constants);
  const carryShape = ir.shape(init);
  const outShape = made.out === undefined ? undefined : inner.shape(made.out);
  const op = recurrence(
    ir,
    inner,
    { length, init, rows, constants, reverse },
    made.carry,
    [inputs.carry, ...(made.out === undefined ? [] : [made.out])],
    true,
  );
  const sizes = [elements(carryShape), outShape === undefined ? 0 : elements(outShape)] as const;
  return {
    last: ir.reshape(ir.part(op, 0, 0, sizes[0]), carryShape),
    outs:
      outShape &&
      stacked(ir, op, { length, skip: sizes[0], turn: sizes[0] + sizes[1], from: sizes[0] }, outShape),
  };
}

type Outer = Pick<Recurrence, 'length' | 'init'> &
  Required<Pick<Recurrence, 'rows' | 'constants' | 'reverse'>>;

function bodyInputs(
  inner: Builder,
  outer: Builder,
  { init, rows, constants }: Pick<Outer, 'init' | 'rows' | 'constants'>,
) {
  return {
    carry: inner.input('carry', outer.shape(init), 'feed'),
    rows: rows.map((r, i) => inner.input(`row ${i}`, outer.shape(r).slice(1), 'feed')),
    constants: constants.map((c, i) => inner.input(`constant ${i}`, outer.shape(c), 'feed')),
  };
}

/** The operation itself: each turn gives the parts, flat and end to end. */
function recurrence(
  ir: Builder,
  inner: Builder,
  { length, init, rows, constants, reverse }: Outer,
  carry: ValueId,
  parts: readonly ValueId[],
  saves: boolean,
): ValueId {
  const out = flat(inner, parts);
  const given = out === undefined ? 0 : (inner.shape(out)[0] as number);
  const results = [
    { name: 'carry', value: carry },
    ...(out === undefined ? [] : [{ name: 'out', value: out }]),
  ];
  return ir.append({
    kind: 'scan',
    args: [init, ...rows, ...constants],
    rows: rows.length,
    length,
    reverse,
    saves,
    body: inner.finish(results, []),
    shape: [elements(ir.shape(init)) + length * given],
  });
}

/** Tensors flattened and laid end to end; undefined of none. */
function flat(ir: Builder, parts: readonly ValueId[]): ValueId | undefined {
  if (parts.length === 0) return undefined;
  const vectors = parts.map((p) => ir.reshape(p, [elements(ir.shape(p))]));
  return vectors.length === 1 ? vectors[0] : ir.concat(vectors, 0);
}

/** One part of what the turns gave: `from` elements into each turn's `turn`, of this shape. */
function stacked(
  ir: Builder,
  value: ValueId,
  { length, skip, turn, from }: { length: number; skip: number; turn: number; from: number },
  shape: Shape,
): ValueId {
  const turns = ir.reshape(ir.part(value, 0, skip, length * turn), [length, turn]);
  return ir.reshape(ir.part(turns, 1, from, elements(shape)), [length, ...shape]);
}

/** The body's operations again, in another builder, with its inputs given; its two results there. */
export function inline(
  ir: Builder,
  { body }: ScanOp,
  inputs: Readonly<Record<string, ValueId>>,
): { readonly carry: ValueId; readonly out: ValueId | undefined } {
  const renamed: ValueId[] = [];
  const replace = (value: ValueId) => renamed[value] as ValueId;
  for (const op of body.ops)
    renamed.push(op.kind === 'input' ? (inputs[op.name] as ValueId) : ir.append(withArgs(op, replace)));
  const result = (name: string) => body.outputs.find((o) => o.name === name)?.value;
  const out = result('out');
  return { carry: replace(result('carry') as ValueId), out: out === undefined ? undefined : replace(out) };
}

/** The inputs of a body by name. */
export const named = (carry: ValueId, rows: readonly ValueId[], constants: readonly ValueId[]) =>
  Object.fromEntries([
    ['carry', carry],
    ...rows.map((r, i) => [`row ${i}`, r] as const),
    ...constants.map((c, i) => [`constant ${i}`, c] as const),
  ]) as Readonly<Record<string, ValueId>>;

/** A scan's parts, as its gradient and its tangent need them. */
export function anatomy(ir: Builder, op: ScanOp) {
  const [init = 0, ...others] = op.args;
  const width = elements(ir.shape(init));
  const turn = ((op.shape[0] as number) - width) / op.length;
  return { init, rows: others.slice(0, op.rows), constants: others.slice(op.rows), width, turn };
}

/** The same recurrence, keeping the carries that its turns began with in front of what they give. */
function saving(ir: Builder, op: ScanOp): ValueId {
  const { init, rows, constants } = anatomy(ir, op);
  const inner = new Builder();
  const inputs = bodyInputs(inner, ir, { init, rows, constants });
  const { carry, out } = inline(inner, op, named(inputs.carry, inputs.rows, inputs.constants));
  const parts = [inputs.carry, ...(out === undefined ? [] : [out])];
  return recurrence(ir, inner, { ...op, init, rows, constants }, carry, parts, true);
}

/**
 * The cotangents of a scan's arguments. With λ the cotangent of the carry and ō that of what a turn gives,
 * a turn back is λₜ = (∂c′/∂c)ᵀ λₜ₊₁ + (∂o/∂c)ᵀ ōₜ, and likewise for rows and constants; the constants' sum
 * up in the carry.
 */
export function pullBackScan(
  ir: Builder,
  op: ScanOp,
  value: ValueId,
  cotangent: ValueId,
  gradient: (ir: Builder, y: ValueId, by: readonly ValueId[]) => ValueId[],
): ValueId[] {
  const { init, rows, constants, width, turn } = anatomy(ir, op);
  const kept = op.saves ? value : saving(ir, op);
  const turnKept = op.saves ? turn : turn + width;
  const carries = stacked(
    ir,
    kept,
    { length: op.length, skip: width, turn: turnKept, from: 0 },
    ir.shape(init),
  );
  const outs = stacked(ir, cotangent, { length: op.length, skip: width, turn, from: 0 }, [turn]);
  const sizes = constants.map((c) => elements(ir.shape(c)));
  const total = sizes.reduce((a, b) => a + b, 0);
  const start = ir.part(cotangent, 0, 0, width);
  const backward: Outer = {
    length: op.length,
    init: total > 0 ? ir.concat([start, ir.full([total], 0)], 0) : start,
    rows: [...(turn > 0 ? [outs] : []), carries, ...rows],
    constants,
    reverse: !op.reverse,
  };
  const inner = new Builder();
  const inputs = bodyInputs(inner, ir, backward);
  const [out, carry, ...ownRows] = (turn > 0 ? inputs.rows : [undefined, ...inputs.rows]) as [
    ValueId | undefined,
    ValueId,
    ...ValueId[],
  ];
  const forward = inline(inner, op, named(carry, ownRows, inputs.constants));
  const lambda = inner.part(inputs.carry, 0, 0, width);
  const flatCarry = inner.reshape(forward.carry, [width]);
  const through = inner.sum(inner.mul(lambda, flatCarry));
  const energy =
    out === undefined || forward.out === undefined
      ? through
      : inner.add(through, inner.sum(inner.mul(out, forward.out)));
  const slopes = gradient(inner, energy, [carry, ...ownRows, ...inputs.constants]);
  const ofConstants = flat(inner, slopes.slice(1 + ownRows.length));
  const next = inner.reshape(slopes[0] as ValueId, [width]);
  const nextCarry =
    ofConstants === undefined
      ? next
      : inner.concat([next, inner.add(inner.part(inputs.carry, 0, width, total), ofConstants)], 0);
  const back = recurrence(ir, inner, backward, nextCarry, slopes.slice(1, 1 + ownRows.length), false);

  const perRow = rows.map((r) => elements(ir.shape(r)) / op.length);
  const turnBack = perRow.reduce((a, b) => a + b, 0);
  const before = (list: readonly number[], i: number) => list.slice(0, i).reduce((a, b) => a + b, 0);
  return [
    ir.reshape(ir.part(back, 0, 0, width), ir.shape(init)),
    ...rows.map((r, i) =>
      stacked(
        ir,
        back,
        { length: op.length, skip: width + total, turn: turnBack, from: before(perRow, i) },
        ir.shape(r).slice(1),
      ),
    ),
    ...constants.map((c, i) =>
      ir.reshape(ir.part(back, 0, width + before(sizes, i), sizes[i] as number), ir.shape(c)),
    ),
  ];
}

/**
 * The tangent of a scan: the recurrence of the carry and its tangent side by side. `known` holds the
 * tangents of arguments; one that is not there is 0.
 */
export function pushScan(
  ir: Builder,
  op: ScanOp,
  known: ReadonlyMap<ValueId, ValueId>,
  directional: (ir: Builder, y: ValueId, by: readonly ValueId[], tangents: readonly ValueId[]) => ValueId,
): ValueId {
  const { init, rows, constants, width, turn } = anatomy(ir, op);
  const tangent = (value: ValueId) => known.get(value) ?? ir.full(ir.shape(value), 0);
  const pairs: Outer = {
    length: op.length,
    init: flat(ir, [init, tangent(init)]) as ValueId,
    rows: [...rows, ...rows.map(tangent)],
    constants: [...constants, ...constants.map(tangent)],
    reverse: op.reverse,
  };
  const inner = new Builder();
  const inputs = bodyInputs(inner, ir, pairs);
  const half = (list: readonly ValueId[], side: 0 | 1) =>
    list.slice((side * list.length) / 2, ((side + 1) * list.length) / 2);
  const carryOf = (side: 0 | 1) =>
    inner.reshape(inner.part(inputs.carry, 0, side * width, width), ir.shape(init));
  const side = (which: 0 | 1): [ValueId, ...ValueId[]] => [
    carryOf(which),
    ...half(inputs.rows, which),
    ...half(inputs.constants, which),
  ];
  const [variables, tangents] = [side(0), side(1)];
  const forward = inline(inner, op, named(variables[0], half(inputs.rows, 0), half(inputs.constants, 0)));
  const moved = (value: ValueId) => directional(inner, value, variables, tangents);
  const carry = flat(inner, [forward.carry, moved(forward.carry)]) as ValueId;
  const parts = forward.out === undefined ? [] : [moved(forward.out)];
  const both = recurrence(ir, inner, pairs, carry, parts, false);
  const last = ir.part(both, 0, width, width);
  return turn === 0 ? last : ir.concat([last, ir.part(both, 0, 2 * width, op.length * turn)], 0);
}
