import { expect, it } from 'vitest';
import { ROUNDS, timeInTurn } from './rounds.ts';

it('lets the contenders take turns', async () => {
  const turns: string[] = [];
  const contender = (name: string) => ({
    name,
    time: async () => {
      turns.push(name);
      return { '': turns.length };
    },
  });
  const { seconds } = await timeInTurn([contender('a'), contender('b')], 1e9);
  // One round more than counts: it warms up.
  expect(turns).toEqual(Array.from({ length: ROUNDS + 1 }, () => ['a', 'b']).flat());
  expect(seconds.a).toHaveLength(ROUNDS);
  expect(seconds.a).not.toContain(1);
});

it('times a contender once whose step outlasts its time', async () => {
  const { seconds } = await timeInTurn([{ name: 'slow', time: async () => ({ '': 2 }) }], 1000);
  expect(seconds.slow).toEqual([2]);
});

it('keeps forms apart, and reports what fails without stopping the others', async () => {
  const broken = { name: 'broken', time: async () => Promise.reject(new Error('no memory')) };
  const forms = { name: 'torch', time: async () => ({ '': 1e-3, pairwise: 5e-4 }) };
  const { seconds, faults } = await timeInTurn([broken, forms], 1000);
  expect(faults).toEqual({ broken: 'no memory' });
  expect(Object.keys(seconds)).toEqual(['torch', 'torch pairwise']);
});
