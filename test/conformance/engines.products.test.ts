/** Products, for every engine and for either variant of the kernels. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GemmStep } from '../../src/ir/plan.ts';
import { expectAgreement } from './engines.agreement.ts';
import { eighths, gemms } from './engines.arbitrary.ts';
import { operand, run, type Sketch, type Target, targets } from './engines.plans.ts';

const variants: readonly Target[] = targets.flatMap((target): Target[] =>
  target.engine === 'wasm'
    ? [
        { ...target, kernels: 'simd' },
        { ...target, kernels: 'relaxed' },
      ]
    : [target],
);

describe.each(variants)('$engine in $dtype, kernels $kernels', (target) => {
  it('multiplies any matrices', async () => {
    await fc.assert(
      fc.asyncProperty(gemms, fc.nat(), async (sketch, seed) => {
        const [{ k }] = sketch.steps as [GemmStep];
        const terms = k.reduce((p, size) => p * size, 1);
        await expectAgreement(sketch, eighths(sketch, seed), target, 4 * terms + 4);
      }),
      { numRuns: 150 },
    );
  });

  it.each([1, 2, 3, 5, 8, 63, 200])(
    'multiplies vectors of %i and matrices in every direction',
    async (length) => {
      const product = (m: number, n: number, k: number, a: number[], b: number[], c: number[]): Sketch => ({
        shapes: [[length * 210 + 400], [length * 210 + 400], [length * 210 + 400]],
        steps: [
          {
            kind: 'gemm',
            batch: [],
            m: [m],
            n: [n],
            k: [k],
            a: operand(0, a),
            b: operand(1, b),
            c: operand(2, c),
            scale: 2,
            accumulate: false,
            flops: 0,
          },
        ],
      });
      for (const other of [1, 2, 7, 130])
        for (const sketch of [
          product(1, length, other, [1, 1], [length, 1], [length, 1]),
          product(1, length, other, [1, 3], [1, other], [length, 1]),
          product(length, 1, other, [other, 1], [1, 1], [1, 1]),
          product(length, 1, other, [1, length], [2, 1], [1, 1]),
          product(length, 1, other, [other, 1], [1, 1], [3, 1]),
          product(length, other, 1, [1, 1], [1, 1], [other, 1]),
        ])
          await expectAgreement(sketch, eighths(sketch, length), target, 4 * other + 4);
    },
  );

  it('repeats itself to the last bit', async () => {
    const [sketch] = fc.sample(gemms, { numRuns: 1, seed: 5 }) as [Sketch];
    const before = eighths(sketch, 3).map((b) => b.map((x) => Math.sin(x * 1000)));
    expect(await run(sketch, before, target)).toEqual(await run(sketch, before, target));
  });
});
