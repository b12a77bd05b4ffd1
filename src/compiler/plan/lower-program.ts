/** From operations on values to steps on buffers, one operation after the other. */
import { arg } from '../../ir/expr.ts';
import type { BufferPlace, Operand } from '../../ir/plan.ts';
import {
  type ContractOp,
  elements,
  type GatherOp,
  type MapOp,
  type Op,
  type Program,
  type ReduceOp,
  type ScatterAddOp,
  type ValueId,
} from '../../ir/program.ts';
import { countUses } from '../../ir/rebuild.ts';
import { embed, planContraction } from './contraction/index.ts';
import {
  type FoldOfProduct,
  findFoldsOfProducts,
  planTransposedConvolution,
} from './contraction/transposed-convolution.ts';
import { lowerScan } from './lower-scan.ts';
import { lowerConcat, lowerFold, lowerPad, sliceView, windowView } from './lower-views.ts';
import type { PlanBuilder } from './plan-builder.ts';
import { denseStrides, memoryOrder, type StridedView } from './view.ts';

const place = ({ buffer, offset }: StridedView): BufferPlace => ({ buffer, offset });

/** Where each value lies once the steps have run. */
export type Views = ReadonlyMap<ValueId, StridedView>;

/** `given`: where inputs of the program lie already; the others get buffers. */
export function lowerProgram(plan: PlanBuilder, program: Program, given: Views = new Map()): Views {
  const uses = countUses(program);
  const views = new Map<ValueId, StridedView>(given);
  const tuples = new Map<ValueId, readonly StridedView[]>();
  const view = (value: ValueId) => views.get(value) as StridedView;
  const { without } = plan;
  const inlined = without.has('fuseReductions') ? new Set<ValueId>() : mapsInsideReductions(program, uses);
  const folded = without.has('foldProducts')
    ? new Map<ValueId, FoldOfProduct>()
    : findFoldsOfProducts(program, uses);
  const inside = new Set([...folded.values()].flatMap((f) => f.inside));
  for (const [id, op] of program.ops.entries()) {
    plan.source = op.source;
    if (inlined.has(id) || inside.has(id) || given.has(id)) continue;
    if (op.kind === 'scan') tuples.set(id, lowerScan(plan, op, op.args.map(view), lowerProgram));
    if (op.kind === 'result') views.set(id, tuples.get(op.arg)?.[op.index] as StridedView);
    if (op.kind === 'scan' || op.kind === 'result') continue;
    const fold = folded.get(id);
    if (fold !== undefined) {
      const whole = planTransposedConvolution(plan, fold, op.shape, fold.product.args.map(view));
      if (whole !== undefined) {
        views.set(id, whole);
        continue;
      }
      for (const value of fold.inside)
        views.set(value, lowerOp(plan, program.ops, program.ops[value] as Op, view, inlined));
    }
    views.set(id, lowerOp(plan, program.ops, op, view, inlined));
  }
  plan.source = undefined;
  return views;
}

/** Element-wise values that only one reduction reads are computed inside it and never stored. */
function mapsInsideReductions(program: Program, uses: readonly number[]): Set<ValueId> {
  const found = new Set<ValueId>();
  for (const op of program.ops) {
    const value =
      op.kind === 'reduce' ? op.arg : op.kind === 'contract' && isSum(op) ? op.args[0] : undefined;
    if (value !== undefined && program.ops[value]?.kind === 'map' && uses[value] === 1) found.add(value);
  }
  return found;
}

/** One operand, no label twice, something summed. */
const isSum = ({ args, inputs, output }: ContractOp): boolean => {
  const labels = inputs[0] ?? [];
  const distinct = (list: readonly number[]) => new Set(list).size === list.length;
  return (
    args.length === 1 &&
    distinct(labels) &&
    distinct(output) &&
    labels.some((l) => !output.includes(l)) &&
    output.every((l) => labels.includes(l))
  );
};

