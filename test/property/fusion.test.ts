/** Steps that are run as one – merged, row by row, side by side – compute what they compute one by one. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyFrom, normal } from '../../src/base/random.ts';
import { fusionNames } from '../../src/compiler/plan/fuse/index.ts';
import { planProgram } from '../../src/compiler/plan/index.ts';
import { Builder } from '../../src/ir/builder.ts';
import { arg, binary, type Expr, e, number, unary } from '../../src/ir/expr.ts';
import { gradient } from '../../src/ir/gradient.ts';
import { optimise } from '../../src/ir/passes/index.ts';
import { elements, type Program, type ValueId } from '../../src/ir/program.ts';
import { processor } from '../../src/ir/target.ts';
import { engines } from '../../src/numeric/index.ts';
import { interpret } from '../support/interpret.ts';

const inputsOf = (program: Program): Record<string, Float64Array> =>
  Object.fromEntries(
    program.ops.flatMap((op) =>
      op.kind === 'input' ? [[op.name, normal(keyFrom(5, op.name), elements(op.shape))]] : [],
    ),
  );

/** Runs two steps, so that updates in place are seen by the next. */
async function expectSame(program: Program, engine: 'reference' | 'wasm', without: readonly string[]) {
  const plan = planProgram(program, processor('float64'), without);
  const executable = await (await engines[engine]()).load(plan);
  let inputs = inputsOf(program);
  for (const [name, data] of Object.entries(inputs))
    if (Object.hasOwn(plan.inputs, name)) executable.write(name, data);
  for (let step = 0; step < 2; step++) {
    const values = interpret(program, inputs);
    await executable.advance(1);
    const near = async (name: string, value: ValueId) => {
      const [actual, wanted] = [await executable.read(name), values[value] as Float64Array];
      const far = actual.findIndex(
        (x, i) => !(Math.abs(x - (wanted[i] as number)) <= 1e-9 * Math.max(1, Math.abs(wanted[i] as number))),
      );
      if (far >= 0) expect.fail(`${name}[${far}] is ${actual[far]} instead of ${wanted[far]} (step ${step})`);
    };
    for (const { name, value } of program.outputs) await near(name, value);
    for (const { state, value } of program.updates) await near(state, value);
    const next = program.updates.map(({ state, value }) => [state, values[value] as Float64Array] as const);
    inputs = { ...inputs, ...Object.fromEntries(next) };
  }
  executable.dispose();
}

const unaries = ['tanh', 'neg', 'abs', 'sigmoid'] as const;
const binaries: readonly ((a: Expr, b: Expr) => Expr)[] = [
  e.add,
  e.sub,
  e.mul,
  (a, b) => binary('max', a, b),
];

/** What to do next: with which values so far (chosen by number), how, and along which axis. */
const choice = fc.record({
  kind: fc.constantFrom('map', 'map', 'rows', 'columns', 'sum', 'max', 'total', 'transpose'),
  first: fc.nat(99),
  second: fc.nat(99),
  how: fc.nat(99),
});
const recipe = fc.record({
  rows: fc.constantFrom(1, 3, 64, 130),
  columns: fc.constantFrom(2, 5, 16, 33, 64),
  choices: fc.array(choice, { minLength: 2, maxLength: 14 }),
  outputs: fc.array(fc.nat(99), { minLength: 1, maxLength: 4 }),
  updates: fc.array(fc.nat(99), { maxLength: 3 }),
});
type Recipe = typeof recipe extends fc.Arbitrary<infer T> ? T : never;

