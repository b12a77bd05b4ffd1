/** Lowers an element-wise operation on inputs that meet as broadcast.ts says. */
import type { Expr } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';
import { alignment } from './broadcast.ts';
import type { LowerContext } from './define.ts';

export function elementwise(context: LowerContext<unknown>, ports: readonly string[], expr: Expr): ValueId {
  const { inputs, inputTypes, ir } = context;
  const types = ports.map((port) => inputTypes[port]?.axes ?? []);
  const largest = types.reduce((a, b) => (b.length > a.length ? b : a));
  const axes = types.map((type) => alignment(type, largest) as number[]);
  return ir.map(
    ports.map((port) => inputs[port] as ValueId),
    expr,
    axes,
    largest.map((a) => a.size),
  );
}