function lowerOp(
  plan: PlanBuilder,
  ops: readonly Op[],
  op: Op,
  view: (value: ValueId) => StridedView,
  inlined: ReadonlySet<ValueId>,
): StridedView {
  switch (op.kind) {
    case 'input':
      return plan.allocate(op.shape, true);
    case 'constant':
      return plan.constant(op.shape, op.data);
    case 'iota':
      return plan.constant(op.shape, { fill: 'range' });
    case 'contract': {
      const [only] = op.args;
      if (only === undefined) return lowerFull(plan, op);
      const inner = ops[only] as Op;
      if (inlined.has(only) && inner.kind === 'map') {
        const labels = op.inputs[0] as readonly number[];
        return lowerReduction(
          plan,
          inner,
          op.output.map((l) => labels.indexOf(l)),
          'sum',
          op.scale,
          view,
        );
      }
      return planContraction(plan, op, op.args.map(view));
    }
    case 'map':
      return lowerMap(plan, op, view);
    case 'reduce':
      return lowerReduce(plan, ops, op, view, inlined);
    case 'reshape': {
      const source = view(op.arg);
      // A uniform tensor has every shape at once.
      if (source.strides.every((s) => s === 0))
        return { ...source, shape: op.shape, strides: op.shape.map(() => 0) };
      return { ...plan.dense(source), shape: op.shape, strides: denseStrides(op.shape) };
    }
    case 'scan':
    case 'result':
      throw new Error('internal: a recurrence is lowered as a whole');
    case 'random': {
      const key = place(plan.dense(view(op.key)));
      const out = plan.allocate(op.shape);
      const count = elements(op.shape);
      plan.push({ kind: 'random', key, stream: op.stream, out: place(out), count, flops: 0 });
      return out;
    }
    case 'slice':
      return sliceView(op, view(op.arg));
    case 'pad':
      return lowerPad(plan, op, view(op.arg));
    case 'window': {
      const windows = windowView(op, view(op.arg));
      return plan.without.has('readWindows') ? plan.copy(windows) : windows;
    }
    case 'fold':
      return lowerFold(plan, op, view(op.arg));
    case 'concat':
      return lowerConcat(plan, op, view);
    case 'gather':
      return lowerGather(plan, op, view);
    case 'scatterAdd':
      return lowerScatterAdd(plan, op, view);
  }
}

function lowerGather(plan: PlanBuilder, op: GatherOp, view: (value: ValueId) => StridedView): StridedView {
  const [data, indices] = [plan.dense(view(op.data)), plan.dense(view(op.indices))];
  const out = plan.allocate(op.shape);
  const [rows = 1, ...row] = data.shape;
  const count = elements(indices.shape);
  plan.push({
    kind: 'gather',
    data: place(data),
    indices: place(indices),
    out: place(out),
    rows,
    rowSize: elements(row),
    count,
    flops: 0,
  });
  return out;
}

function lowerScatterAdd(
  plan: PlanBuilder,
  op: ScatterAddOp,
  view: (value: ValueId) => StridedView,
): StridedView {
  const [indices, updates] = [plan.dense(view(op.indices)), plan.dense(view(op.updates))];
  const out = plan.allocate(op.shape);
  const [rows = 1, ...row] = op.shape;
  const count = elements(indices.shape);
  const flops = count * elements(row);
  plan.push({
    kind: 'scatterAdd',
    indices: place(indices),
    updates: place(updates),
    out: place(out),
    rows,
    rowSize: elements(row),
    count,
    flops,
  });
  return out;
}

function lowerFull(plan: PlanBuilder, op: ContractOp): StridedView {
  if (new Set(op.output).size === op.output.length) return plan.uniform(op.shape, op.scale);
  return embed(plan, op, (labels) =>
    plan.uniform(
      labels.map(() => 1),
      op.scale,
    ),
  );
}

