/** Holds one engine to another, number by number. */
import { expect } from 'vitest';
import { naively } from './engines.naive.ts';
import { run, type Sketch, type Target, targets } from './engines.plans.ts';

/** What a target is held to: the reference engine to the naive reading, the others to the reference engine. */
const oracle = (sketch: Sketch, before: readonly ArrayLike<number>[], target: Target) =>
  target.engine === 'reference' ? naively(sketch, before) : run(sketch, before, targets[0]);

/** Every number of every buffer agrees to `units` roundings of a number of its size, or of `scale`. */
export async function expectAgreement(
  sketch: Sketch,
  before: readonly ArrayLike<number>[],
  target: Target,
  units: number,
  scale = 1,
) {
  const [actual, expected] = await Promise.all([run(sketch, before, target), oracle(sketch, before, target)]);
  for (const [b, numbers] of expected.entries()) {
    const got = actual[b] as ArrayLike<number>;
    expect(got.length).toBe(numbers.length);
    for (let i = 0; i < numbers.length; i++) {
      const [x, y] = [got[i] as number, numbers[i] as number];
      if (Object.is(x, y) || x === y) continue;
      const allowed = units * target.epsilon * Math.max(scale, Math.abs(y));
      if (!(Math.abs(x - y) <= allowed))
        expect.fail(`buffer ${b}, element ${i}: ${x} instead of ${y} (± ${allowed})`);
    }
  }
}
