import { describe, expect, it } from 'vitest';
import { paceOf, secondsAt, timeAt } from './pace.ts';

describe('the pace of a film', () => {
  it('is slower where the cost is', () => {
    expect(paceOf([0, 0.25, 0.75])).toEqual([0.9, 0.9 + 1.3, 0.9 + 2.6 * Math.sqrt(0.75)]);
  });

  it('does not take minutes for many steps', () => {
    const whole = paceOf(Array.from({ length: 200 }, () => 1 / 200)).reduce((sum, s) => sum + s, 0);
    expect(whole).toBeCloseTo(24 + 200 * 2.6 * Math.sqrt(1 / 200));
  });

  it('turns steps into seconds and back', () => {
    const pace = [1, 3, 2];
    expect([0, 0.5, 1, 1.5, 3].map((time) => secondsAt(pace, time))).toEqual([0, 0.5, 1, 2.5, 6]);
    expect([0, 0.5, 1, 2.5, 6, 9].map((seconds) => timeAt(pace, seconds))).toEqual([0, 0.5, 1, 1.5, 3, 3]);
    expect(timeAt(pace, -1)).toBe(0);
  });
});
