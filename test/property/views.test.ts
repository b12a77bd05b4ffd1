/** Slices, paddings, windows, folds and concatenations among maps and contractions: values and gradients by any route are those of their definitions. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyFrom, normal } from '../../src/base/random.ts';
import { planProgram } from '../../src/compiler/plan/index.ts';
import { Builder } from '../../src/ir/builder.ts';
import { arg, e, unary } from '../../src/ir/expr.ts';
import { gradient } from '../../src/ir/gradient.ts';
import { optimise } from '../../src/ir/passes/index.ts';
import { elements, type Program, type ValueId } from '../../src/ir/program.ts';
import { positionsIn } from '../../src/ir/views.ts';
import { engines } from '../../src/numeric/index.ts';
import { interpret } from '../support/interpret.ts';

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

const inputsOf = (program: Program): Record<string, Float64Array> =>
  Object.fromEntries(
    program.ops.flatMap((op) =>
      op.kind === 'input' ? [[op.name, normal(keyFrom(3, op.name), elements(op.shape))]] : [],
    ),
  );

async function expectSame(
  program: Program,
  planned: Program,
  engineName: keyof typeof engines,
): Promise<void> {
  const inputs = inputsOf(program);
  const values = interpret(program, inputs);
  const executable = await (await engines[engineName]()).load(planProgram(planned, 'float64'));
  for (const [name, data] of Object.entries(inputs))
    if (Object.hasOwn(executable.plan.inputs, name)) executable.write(name, data);
  executable.step();
  const results = [
    ...program.outputs,
    ...program.updates.map(({ state, value }) => ({ name: state, value })),
  ];
  for (const { name, value } of results) {
    const [actual, expected] = [executable.read(name), values[value] as Float64Array];
    expect(actual.length).toBe(expected.length);
    for (const [i, wanted] of expected.entries()) {
      const error = Math.abs((actual[i] as number) - wanted) / Math.max(1, Math.abs(wanted));
      expect(error, `${engineName} ${name}[${i}]: ${actual[i]} for ${wanted}`).toBeLessThanOrEqual(1e-9);
    }
  }
  executable.dispose();
}

describe.each(['reference', 'wasm'] as const)('views on the %s engine', (engine) => {
  it('mean what they say, wherever they stand, and so do their derivatives', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
        fc.array(step, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        async (shape, steps, twice) => {
          const program = build(shape, steps, twice);
          await expectSame(program, program, engine);
          await expectSame(program, optimise(program), engine);
        },
      ),
      { numRuns: 200 },
    ));
});