/** Maps, reductions and broadcasts over matrices of one shape, in any order. */
function programOf({ rows, columns, choices, outputs, updates }: Recipe): Program {
  const ir = new Builder();
  const shape = [rows, columns];
  const states = ['x', 'y', 'z'].map((name) => ir.input(name, shape, 'state'));
  const whole: ValueId[] = [...states];
  const byRow: ValueId[] = [ir.input('r', [rows], 'feed')];
  const byColumn: ValueId[] = [ir.input('c', [columns], 'feed')];
  const all: ValueId[] = [];
  const of = (list: readonly ValueId[], i: number) => list[i % list.length] as ValueId;
  const op = (i: number) => binaries[i % binaries.length] as (a: Expr, b: Expr) => Expr;
  for (const { kind, first, second, how } of choices) {
    const [a, b] = [of(whole, first), of(whole, second)];
    if (kind === 'map') {
      const inner = unary(unaries[how % unaries.length] as (typeof unaries)[number], arg(1));
      whole.push(ir.map([a, b], op(first + how)(arg(0), inner)));
    } else if (kind === 'rows')
      whole.push(ir.map([a, of(byRow, second)], op(how)(arg(0), arg(1)), [[0, 1], [0]], shape));
    else if (kind === 'columns')
      whole.push(ir.map([a, of(byColumn, second)], op(how)(arg(0), arg(1)), [[0, 1], [1]], shape));
    else if (kind === 'sum') {
      if (how % 2) byRow.push(ir.mean(a, [1]));
      else byColumn.push(ir.mean(a, [0]));
    } else if (kind === 'max') {
      if (how % 2) byRow.push(ir.reduce('max', a, [1]));
      else byColumn.push(ir.reduce('max', a, [0]));
    } else if (kind === 'total') all.push(ir.mean(ir.mul(a, b)));
    else {
      const turned = ir.map([ir.transpose(a, [1, 0])], e.mul(arg(0), number(0.5)));
      whole.push(ir.add(ir.transpose(turned, [1, 0]), b));
    }
  }
  const made = [...whole.slice(3), ...byRow.slice(1), ...byColumn.slice(1), ...all];
  const pool = made.length > 0 ? made : whole;
  const changes = updates.map((i, n) => ({
    state: ['x', 'y', 'z'][n] as string,
    value: ir.map([states[n] as ValueId, of(whole, i)], e.add(e.mul(number(0.5), arg(0)), arg(1))),
  }));
  return ir.finish(
    outputs.map((i, n) => ({ name: `o${n}`, value: of(pool, i) })),
    changes,
  );
}

/** x · softmax(x) with a layer norm, and its gradient: what attention and its like are made of. */
function normalised(rows: number, columns: number): Program {
  const ir = new Builder();
  const shape = [rows, columns];
  const [x, w] = [ir.input('x', shape, 'state'), ir.input('w', shape, 'feed')];
  const gain = ir.input('gain', [columns], 'state');
  const largest = ir.reduce('max', x, [1], true);
  const powers = ir.map([x, largest], unary('exp', e.sub(arg(0), arg(1))), [[0, 1], [0]]);
  const p = ir.map([powers, ir.sum(powers, [1])], e.div(arg(0), arg(1)), [[0, 1], [0]]);
  const centred = ir.map([p, ir.mean(p, [1])], e.sub(arg(0), arg(1)), [[0, 1], [0]]);
  const variance = ir.mean(ir.mul(centred, centred), [1]);
  const normal = e.div(arg(0), unary('sqrt', e.add(arg(1), number(1e-3))));
  const y = ir.map([centred, variance, gain], e.mul(normal, arg(2)), [[0, 1], [0], [1]]);
  const loss = ir.sum(ir.mul(y, w));
  const slopes = gradient(ir, loss, [x, gain]);
  const step = (value: ValueId, slope: ValueId) =>
    ir.map([value, slope], e.sub(arg(0), e.mul(number(0.1), arg(1))));
  return ir.finish(
    [{ name: 'loss', value: loss }],
    [
      { state: 'x', value: step(x, slopes[0] as ValueId) },
      { state: 'gain', value: step(gain, slopes[1] as ValueId) },
    ],
  );
}

