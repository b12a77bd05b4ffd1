import { expect, it } from 'vitest';
import { fromChannelsLast, toChannelsLast } from './channels-last.ts';

const counted = (shape: readonly number[]) => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((n, s) => n * s, 1) }, (_, i) => i),
});

it('moves the channels of a kernel last', () => {
  // [out, in, row, column] → [row, column, in, out]
  const { shape, data } = toChannelsLast('K1', counted([32, 16, 3, 3]));
  expect(shape).toEqual([3, 3, 16, 32]);
  const [out, into, row, column] = [5, 7, 2, 1];
  expect(data[((row * 3 + column) * 16 + into) * 32 + out]).toBe(((out * 16 + into) * 3 + row) * 3 + column);
});

it.each([
  ['K0', [16, 1, 3, 3]],
  ['K1', [32, 16, 3, 3]],
  ['D', [4608, 10]],
  ['d', [10]],
] as const)('goes back to where it came from: %s', (name, shape) => {
  const tensor = counted(shape);
  expect(fromChannelsLast(name, toChannelsLast(name, tensor).data, shape)).toEqual(tensor.data);
});
