/** An element-wise operation on inputs that meet as broadcast.ts says: its operations, and its operands in PyTorch. */
import type { Expr } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';
import { alignment } from './broadcast.ts';
import type { LowerContext } from './define.ts';
import type { TorchContext } from './torch.ts';

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

/** The inputs in Python, with axes of one where PyTorch's broadcasting, from the last axis on, would not find their place. */
export function torchOperands(
  { inputs, inputTypes }: Pick<TorchContext<unknown>, 'inputs' | 'inputTypes'>,
  ports: readonly string[],
): string[] {
  const types = ports.map((port) => inputTypes[port]?.axes ?? []);
  const largest = types.reduce((a, b) => (b.length > a.length ? b : a), []);
  return ports.map((port, k) =>
    alongAxes(inputs[port] as string, alignment(types[k] ?? [], largest) ?? [], largest.length),
  );
}

/** A tensor in Python whose axes are those of the places in one of higher rank. */
export function alongAxes(code: string, places: readonly number[], rank: number): string {
  if (places.length === 0) return code;
  const order = places.map((_, d) => d).sort((a, b) => (places[a] as number) - (places[b] as number));
  const permuted = order.some((d, i) => d !== i) ? `${code}.permute(${order.join(', ')})` : code;
  const first = Math.min(...places);
  if (first === rank - places.length) return permuted;
  const index = Array.from({ length: rank - first }, (_, i) => (places.includes(first + i) ? ':' : 'None'));
  return `${permuted}[${index.join(', ')}]`;
}
