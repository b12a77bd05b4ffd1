/** Products, for every engine and for either variant of the kernels. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FusedStep, GemmStep } from '../../src/ir/plan.ts';
import { expectAgreement } from './engines.agreement.ts';
import { eighths, epilogues, gemms } from './engines.arbitrary.ts';
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

  it('finishes a product block by block', async () => {
    await fc.assert(
      fc.asyncProperty(epilogues, fc.nat(), async (sketch, seed) => {
        const [{ nests }] = sketch.steps as [FusedStep];
        const { n, k } = nests[0] as GemmStep;
        const terms = [...k, ...n].reduce((p, size) => p * size, 1);
        await expectAgreement(sketch, eighths(sketch, seed), target, 16 * terms + 16);
      }),
      { numRuns: 150 },
    );
  });

  it('repeats itself to the last bit', async () => {
    const [sketch] = fc.sample(gemms, { numRuns: 1, seed: 5 }) as [Sketch];
    const before = eighths(sketch, 3).map((b) => b.map((x) => Math.sin(x * 1000)));
    expect(await run(sketch, before, target)).toEqual(await run(sketch, before, target));
  });

  it('gives an element the same bits whatever tile it falls into', async () => {
    const [m, n, k] = [23, 29, 300];
    const product = (row: number, column: number, rows: number, columns: number): Sketch => ({
      shapes: [[m * k], [k * n], [m * n]],
      steps: [
        {
          kind: 'gemm',
          batch: [],
          m: [rows],
          n: [columns],
          k: [k],
          a: operand(0, [k, 1], row * k),
          b: operand(1, [n, 1], column),
          c: operand(2, [n, 1], row * n + column),
          scale: 0.3,
          flops: 0,
        },
      ],
    });
    const before = eighths(product(0, 0, m, n), 7).map((b) => b.map((x, i) => Math.sin(x + i)));
    const [, , whole] = await run(product(0, 0, m, n), before, target);
    for (const [row, column, rows, columns] of [
      [0, 0, 5, n],
      [3, 8, 7, 21],
      [11, 1, 12, 9],
      [20, 24, 3, 5],
    ] as const) {
      const [, , part] = await run(product(row, column, rows, columns), before, target);
      for (let i = row; i < row + rows; i++)
        for (let j = column; j < column + columns; j++) expect(part?.[i * n + j]).toBe(whole?.[i * n + j]);
    }
  });
});
