import { expect, it } from 'vitest';
import { checksAtStep } from './checks-at-step.ts';

it('leaves out checks that are no number before the first step, and keeps them after it', () => {
  const verdict = (node: string, value: number) => ({
    node,
    value,
    residual: value,
    tolerance: 1,
    met: false,
  });
  const checks = [verdict('known', 2), verdict('later', Number.NaN)];
  expect(checksAtStep(0, checks)?.map(({ node }) => node)).toEqual(['known']);
  expect(checksAtStep(1, checks)?.map(({ node }) => node)).toEqual(['known', 'later']);
  expect(checksAtStep(0, undefined)).toBeUndefined();
});
