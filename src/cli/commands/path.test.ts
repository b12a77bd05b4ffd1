import { expect, it } from 'vitest';
import { tensorloom } from '../fake-io.test-support.ts';

/** Four matrices in a ring: every path makes a matrix of 64 × 64 on the way. */
const ring = JSON.stringify({
  inputs: ['ab', 'bc', 'cd', 'da'],
  output: '',
  sizes: { a: 64, b: 64, c: 64, d: 64 },
});

it('slices until no more elements are alive than --peak allows, and says over what', async () => {
  const free = (await tensorloom('path - --json', { stdin: ring })).json();
  expect(free).not.toHaveProperty('slices');
  const limited = (await tensorloom('path - --peak 1000 --json', { stdin: ring })).json();
  expect(2 ** Number(limited.log2_peak)).toBeLessThanOrEqual(1000);
  expect(2 ** Number(free.log2_peak)).toBeGreaterThan(1000);
  expect(limited.slices).toBe(64 ** (limited.sliced as string[]).length);
  expect(Number(limited.log10_flops)).toBeGreaterThanOrEqual(Number(free.log10_flops));
});

it('slices until no tensor on the way is larger than --largest allows', async () => {
  const limited = (await tensorloom('path - --largest 128 --json', { stdin: ring })).json();
  expect(2 ** Number(limited.log2_largest)).toBeLessThanOrEqual(128);
  expect(limited.slices).toBe(64 ** (limited.sliced as string[]).length);
});
