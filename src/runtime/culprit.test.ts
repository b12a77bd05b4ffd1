/** Where a step of a plan comes from, in loops over the repeats of blocks too. */
import { expect, it } from 'vitest';
import type { LoopStep, Plan, Step } from '../ir/plan.ts';
import { originOf } from './culprit.ts';

const leaf = (source: string): Step => ({
  kind: 'fill',
  out: { buffer: 0, offset: 0 },
  count: 1,
  value: 0,
  flops: 0,
  source,
});
const loop = (source: string, count: number, steps: readonly Step[], reverse = false): LoopStep => ({
  kind: 'loop',
  count,
  ...(reverse && { reverse }),
  steps,
  flops: 0,
  source,
});
const plan = (...steps: Step[]) => ({ steps }) as unknown as Plan;

it('is the node that it was lowered from', () => {
  expect(originOf(plan(leaf('a'), leaf('b')), { path: [1], iterations: [] })).toBe('b');
});

it('of a repeated block is the node of the repeat that was computed', () => {
  const inner = loop('encoder/0/heads', 4, [leaf('encoder/0/heads/0/scores')]);
  const steps = plan(leaf('a'), loop('encoder', 6, [leaf('encoder/0/norm'), inner]));
  expect(originOf(steps, { path: [1, 0], iterations: [3] })).toBe('encoder/3/norm');
  expect(originOf(steps, { path: [1, 1, 0], iterations: [5, 2] })).toBe('encoder/5/heads/2/scores');
  const back = plan(loop('encoder', 6, [leaf('encoder/0/norm')], true));
  expect(originOf(back, { path: [0, 0], iterations: [1] })).toBe('encoder/4/norm');
});

it('is counted through the segments of a recurrence', () => {
  const segments = plan(loop('encoder', 3, [loop('encoder', 4, [leaf('encoder/0/norm')])]));
  expect(originOf(segments, { path: [0, 0, 0], iterations: [2, 1] })).toBe('encoder/9/norm');
});

it('of a recurrence that repeats no block is its node', () => {
  expect(originOf(plan(loop('layer', 9, [leaf('layer')])), { path: [0, 0], iterations: [7] })).toBe('layer');
});
