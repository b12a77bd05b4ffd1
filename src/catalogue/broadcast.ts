/**
 * How two operands of an element-wise operation meet: axis by axis when their ranks are equal; else
 * every axis of the smaller must be found, by name, on the larger. Sizes of 1 are never stretched.
 */
import type { Axis, TensorType } from '../tensor/axis.ts';
import type { InferContext } from './define.ts';
import { meetAxes, namesMet, sizesDiffer } from './meeting.ts';

/** For each axis of the smaller operand, the axis of the larger it runs along; undefined when a name is missing. */
export function alignment(
  small: readonly { name: string }[],
  large: readonly { name: string }[],
): number[] | undefined {
  if (small.length === large.length) return small.map((_, d) => d);
  const along = small.map((axis) => large.findIndex((other) => other.name === axis.name));
  return along.includes(-1) || new Set(along).size < along.length ? undefined : along;
}

/**
 * The type of an element-wise operation on `a` and `b`; undefined, with a diagnostic, when they do not meet. `ports`:
 * what the inputs of the two are called.
 */
export function broadcastTypes(
  context: InferContext<unknown>,
  a: TensorType,
  b: TensorType,
  ports: readonly [a: string, b: string] = ['a', 'b'],
): TensorType | undefined {
  const isFirst = a.axes.length < b.axes.length;
  const [small, large, port] = isFirst ? [a, b, ports[0]] : [b, a, ports[1]];
  const along = alignment(small.axes, large.axes);
  if (along === undefined) {
    context.report(
      'rank-mismatch',
      { port },
      {
        what: port,
        actual: small.axes.length,
        axes: small.axes.map((x) => x.name).join(', '),
        expected: large.axes.length,
      },
    );
    return undefined;
  }
  // A type that comes out as it went in is the same object: what reads it need not look twice.
  let axes: Axis[] | undefined;
  for (let d = 0; d < small.axes.length; d++) {
    const at = along[d] as number;
    const [axis, other] = [small.axes[d] as Axis, large.axes[at] as Axis];
    // Told in the order of the ports, whichever operand is the larger.
    const [left, right] = isFirst ? [axis, other] : [other, axis];
    const sides = isFirst ? [small, large] : [large, small];
    const { size, batch } = meetAxes(
      context,
      { axis: left, axes: (sides[0] as TensorType).axes },
      { axis: right, axes: (sides[1] as TensorType).axes },
      ports[1],
    );
    const metNames = sizesDiffer(axis, other) ? other.metNames : namesMet(other, axis);
    if (size === other.size && metNames === other.metNames && batch === other.batch) continue;
    axes ??= large.axes.slice();
    axes[at] = { name: other.name, size, ...(metNames && { metNames }), ...(batch && { batch }) };
  }
  return axes ? { axes } : large;
}

/** The type of an element-wise operation on the inputs of several ports, of which the largest has all axes. */
export function broadcastAll(
  context: InferContext<unknown>,
  ports: readonly string[],
): TensorType | undefined {
  const typeOf = (port: string): TensorType => context.inputs[port] ?? { axes: [] };
  const largest = ports.reduce(
    (a, b) => (typeOf(b).axes.length > typeOf(a).axes.length ? b : a),
    ports[0] ?? '',
  );
  let type: TensorType | undefined = typeOf(largest);
  for (const port of ports)
    if (port !== largest && type) type = broadcastTypes(context, type, typeOf(port), [largest, port]);
  return type && { axes: type.axes };
}
