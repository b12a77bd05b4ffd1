import { expect, it } from 'vitest';
import { measureCeiling } from './ceiling.ts';

it('the multiply-adds on registers compile, and give a rate', async () => {
  const { flopsPerSecond } = await measureCeiling();
  expect(flopsPerSecond).toBeGreaterThan(0);
});
