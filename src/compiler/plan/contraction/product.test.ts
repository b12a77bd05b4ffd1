/** How products are arranged, and that contractions need nothing but products. */

import { describe, expect, it } from 'vitest';
import { Builder } from '../../../ir/builder.ts';
import type { GemmStep, Step } from '../../../ir/plan.ts';
import { processor } from '../../../ir/target.ts';
import { planProgram } from '../index.ts';
import { chooseLayouts, dense } from './choose-layouts.ts';
import { arrange } from './product.ts';

const { tile } = processor('float32');
const [A, B, C, D, E] = [0, 1, 2, 3, 4] as const;

/** The steps of one contraction of dense operands, given in index notation. */
function stepsOf(expression: string, sizes: Readonly<Record<string, number>>): readonly Step[] {
  const ir = new Builder();
  const [left = ''] = expression.split('->');
  const operands = left.split(',').map((labels, i) =>
    ir.input(
      `x${i}`,
      [...labels].map((label) => sizes[label] as number),
      'feed',
    ),
  );
  return planProgram(
    ir.finish([{ name: 'y', value: ir.einsum(expression, ...operands) }], []),
    processor('float32'),
  ).steps;
}

describe('a product’s arrangement', () => {
  const sizes = [64, 48, 32, 16, 8];
  const matrix = (row: number, column: number) => dense([row, column], sizes);

  it('takes columns from the operand whose axis is innermost in the result', () => {
    expect(arrange(matrix(A, B), matrix(B, C), matrix(A, C), sizes, tile)).toMatchObject({
      swapped: false,
      m: [A],
      n: [C],
    });
    expect(arrange(matrix(A, B), matrix(B, C), matrix(C, A), sizes, tile)).toMatchObject({
      swapped: true,
      m: [C],
      n: [A],
    });
  });

  it('counts a batch that an operand only repeats among the rows or columns', () => {
    const repeated = { labels: [D, B, C], strides: [0, sizes[C] as number, 1] };
    const found = arrange(dense([D, A, B], sizes), repeated, dense([D, A, C], sizes), sizes, tile);
    expect(found).toMatchObject({ batch: [], m: [D, A], n: [C], k: [B] });
  });

  it('keeps several axes of a role apart and loses none of them', () => {
    const found = arrange(
      dense([A, D, B], sizes),
      dense([B, E, C], sizes),
      dense([E, A, C, D], sizes),
      sizes,
      tile,
    );
    const labels = [...found.batch, ...found.m, ...found.n, ...found.k];
    expect(labels.toSorted()).toEqual([A, B, C, D, E]);
    expect(found.k).toEqual([B]);
  });
});

describe('orders of axes', () => {
  it('of an intermediate suit its reader', () => {
    const sizes = [40, 40, 40, 40];
    const pairs = [
      { a: 0, b: 1, labels: [A, C] },
      { a: 3, b: 2, labels: [A, D] },
    ];
    const leaves = [dense([A, B], sizes), dense([B, C], sizes), dense([C, D], sizes)];
    // The pair of the first result with the third leaf: [A, C] read as rows with their terms side by side.
    expect(chooseLayouts(leaves, pairs, [A, D], sizes, tile)).toEqual([
      [A, C],
      [A, D],
    ]);
  });
});

describe('a contraction of several tensors', () => {
  it('is products alone: nothing is copied or permuted, results are whole', () => {
    const steps = stepsOf('abc,cde,efg,gha->bdfh', Object.fromEntries([...'abcdefgh'].map((l) => [l, 8])));
    expect(steps.map((step) => step.kind)).toEqual(['gemm', 'gemm', 'gemm']);
    for (const step of steps as GemmStep[]) expect(step.c.strides.at(-1)).toBe(1);
  });

  it('reads windows where they lie', () => {
    const ir = new Builder();
    const x = ir.input('x', [2, 3, 12, 12], 'feed');
    const w = ir.input('w', [8, 3, 3, 3], 'feed');
    const windows = ir.window(ir.window(x, 3, 3, { stride: 1, dilation: 1 }), 2, 3, {
      stride: 1,
      dilation: 1,
    });
    const y = ir.einsum('ncpiqj,fcij->nfpq', windows, w);
    const { steps } = planProgram(ir.finish([{ name: 'y', value: y }], []), processor('float32'));
    // The features lie innermost; an output is wanted in its own order.
    expect(steps).toMatchObject([{ kind: 'gemm' }, { kind: 'nest' }]);
    expect((steps[0] as GemmStep).k).toHaveLength(3);
    expect((steps[0] as GemmStep).c.strides.at(-1)).toBe(1);
  });
});