/** Operands of a map as windows along the axes of its result, here in any order. */
const mapOperands = (
  op: MapOp,
  axesInOrder: readonly number[],
  view: (value: ValueId) => StridedView,
): Operand[] =>
  op.args.map((value, k) => {
    const { buffer, offset, strides } = view(value);
    const along = op.axes[k] as readonly number[];
    return {
      buffer,
      offset,
      strides: axesInOrder.map((axis) =>
        along.includes(axis) ? (strides[along.indexOf(axis)] as number) : 0,
      ),
    };
  });

/** The result lies in memory as its operands do, so that they are walked through from end to end. */
function lowerMap(plan: PlanBuilder, op: MapOp, view: (value: ValueId) => StridedView): StridedView {
  const axes = op.shape.map((_, d) => d);
  const order = chosenOrder(plan, op, view) ?? axes;
  const out = plan.allocate(order.map((d) => op.shape[d] as number));
  plan.nest({ kept: out.shape, operands: mapOperands(op, order, view), out, expr: op.expr });
  return withAxes(out, order, axes);
}

/** The view of which we know which axis each of its own is, with those axes in another order. */
const withAxes = (view: StridedView, order: readonly number[], axes: readonly number[]): StridedView => ({
  ...view,
  shape: axes.map((axis) => view.shape[order.indexOf(axis)] as number),
  strides: axes.map((axis) => view.strides[order.indexOf(axis)] as number),
});

/**
 * The order in memory of an operand that has all axes and was given an order of its own. None where an
 * operand is an input: this may become its new value.
 */
function chosenOrder(
  plan: PlanBuilder,
  op: MapOp,
  view: (value: ValueId) => StridedView,
): readonly number[] | undefined {
  if (plan.without.has('memoryOrder')) return undefined;
  const axes = op.shape.map((_, d) => d);
  const isReal = (d: number) => op.shape[d] !== 1;
  const operands = mapOperands(op, axes, view);
  const whole = operands.filter(({ strides }) => axes.every((d) => strides[d] !== 0 || !isReal(d)));
  if (whole.some(({ buffer }) => plan.buffers[buffer]?.pinned)) return undefined;
  const orders = whole.map((o) => memoryOrder(o).filter(isReal));
  const chosen = orders.find((order) => order.some((d, at) => d < (order[at - 1] ?? 0)));
  return chosen && [...axes.filter((d) => !isReal(d)), ...chosen];
}

/** A map and a reduction over all of its axes but `kept`, in one nest. */
function lowerReduction(
  plan: PlanBuilder,
  map: MapOp,
  kept: readonly number[],
  reduce: 'sum' | ReduceOp['reduce'],
  scale: number,
  view: (value: ValueId) => StridedView,
): StridedView {
  const sizes = (axes: readonly number[]) => axes.map((d) => map.shape[d] as number);
  const reduced = map.shape.map((_, d) => d).filter((d) => !kept.includes(d));
  const order = chosenOrder(plan, map, view)?.filter((d) => kept.includes(d)) ?? kept;
  const out = plan.allocate(sizes(order));
  plan.nest({
    kept: out.shape,
    reduced: sizes(reduced),
    reduce,
    operands: mapOperands(map, [...order, ...reduced], view),
    out,
    expr: map.expr,
    scale,
  });
  return withAxes(out, order, kept);
}

function lowerReduce(
  plan: PlanBuilder,
  ops: readonly Op[],
  op: ReduceOp,
  view: (value: ValueId) => StridedView,
  inlined: ReadonlySet<ValueId>,
): StridedView {
  const inner = ops[op.arg] as Op;
  const kept = inner.shape.map((_, d) => d).filter((d) => !op.axes.includes(d));
  if (inlined.has(op.arg) && inner.kind === 'map')
    return lowerReduction(plan, inner, kept, op.reduce, 1, view);
  const identity: MapOp = {
    kind: 'map',
    shape: inner.shape,
    args: [op.arg],
    axes: [inner.shape.map((_, d) => d)],
    expr: arg(0),
  };
  return lowerReduction(plan, identity, kept, op.reduce, 1, view);
}
