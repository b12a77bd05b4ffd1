/**
 * One suite for all engines. The reference engine is held to a second, naive reading of the plan; the
 * WebAssembly engine, in both precisions, to the reference engine.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draw } from '../../src/base/random.ts';
import { arg, type Expr, number } from '../../src/ir/expr.ts';
import type { NestResult, NestStep, Operand, Step } from '../../src/ir/plan.ts';
import { engines } from '../../src/numeric/index.ts';
import { expectAgreement } from './engines.agreement.ts';
import { eighths, nests, rows } from './engines.arbitrary.ts';
import { at, load, map, operand, planOf, run, type Sketch, targets } from './engines.plans.ts';

const reduction = (
  reduce: NestResult['reduce'],
  dims: readonly number[],
  reduced: number,
  strides: readonly number[],
  out: readonly number[],
): NestStep => ({
  kind: 'nest',
  dims,
  reduced,
  operands: [operand(0, strides)],
  results: [{ out: operand(1, out), expr: arg(0), reduce, scale: 1 }],
  flops: 0,
});
const range = (n: number, f: (i: number) => number = (i) => i) => Array.from({ length: n }, (_, i) => f(i));

describe.each(targets)('$engine in $dtype', (target) => {
  it('runs any loop nest', async () => {
    await fc.assert(
      fc.asyncProperty(nests, fc.nat(), async (sketch, seed) => {
        const [step] = sketch.steps as [NestStep];
        const terms = step.dims.slice(step.dims.length - step.reduced).reduce((n, d) => n * d, 1);
        // Values stay below 16, so a sum of so many terms is off by no more than this.
        await expectAgreement(sketch, eighths(sketch, seed), target, 8 + 16 * terms);
      }),
      { numRuns: 300 },
    );
  });

  it('runs nests together inside the loops that they share', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.nat(), (sketch, seed) =>
        expectAgreement(sketch, eighths(sketch, seed), target, 20_000),
      ),
      { numRuns: 150 },
    );
  });

  it('runs the same nest on different buffers', async () => {
    const square = (from: number, to: number) =>
      map([11], { op: 'mul', a: arg(0), b: arg(0) }, [operand(from, [1])], operand(to, [1]));
    const nests = [square(0, 2), square(1, 0), square(2, 1)];
    const shapes = [[11], [11], [11]];
    const before = shapes.map((_, b) => range(11, (i) => (i + b) / 8));
    await expectAgreement({ shapes, steps: nests }, before, target, 4);
    await expectAgreement(
      { shapes, steps: [{ kind: 'fused', outer: [], nests, flops: 0 }] },
      before,
      target,
      4,
    );
  });

  it('writes several results where operands lie', async () => {
    const sum: Expr = { op: 'add', a: arg(0), b: arg(1) };
    const difference: Expr = { op: 'sub', a: arg(0), b: arg(1) };
    for (const n of [3, 4, 21]) {
      const windows = [operand(0, [1]), operand(1, [1])];
      const results = [sum, difference].map((expr, b) => ({
        out: windows[b] as Operand,
        expr,
        reduce: 'none' as const,
        scale: 1,
      }));
      const step: NestStep = { kind: 'nest', dims: [n], reduced: 0, operands: windows, results, flops: 0 };
      const sketch = { shapes: [[n], [n]], steps: [step] };
      await expectAgreement(sketch, eighths(sketch, n), target, 0);
    }
  });

  it.each(['sum', 'max', 'min'] as const)(
    'reduces by %s over one to three dimensions, whichever are contiguous',
    async (reduce) => {
      for (const [dims, strides] of [
        [
          [5, 9],
          [9, 1],
        ],
        [
          [9, 5],
          [1, 9],
        ],
        [
          [3, 17, 6],
          [102, 6, 1],
        ],
        [
          [6, 3, 17],
          [1, 102, 6],
        ],
        [
          [2, 3, 4, 5],
          [60, 20, 5, 1],
        ],
      ] as const)
        for (let reduced = 1; reduced <= dims.length; reduced++) {
          const kept = dims.slice(0, dims.length - reduced);
          const out = kept.map((_, d) => kept.slice(d + 1).reduce((n, s) => n * s, 1));
          const sketch = { shapes: [dims, kept], steps: [reduction(reduce, dims, reduced, strides, out)] };
          await expectAgreement(sketch, eighths(sketch, reduced), target, 500);
        }
    },
  );

  it('adds up long sums in blocks, with an error that does not grow with their length', async () => {
    const n = 200_000;
    for (const steps of [
      [reduction('sum', [n], 1, [1], [])],
      [reduction('sum', [4, n / 4], 1, [1, 4], [1])],
    ] as NestStep[][]) {
      const before = [range(n, () => 0.1), range(4, () => 0)];
      const sketch = { shapes: [[n], [4]], steps };
      const after = await run(sketch, before, target);
      const total = steps[0]?.dims.length === 1 ? n / 10 : n / 40;
      const bound = target.dtype === 'float32' ? 1e-5 : 1e-11;
      expect(Math.abs(((after[1] as ArrayLike<number>)[0] as number) / total - 1)).toBeLessThan(bound);
    }
  });

  it('takes the first of equals, and the first NaN before all', async () => {
    const rows = [
      [1, 3, 3, 2],
      [5, 5, 5, 5],
      [-1, Number.NaN, 9, Number.NaN],
      [Number.NaN, 1, 2, 3],
      [0, -0, 0, -0],
      range(4, () => Number.NEGATIVE_INFINITY),
      [-3, -2, -2, Number.NEGATIVE_INFINITY],
    ];
    const byRow = { shapes: [[7, 4], [7]], steps: [reduction('argmax', [7, 4], 1, [4, 1], [1])] };
    const expected = [1, 0, 1, 0, 0, 0, 1];
    expect(Array.from((await run(byRow, [rows.flat(), range(7)], target))[1] as ArrayLike<number>)).toEqual(
      expected,
    );
    const columns = range(4).flatMap((j) => rows.map((row) => row[j] as number));
    const byColumn = { shapes: [[4, 7], [7]], steps: [reduction('argmax', [7, 4], 1, [1, 7], [1])] };
    expect(Array.from((await run(byColumn, [columns, range(7)], target))[1] as ArrayLike<number>)).toEqual(
      expected,
    );
  });

  it.each(['max', 'min', 'sum'] as const)('lets a NaN through %s wherever it stands', async (reduce) => {
    for (let at = 0; at < 37; at++) {
      const sketch = { shapes: [[37], []], steps: [reduction(reduce, [37], 1, [1], [])] };
      const after = await run(sketch, [range(37, (i) => (i === at ? Number.NaN : i)), [0]], target);
      expect((after[1] as ArrayLike<number>)[0]).toBeNaN();
    }
  });

  it.each([
    [
      [64, 80],
      [1, 64],
    ],
    [
      [80, 65],
      [1, 80],
    ],
    [
      [3, 128, 20],
      [2560, 1, 128],
    ],
    [
      [70, 3, 96],
      [3, 1, 210],
    ],
  ])('copies %j with its dimensions in another order', async (dims, strides) => {
    const n = dims.reduce((a, b) => a * b, 1);
    const out = dims.map((_, d) => dims.slice(d + 1).reduce((a, b) => a * b, 1));
    const step = map(dims, arg(0), [operand(0, strides)], operand(1, out));
    await expectAgreement({ shapes: [[n], [n]], steps: [step] }, [range(n), range(n, () => -1)], target, 0);
  });

  it('embeds a diagonal and leaves the rest alone', async () => {
    const sketch = { shapes: [[6], [6, 6]], steps: [map([6], arg(0), [operand(0, [1])], operand(1, [7]))] };
    const after = await run(sketch, [range(6, (i) => i + 1), range(36, () => -1)], target);
    expect(Array.from(after[1] as ArrayLike<number>)).toEqual(
      range(36, (i) => (i % 7 === 0 ? i / 7 + 1 : -1)),
    );
  });

  it.each([1, 3, 4, 7, 50])('maps %i elements in place', async (n) => {
    const expr: Expr = { op: 'add', a: { op: 'mul', a: arg(0), b: arg(1) }, b: number(1) };
    const sketch = {
      shapes: [[n], [n]],
      steps: [map([n], expr, [operand(0, [1]), operand(1, [1])], operand(0, [1]))],
    };
    const before = eighths(sketch, n);
    await expectAgreement(sketch, before, target, 4);
  });

  it('fills whole buffers', async () => {
    for (const value of [0, -2.5, Number.POSITIVE_INFINITY]) {
      const sketch: Sketch = {
        shapes: [[3], [4, 5], [3]],
        steps: [{ kind: 'fill', out: at(1), count: 20, value, flops: 0 }],
      };
      const after = await run(sketch, [range(3), range(20), range(3)], target);
      expect(after.map((a) => Array.from(a))).toEqual([range(3), range(20, () => value), range(3)]);
    }
  });

  it.each([1, 3, 4, 11])(
    'gathers and scatters rows of %i; what is no row gives NaN and adds nothing',
    async (rowSize) => {
      const [rows, indices] = [
        5,
        [0, 4, -1, 3, 99, 0.5, 3, 5, 1e12, Number.NaN, Number.NEGATIVE_INFINITY, 2, -0],
      ];
      const count = indices.length;
      const common = { rows, rowSize, count, flops: 0 };
      const gather: Step = { kind: 'gather', data: at(0), indices: at(1), out: at(2), ...common };
      const scatter: Step = { kind: 'scatterAdd', indices: at(1), updates: at(2), out: at(3), ...common };
      const sketch: Sketch = {
        shapes: [[rows, rowSize], [count], [count, rowSize], [rows, rowSize]],
        steps: [gather, scatter],
      };
      const before = eighths(sketch, rowSize);
      before[1] = indices;
      await expectAgreement({ ...sketch, steps: [gather] }, before, target, 4);
      await expectAgreement({ ...sketch, steps: [scatter] }, before, target, 4);
      const after = await run({ ...sketch, steps: [gather] }, before, target);
      const firsts = indices.map((_, i) => (after[2] as ArrayLike<number>)[i * rowSize]);
      const [first, fourth, last, third] = [0, 3, 4, 2].map((row) => before[0]?.[row * rowSize]);
      const none = Number.NaN;
      expect(firsts).toEqual([
        ...[first, last, none, fourth, none, none, fourth],
        ...[none, none, none, none, third, first],
      ]);
    },
  );

  it.each([1, 4, 5, 8, 31])('draws %i random numbers, the same bits as any host', async (n) => {
    const key = [0xdead, 0xbeef, 0, 0xffff];
    const step: Step = {
      kind: 'random',
      key: at(0),
      stream: 4_000_000_000,
      out: at(1),
      count: n,
      flops: 0,
    };
    const [, drawn] = await run({ shapes: [[4], [n]], steps: [step] }, [key, range(n)], target);
    expect(Array.from(drawn as ArrayLike<number>)).toEqual([...draw([0xdeadbeef, 0xffff], 4_000_000_000, n)]);
  });

  it('runs steps in order and names the first that writes what is NaN or infinite in the end', async () => {
    const step = (expr: Expr, from: number, to: number) =>
      map([5], expr, [operand(from, [1])], operand(to, [1]));
    const sketch = {
      shapes: [[5], [5], [5]],
      steps: [
        step({ op: 'exp', a: arg(0) }, 0, 1),
        step({ op: 'log', a: arg(0) }, 1, 2),
        step({ op: 'recip', a: arg(0) }, 0, 2),
      ],
    };
    const executable = await load(sketch, target);
    executable.write('b0', [1, 2, 3, 4, 5]);
    expect(await executable.advanceChecked()).toBeUndefined();
    expect((await executable.read('b2'))[4]).toBeCloseTo(0.2, 6);
    const inf = Number.POSITIVE_INFINITY;
    executable.write('b0', [1, 2, 0, 4, 5]);
    expect(await executable.advanceChecked()).toEqual({ path: [2], iterations: [], value: inf });
    // The logarithm is infinite too, and written over: what the third step makes of −∞ is finite.
    executable.write('b0', [1, 2, -inf, 4, 5]);
    expect(await executable.advanceChecked()).toEqual({ input: 'b0', value: -inf });
    executable.write('b0', [1, 2, 3, 4, 5000]);
    expect(await executable.advanceChecked()).toEqual({ path: [0], iterations: [], value: inf });
  });

  it('tells an input that was NaN before, where no step has written', async () => {
    const sketch = { shapes: [[2], [6]], steps: [map([2], arg(0), [operand(0, [1])], operand(1, [3]))] };
    const executable = await load(sketch, target);
    executable.write('b0', [1, 2]);
    expect(await executable.advanceChecked()).toBeUndefined();
    executable.write('b1', [0, Number.NaN, 0, 0, 0, 0]);
    expect(await executable.advanceChecked()).toEqual({ input: 'b1', value: Number.NaN });
  });

  it('keeps constants, and refuses what does not belong to the plan', async () => {
    const plan = {
      ...planOf({ shapes: [[3], [2]], steps: [] }, target.dtype),
      inputs: { x: { buffer: 0, role: 'state' as const } },
      outputs: { y: 1 },
      constants: [{ buffer: 1, data: [4, 5] }],
    };
    const executable = await (await engines[target.engine]()).load(plan);
    expect(Array.from(await executable.read('y'))).toEqual([4, 5]);
    executable.write('x', [1, 2, 3]);
    expect(Array.from(await executable.read('x'))).toEqual([1, 2, 3]);
    expect(() => executable.write('x', [1])).toThrow(/^internal: /);
    expect(() => executable.write('y', [1, 2])).toThrow(/^internal: /);
    await expect(executable.read('z')).rejects.toThrow(/^internal: /);
    await expect(executable.advance(2, { x: [1, 2, 3] })).rejects.toThrow(/^internal: /);
    await expect(executable.advance(1, { y: [1, 2] })).rejects.toThrow(/^internal: /);
    executable.dispose();
    await expect(executable.read('x')).rejects.toThrow(/^internal: /);
  });

  it('says so when the memory cannot be had', async () => {
    const plan = { ...planOf({ shapes: [], steps: [] }, target.dtype), bytes: 2 ** 52 };
    const engine = await engines[target.engine]();
    await expect(engine.load(plan)).rejects.toMatchObject({ code: 'out-of-memory' });
  });
});
