/** Loops of steps on every engine. */
import { describe, expect, it } from 'vitest';
import { arg, e, number } from '../../src/ir/expr.ts';
import type { Step } from '../../src/ir/plan.ts';
import { expectAgreement } from './engines.agreement.ts';
import { eighths } from './engines.arbitrary.ts';
import { at, load, map, operand, type Sketch, targets } from './engines.plans.ts';

const range = (n: number, f: (i: number) => number) => Array.from({ length: n }, (_, i) => f(i));

describe.each(targets)('loops on $engine in $dtype', (target) => {
  it('repeats the steps of a loop, and of a loop in a loop, at places that move', async () => {
    // Row t of b1 is row t − 1 times row (5 − t) of b0, and b2[t, u] = b1[t + 1, u] + 10 · b3[u].
    const row = (buffer: number, offset: number, loopStrides: number[]) => ({
      buffer,
      offset,
      strides: [1],
      loopStrides,
    });
    const product = map([4], e.mul(arg(0), arg(1)), [row(1, 0, [4]), row(0, 16, [-4])], row(1, 4, [4]));
    const sum = map(
      [1],
      e.add(arg(0), e.mul(number(10), arg(1))),
      [row(1, 4, [4, 1]), row(3, 0, [0, 1])],
      row(2, 0, [4, 1]),
    );
    const inner: Step = { kind: 'loop', count: 4, steps: [sum], flops: 16 };
    const gather: Step = {
      kind: 'gather',
      data: { ...at(0), loopStrides: [4] },
      indices: at(5),
      out: { ...at(4), loopStrides: [2] },
      rows: 4,
      rowSize: 1,
      count: 2,
      flops: 0,
    };
    const fill: Step = {
      kind: 'fill',
      out: { ...at(6, 8), loopStrides: [-2] },
      count: 2,
      value: 7,
      flops: 0,
    };
    const matrix: Step = {
      kind: 'gemm',
      batch: [],
      m: [2],
      n: [2],
      k: [2],
      a: { buffer: 0, offset: 0, strides: [2, 1], loopStrides: [4] },
      b: { buffer: 1, offset: 4, strides: [2, 1], loopStrides: [4] },
      c: { buffer: 7, offset: 0, strides: [2, 1], loopStrides: [4] },
      scale: 1,
      flops: 8,
    };
    const sketch: Sketch = {
      shapes: [[5, 4], [6, 4], [5, 4], [4], [5, 2], [2], [5, 2], [5, 4]],
      steps: [
        { kind: 'loop', count: 5, steps: [product, inner, gather, fill, matrix], flops: 180 },
        map([5, 4], e.add(arg(0), number(1)), [operand(2, [4, 1])], operand(2, [4, 1])),
      ],
    };
    const before = eighths(sketch, 3);
    before[5] = [2, 0];
    await expectAgreement(sketch, before, target, 64);
  });

  it('names the iterations in which a loop first writes NaN or Infinity', async () => {
    // Row t + 1 of b1 is 1 / (row t of b0), number by number.
    const at = (buffer: number, offset: number) => ({ buffer, offset, strides: [], loopStrides: [3, 1] });
    const copy = map([3], arg(0), [{ ...operand(0, [1]), loopStrides: [3] }], operand(2, [1]));
    const inverse = map([], { op: 'recip', a: arg(0) }, [at(0, 0)], at(1, 3));
    const inner: Step = { kind: 'loop', count: 3, steps: [inverse], flops: 3 };
    const sketch: Sketch = {
      shapes: [[4, 3], [5, 3], [3]],
      steps: [{ kind: 'loop', count: 4, steps: [copy, inner], flops: 24 }],
    };
    const executable = await load(sketch, target);
    executable.write(
      'b0',
      range(12, (i) => i + 1),
    );
    expect(await executable.advanceChecked()).toBeUndefined();
    executable.write(
      'b0',
      range(12, (i) => (i === 7 || i === 11 ? 0 : i + 1)),
    );
    expect(await executable.advanceChecked()).toEqual({
      path: [0, 1, 0],
      iterations: [2, 1],
      value: Number.POSITIVE_INFINITY,
    });
    executable.write(
      'b0',
      range(12, (i) => (i === 10 ? Number.NaN : i + 1)),
    );
    expect(await executable.advanceChecked()).toEqual({ input: 'b0', value: Number.NaN });
  });
});
