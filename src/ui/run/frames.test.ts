import { expect, it } from 'vitest';
import type { TensorValue } from '../../worker/protocol.ts';
import { createFrames } from './frames.ts';

const value = (...data: number[]): TensorValue => ({
  shape: [data.length],
  axes: ['i'],
  data,
  count: data.length,
  min: Math.min(...data),
  max: Math.max(...data),
  mean: 0,
  deviation: 0,
});

it('keeps frames spread over the whole run, the first and the newest among them', () => {
  const frames = createFrames({ frames: 10, numbers: 1e6 });
  for (let step = 0; step <= 1000; step++) frames.add({ step, values: { 'a.x': value(step) } });
  const steps = frames.all().map((frame) => frame.step);
  expect(steps.length).toBeLessThanOrEqual(10);
  expect(steps.length).toBeGreaterThanOrEqual(5);
  expect([steps[0], steps.at(-1)]).toEqual([0, 1000]);
  const gaps = steps.slice(1).map((step, i) => step - (steps[i] as number));
  expect(Math.max(...gaps.slice(0, -1)) / Math.min(...gaps.slice(0, -1))).toBeLessThanOrEqual(2);
});

it('keeps no more numbers than it may, and equal values once', () => {
  const frames = createFrames({ frames: 100, numbers: 40 });
  const grid = Array.from({ length: 10 }, () => 1);
  for (let step = 0; step < 50; step++)
    frames.add({ step, values: { 'land.potential': value(...grid), 'land.a': value(step, step) } });
  const kept = frames.all();
  expect(new Set(kept.map(({ values }) => values['land.potential'])).size).toBe(1);
  expect(10 + 2 * kept.length).toBeLessThanOrEqual(40);
  expect(kept.length).toBeGreaterThan(6);
});

it('forgets steps that a run takes anew', () => {
  const frames = createFrames();
  for (const step of [0, 10, 20, 30]) frames.add({ step, values: { 'a.x': value(step) } });
  frames.add({ step: 20, values: { 'a.x': value(-20) } });
  expect(frames.all().map(({ step, values }) => [step, values['a.x']?.data[0]])).toEqual([
    [0, 0],
    [10, 10],
    [20, -20],
  ]);
});
