import { expect, it } from 'vitest';
import { operandsOf } from './operands.ts';

const chain = {
  inputs: [
    [0, 1],
    [1, 2],
  ],
  output: [0, 2],
  sizes: [3, 50, 4],
};

it('gives every operand its elements, the same each time', () => {
  expect(operandsOf('chain', chain).map((data) => data.length)).toEqual([150, 200]);
  expect(operandsOf('chain', chain)).toEqual(operandsOf('chain', chain));
  expect(operandsOf('other', chain)).not.toEqual(operandsOf('chain', chain));
});

it('keeps the result near one', () => {
  const [a, b] = operandsOf('chain', chain) as [Float32Array, Float32Array];
  let first = 0;
  for (let j = 0; j < 50; j++) first += (a[j] as number) * (b[4 * j] as number);
  expect(first).toBeGreaterThan(0.5);
  expect(first).toBeLessThan(2);
});
