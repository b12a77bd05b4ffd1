/**
 * An element-wise operation on a reshaped value is computed in the value's own shape and reshaped
 * afterwards. So what stands on both sides of a reshape meets – a product and its activation, with a
 * flattening between – and the reshape, of a dense result now, costs nothing.
 */

import { Builder } from '../builder.ts';
import { withArgs } from '../ops/index.ts';
import { elements, type MapOp, type Program, type Shape, type ValueId } from '../program.ts';
import { withResults } from '../rebuild.ts';

export function sinkReshapes(program: Program): Program {
  const ir = new Builder();
  const renamed: ValueId[] = [];
  const replace = (value: ValueId) => renamed[value] as ValueId;
  for (const op of program.ops) {
    const moved = withArgs(op, replace);
    ir.source = op.source;
    renamed.push((moved.kind === 'map' && sink(ir, moved)) || ir.append(moved));
  }
  return withResults(program, ir.ops, replace);
}

/** The operation in the shape of the first operand that was reshaped; undefined where another cannot follow. */
function sink(ir: Builder, op: MapOp): ValueId | undefined {
  const before = (k: number): ValueId | undefined => {
    const producer = ir.op(op.args[k] as ValueId);
    const inOrder = (op.axes[k] as readonly number[]).every((axis, d) => axis === d);
    return producer.kind === 'reshape' && inOrder && producer.shape.length === op.shape.length
      ? producer.arg
      : undefined;
  };
  const first = op.args.map((_, k) => before(k)).find((value) => value !== undefined);
  if (first === undefined) return undefined;
  const shape = ir.shape(first);
  const args: ValueId[] = [];
  const axes: (readonly number[])[] = [];
  for (const [k, value] of op.args.entries()) {
    const own = before(k);
    const along = (op.axes[k] as readonly number[]).map((axis) => counterpart(op.shape, axis, shape));
    if (own !== undefined && String(ir.shape(own)) === String(shape)) {
      args.push(own);
      axes.push(shape.map((_, d) => d));
    } else if (along.every((axis) => axis !== undefined) && new Set(along).size === along.length) {
      args.push(value);
      axes.push(along);
    } else return undefined;
  }
  return ir.reshape(ir.map(args, op.expr, axes, shape), op.shape);
}

/** The axis of `other` that runs as this axis of `shape` does: as long, with as much before it and after it. */
function counterpart(shape: Shape, axis: number, other: Shape): number | undefined {
  const preceding = elements(shape.slice(0, axis));
  const at = other.findIndex((size, d) => size === shape[axis] && elements(other.slice(0, d)) === preceding);
  return at < 0 ? undefined : at;
}