/** A layer of a perceptron, its rows' softmax, and the gradient: products and what finishes them. */
function layer(rows: number, terms: number, columns: number): Program {
  const ir = new Builder();
  const [x, y] = [ir.input('x', [rows, terms], 'feed'), ir.input('y', [rows, columns], 'feed')];
  const [w, b] = [ir.input('w', [terms, columns], 'state'), ir.input('b', [columns], 'state')];
  const product = ir.contract(
    [x, w],
    [
      [0, 1],
      [1, 2],
    ],
    [0, 2],
  );
  const shifted = ir.map([product, b], e.add(arg(0), arg(1)), [[0, 1], [1]]);
  const bounded = ir.apply('tanh', shifted);
  const powers = ir.map([bounded, ir.reduce('max', bounded, [1])], unary('exp', e.sub(arg(0), arg(1))), [
    [0, 1],
    [0],
  ]);
  const p = ir.map([powers, ir.sum(powers, [1])], e.div(arg(0), arg(1)), [[0, 1], [0]]);
  const loss = ir.sum(ir.mul(p, y));
  const [slope, shift] = gradient(ir, loss, [w, b]) as [ValueId, ValueId];
  const step = (value: ValueId, by: ValueId) =>
    ir.map([value, by], e.sub(arg(0), e.mul(number(0.1), arg(1))));
  return ir.finish(
    [{ name: 'loss', value: loss }],
    [
      { state: 'w', value: step(w, slope) },
      { state: 'b', value: step(b, shift) },
    ],
  );
}

const switches = [[], ...fusionNames.map((name) => [name]), [...fusionNames]];

describe('fusions', () => {
  it('keep the meaning of any maps and reductions', () =>
    fc.assert(
      fc.asyncProperty(recipe, fc.boolean(), async (made, optimised) => {
        const program = optimised ? optimise(programOf(made)) : programOf(made);
        await expectSame(program, 'reference', []);
        await expectSame(program, 'wasm', []);
      }),
      { numRuns: 80 },
    ));

  it.each(switches.map((without) => ({ without })))('can be switched off ($without)', async ({ without }) => {
    const samples = fc.sample(recipe, { numRuns: 8, seed: 7 });
    const others = [normalised(65, 64), layer(640, 12, 40)].map((program) => optimise(program));
    for (const program of [...samples.map(programOf), ...others])
      for (const engine of ['reference', 'wasm'] as const) await expectSame(program, engine, without);
  });

  it('leave a softmax, a layer norm and their gradients one pass over the rows', () => {
    const program = optimise(normalised(256, 64));
    const [fused, apart] = [
      planProgram(program, processor('float32')),
      planProgram(program, processor('float32'), fusionNames),
    ];
    expect(fused.steps.filter((s) => s.kind === 'fused' && s.outer.length > 0)).toHaveLength(1);
    expect(fused.steps.length).toBeLessThan(apart.steps.length / 3);
  });

  it('finish the rows of a product while they are made', () => {
    const program = optimise(layer(640, 12, 40));
    const [fused, apart] = [
      planProgram(program, processor('float32')),
      planProgram(program, processor('float32'), ['epilogue']),
    ];
    const products = fused.steps.filter((s) => s.kind === 'fused' && s.nests[0]?.kind === 'gemm');
    expect(products).toHaveLength(1);
    expect(fused.steps.length).toBeLessThan(apart.steps.length);
    expect(fused.bytes).toBeLessThanOrEqual(apart.bytes);
  });

  it('write a result over an operand that nobody needs any more', () => {
    const ir = new Builder();
    const x = ir.input('x', [1000], 'feed');
    // Sums in between keep the maps apart; each is written over the one before.
    let y = ir.apply('exp', x);
    for (let i = 0; i < 4; i++) y = ir.map([y, ir.sum(y)], e.div(arg(0), arg(1)), [[0], []], [1000]);
    const plan = planProgram(ir.finish([{ name: 'y', value: y }], []), processor('float32'));
    expect(plan.bytes).toBeLessThan(3 * 4032);
  });

  it('make an optimizer one step for all parameters', () => {
    const ir = new Builder();
    const updates = [[4, 5], [5], [5, 2]].flatMap((shape, i) => {
      const [x, m] = [ir.input(`x${i}`, shape, 'state'), ir.input(`m${i}`, shape, 'state')];
      const moved = ir.map([m, x], e.add(e.mul(number(0.9), arg(0)), arg(1)));
      const next = ir.map([x, moved], e.sub(arg(0), e.mul(number(0.1), arg(1))));
      return [
        { state: `m${i}`, value: moved },
        { state: `x${i}`, value: next },
      ];
    });
    const plan = planProgram(ir.finish([], updates), processor('float32'));
    expect(plan.steps).toHaveLength(1);
    expect(plan.buffers.filter((b) => b.bytes > 0)).toHaveLength(6);
  });
});
