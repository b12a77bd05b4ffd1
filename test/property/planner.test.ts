/** Whatever the planner makes of a program – orders, views, products, places in memory – it means the same. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyFrom, normal } from '../../src/base/random.ts';
import { planProgram } from '../../src/compiler/plan/index.ts';
import { Builder } from '../../src/ir/builder.ts';
import { arg, e, unary } from '../../src/ir/expr.ts';
import { gradient } from '../../src/ir/gradient.ts';
import { optimise } from '../../src/ir/passes/index.ts';
import { elements, type Program, type ValueId } from '../../src/ir/program.ts';
import { processor } from '../../src/ir/target.ts';
import { verify } from '../../src/ir/verify.ts';
import { engines } from '../../src/numeric/index.ts';
import { interpret } from '../support/interpret.ts';

const inputsOf = (program: Program): Record<string, Float64Array> =>
  Object.fromEntries(
    program.ops.flatMap((op) =>
      op.kind === 'input' ? [[op.name, normal(keyFrom(3, op.name), elements(op.shape))]] : [],
    ),
  );

async function expectSame(program: Program, planned: Program = program): Promise<void> {
  const inputs = inputsOf(program);
  const values = interpret(program, inputs);
  const executable = await (await engines.reference()).load(planProgram(planned, processor('float64')));
  for (const [name, data] of Object.entries(inputs))
    if (Object.hasOwn(executable.plan.inputs, name)) executable.write(name, data);
  await executable.advance(1);
  const near = (actual: ArrayLike<number>, expected: ArrayLike<number>) => {
    expect(actual.length).toBe(expected.length);
    for (let i = 0; i < expected.length; i++)
      expect(Math.abs((actual[i] as number) - (expected[i] as number))).toBeLessThanOrEqual(
        1e-10 * Math.max(1, Math.abs(expected[i] as number)),
      );
  };
  for (const { name, value } of program.outputs)
    near(await executable.read(name), values[value] as Float64Array);
  for (const { state, value } of program.updates)
    near(await executable.read(state), values[value] as Float64Array);
}

/** A contraction of up to five operands over up to six labels: traces, hyper-indices, broadcasts, embedded diagonals. */
const contraction = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 6, maxLength: 6 }),
  inputs: fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }), {
    minLength: 1,
    maxLength: 5,
  }),
  output: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }),
  scale: fc.constantFrom(1, -0.5),
});

function contractionProgram({
  sizes,
  inputs,
  output,
  scale,
}: typeof contraction extends fc.Arbitrary<infer T> ? T : never): Program {
  const ir = new Builder();
  const operands = inputs.map((labels, k) =>
    ir.input(
      `x${k}`,
      labels.map((l) => sizes[l] as number),
      'state',
    ),
  );
  const y = ir.contract(operands, inputs, output, { sizes, scale });
  return ir.finish([{ name: 'y', value: y }], []);
}

describe('the planner', () => {
  it('keeps the meaning of any contraction', () =>
    fc.assert(
      fc.asyncProperty(contraction, (c) => expectSame(contractionProgram(c))),
      { numRuns: 300 },
    ));

  it('keeps the meaning of contractions of permuted views and of their gradients, with every pass and with none', () =>
    fc.assert(
      fc.asyncProperty(contraction, fc.boolean(), async (c, twice) => {
        const ir = new Builder();
        const operands = c.inputs.map((labels, k) => {
          const reversed = [...labels].reverse();
          const x = ir.input(
            `x${k}`,
            reversed.map((l) => c.sizes[l] as number),
            'state',
          );
          return ir.map(
            [
              ir.transpose(
                x,
                labels.map((_, d) => labels.length - 1 - d),
              ),
            ],
            unary('tanh', arg(0)),
          );
        });
        const y = ir.contract(operands, c.inputs, c.output, { sizes: c.sizes, scale: c.scale });
        const total = ir.sum(ir.map([y], e.mul(arg(0), arg(0))));
        let slopes: ValueId[] = gradient(ir, total, operands);
        if (twice) slopes = gradient(ir, ir.sum(slopes[0] as ValueId), operands);
        const program = ir.finish(
          slopes.map((value, i) => ({ name: `g${i}`, value })),
          [],
        );
        await expectSame(program);
        await expectSame(program, optimise(program, [], verify));
      }),
      { numRuns: 100 },
    ));

  it('makes all updates at once: no state sees another that has already changed', async () => {
    const ir = new Builder();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => ir.input(name, [3], 'state')) as [number, number, number];
    const sum = ir.add(a, b);
    await expectSame(
      ir.finish(
        [
          { name: 'old a', value: a },
          { name: 'sum', value: sum },
        ],
        [
          { state: 'a', value: b },
          { state: 'b', value: a },
          { state: 'c', value: ir.add(ir.mul(c, a), sum) },
        ],
      ),
    );
  });

  it('updates in place where that cannot be seen: no copy, no second buffer', () => {
    const ir = new Builder();
    const x = ir.input('x', [1000], 'state');
    const plan = planProgram(ir.finish([], [{ state: 'x', value: ir.scale(x, 0.9) }]), processor('float64'));
    expect(plan.steps).toHaveLength(1);
    expect(plan.bytes).toBeLessThan(2 * 8000);
  });

  it('shares the bytes of values whose lives do not meet', () => {
    const ir = new Builder();
    let y = ir.input('x', [1000], 'state');
    // A sum between the maps keeps them from being fused into one.
    for (let i = 0; i < 10; i++)
      y = ir.map([y, ir.sum(y)], e.add(unary('tanh', arg(0)), arg(1)), [[0], []], [1000]);
    const plan = planProgram(ir.finish([{ name: 'y', value: y }], []), processor('float32'));
    expect(plan.bytes).toBeLessThan(4 * 4096 + 1000);
  });

  it('gives a transpose, a diagonal and a broadcast no step of their own', () => {
    const ir = new Builder();
    const x = ir.input('x', [4, 4], 'state');
    const diagonal = ir.einsum('ii->i', ir.transpose(x, [1, 0]));
    const wide = ir.broadcast(diagonal, [1], [3, 4]);
    const plan = planProgram(
      ir.finish([{ name: 'y', value: ir.apply('exp', wide) }], []),
      processor('float64'),
    );
    expect(plan.steps).toHaveLength(1);
  });
});
