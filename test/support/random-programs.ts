/** Random programs: chains of every operation that changes a shape, with maps, contractions and reductions between, and their gradients. */
import fc from 'fast-check';
import { Builder } from '../../src/ir/builder.ts';
import { arg, e, number, unary } from '../../src/ir/expr.ts';
import { gradient } from '../../src/ir/gradient.ts';
import { elements, type Program, type ValueId } from '../../src/ir/program.ts';
import { positionsIn } from '../../src/ir/views.ts';

/** One operation on the tensor so far; `pick` are whole numbers that each kind reads as it needs. */
const step = fc.record({
  kind: fc.constantFrom(
    'slice',
    'pad',
    'window',
    'fold',
    'concat',
    'map',
    'contract',
    'sum',
    'centre',
    'mask',
    'max',
    'reshape',
  ),
  pick: fc.array(fc.nat(11), { minLength: 12, maxLength: 12 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const maxElements = 300;

/** The next value, of whatever the kind can make of this one. */
function apply(ir: Builder, x: ValueId, { kind, pick }: Step): ValueId {
  const shape = ir.shape(x);
  const rank = shape.length;
  const at = (i: number, below: number): number => (pick[i % pick.length] as number) % below;
  if (rank === 0) return ir.broadcast(x, [], [3, 2]);
  const axis = at(0, rank);
  const long = shape[axis] as number;
  switch (kind) {
    case 'slice': {
      const steps = shape.map((_, d) => [1, -1, 2, -2, 1][at(d + 1, 5)] as number);
      const counts = shape.map((n, d) => 1 + at(d + 4, Math.ceil(n / Math.abs(steps[d] as number))));
      const starts = shape.map((n, d) => {
        const span = Math.abs(steps[d] as number) * ((counts[d] as number) - 1);
        const low = at(d + 7, n - span);
        return (steps[d] as number) > 0 ? low : low + span;
      });
      return ir.slice(x, starts, steps, counts);
    }
    case 'pad': {
      const steps = shape.map((_, d) => [1, -1, 2, 1, -3][at(d + 1, 5)] as number);
      const spans = shape.map((n, d) => Math.abs(steps[d] as number) * (n - 1));
      const before = shape.map((_, d) => at(d + 4, 3));
      const starts = before.map((b, d) => b + ((steps[d] as number) < 0 ? (spans[d] as number) : 0));
      return ir.pad(
        x,
        starts,
        steps,
        before.map((b, d) => b + (spans[d] as number) + 1 + at(d + 7, 3)),
      );
    }
    case 'window': {
      const windowing = { stride: 1 + at(1, 3), dilation: 1 + at(2, 2) };
      const size = 1 + at(3, Math.max(1, Math.ceil(long / windowing.dilation)));
      const positions = 1 + at(4, positionsIn(long, size, windowing));
      return ir.window(x, axis, size, pick[5] === 0 ? { ...windowing, positions } : windowing);
    }
    case 'fold': {
      const first = at(0, Math.max(1, rank - 1));
      if (rank < 2) return x;
      const windowing = { stride: 1 + at(1, 3), dilation: 1 + at(2, 2) };
      const [p = 1, k = 1] = shape.slice(first);
      return ir.fold(
        x,
        first,
        (p - 1) * windowing.stride + (k - 1) * windowing.dilation + 1 + at(3, 3),
        windowing,
      );
    }
    case 'concat': {
      const some = ir.part(x, axis, 0, 1 + at(1, long));
      return ir.concat([x, some, ir.scale(x, -0.5)].slice(0, 2 + at(2, 2)), axis);
    }
    case 'map':
      return ir.map(
        [x],
        [unary('tanh', arg(0)), e.mul(arg(0), arg(0)), unary('sin', arg(0))][at(1, 3)] ?? arg(0),
      );
    case 'contract': {
      const labels = shape.map((_, d) => d);
      const weight = ir.input(`w${ir.ops.length}`, [long, 1 + at(1, 4)], 'state');
      return ir.contract([x, weight], [labels, [axis, rank]], [...labels.filter((d) => d !== axis), rank]);
    }
    case 'centre': {
      const others = shape.map((_, d) => d).filter((d) => d !== axis);
      const spread = e.div(arg(0), e.add(number(2), unary('sin', arg(1))));
      return ir.map([x, ir.mean(x, [axis])], spread, [shape.map((_, d) => d), others]);
    }
    case 'mask': {
      // A known pattern, by a rule of constants alone.
      const ramp = ir.map([ir.iota(long)], unary('cos', e.mul(arg(0), number(0.5))));
      const turned = ir.contract([ramp], [[0]], [0], { scale: 2 });
      return ir.map([x, at(1, 2) ? turned : ir.part(turned, 0, long - 1, long, -1)], e.mul(arg(0), arg(1)), [
        shape.map((_, d) => d),
        [axis],
      ]);
    }
    case 'sum':
      return ir.sum(x, [axis]);
    case 'max':
      return ir.reduce('max', x, [axis]);
    case 'reshape':
      return rank < 2 ? x : ir.reshape(x, [(shape[0] as number) * (shape[1] as number), ...shape.slice(2)]);
  }
}

function build(shape: readonly number[], steps: readonly Step[], twice: boolean): Program {
  const ir = new Builder();
  const x = ir.input('x', shape, 'state');
  let y = x;
  for (const one of steps) {
    const next = apply(ir, y, one);
    if (elements(ir.shape(next)) <= maxElements && ir.shape(next).length <= 6) y = next;
  }
  const total = ir.sum(ir.apply('sin', y));
  let [slope] = gradient(ir, total, [x]) as [ValueId];
  const outputs = [
    { name: 'y', value: y },
    { name: 'slope', value: slope },
  ];
  if (twice) {
    [slope] = gradient(ir, ir.sum(ir.mul(slope, slope)), [x]) as [ValueId];
    outputs.push({ name: 'curve', value: slope });
  }
  return ir.finish(outputs, [{ state: 'x', value: ir.sub(x, ir.scale(slope, 0.1)) }]);
}

/** A chain of up to six operations on a small tensor; its value, its gradient, sometimes the gradient of that, and an update. */
export const randomProgram: fc.Arbitrary<Program> = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
    fc.array(step, { minLength: 1, maxLength: 6 }),
    fc.boolean(),
  )
  .map(([shape, steps, twice]) => build(shape, steps, twice));
