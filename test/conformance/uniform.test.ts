/** Tensors of zeros and ones are taken in where they are used; a gradient by one is still the gradient. */
import { describe, expect, it } from 'vitest';
import { graph } from '../support/graphs.ts';
import { runners } from '../support/runners.ts';

describe.each(runners.filter(({ double }) => double))('on $name', ({ run }) => {
  it.each([
    { fill: 'zeros', expected: [-2, -4] },
    { fill: 'ones', expected: [0, -2] },
  ])('the gradient by a tensor of $fill', async ({ fill, expected }) => {
    // Σ (x − c)² with c = (1, 2): its gradient is 2 (x − c).
    const axes = [{ name: 'i', size: 2 }];
    const values = await run(
      graph(
        {
          x: { type: 'tensor', params: { axes, fill } },
          c: { type: 'tensor', params: { axes, fill: 'values', values: [1, 2] } },
          minus: { type: 'scale', params: { factor: -1 } },
          difference: { type: 'add' },
          square: { type: 'multiply' },
          sum: { type: 'contract', params: { expression: 'i ->' } },
          slope: { type: 'gradient' },
        },
        [
          'c.out > minus.x',
          'x.out > difference.a',
          'minus.out > difference.b',
          'difference.out > square.a',
          'difference.out > square.b',
          'square.out > sum.a',
          'sum.out > slope.of',
          'x.out > slope.by',
        ],
      ),
    );
    expect(Array.from(values['slope.out'] as ArrayLike<number>)).toEqual(expected);
  });
});
