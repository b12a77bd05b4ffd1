import { describe, expect, it } from 'vitest';
import { createAutotuner } from './autotune.ts';

/** Milliseconds a step takes, by the way it is taken and how many have gone before. */
type Pace = (way: 'alone' | 'together', step: number) => number;

function tryOut(pace: Pace): { gain: number; ways: string } {
  let time = 0;
  let ways = '';
  const take = (way: 'alone' | 'together') => () => {
    time += pace(way, ways.length);
    ways += way[0];
  };
  const autotune = createAutotuner({ alone: take('alone'), together: take('together') }, () => time);
  for (let i = 0; i < 10_000; i++) {
    const gain = autotune();
    if (gain !== undefined) return { gain, ways };
  }
  throw new Error('autotuning does not end');
}

describe('autotuning of threads', () => {
  it('takes steps in turns and tells how much faster they are together', () => {
    const { gain, ways } = tryOut((way) => (way === 'alone' ? 3 : 2));
    expect(gain).toBeCloseTo(1.5, 12);
    expect(ways).toContain('a');
    expect(ways).toContain('t');
  });

  it('tells when they are slower', () => {
    expect(tryOut((way) => (way === 'alone' ? 3 : 5)).gain).toBeCloseTo(0.6, 12);
  });

  it('lets steps of seconds be few', () => {
    expect(tryOut((way) => (way === 'alone' ? 3000 : 2000)).ways.length).toBeLessThanOrEqual(24);
  });

  it('is over soon where there is no hope', () => {
    const { gain, ways } = tryOut((way) => (way === 'alone' ? 1000 : 20_000));
    expect(gain).toBeCloseTo(0.05, 12);
    expect(ways.length).toBeLessThanOrEqual(8);
  });

  it('counts neither the slow steps at first, nor those in which threads wake up, nor a hiccup', () => {
    let [last, round] = ['', 0];
    const { gain } = tryOut((way, step) => {
      if (way !== last) round++;
      const wakes = way !== last;
      last = way;
      if (step < 10) return 1000;
      if (round === 12 || round === 15) return 500;
      return wakes ? 10 : way === 'alone' ? 1 : 0.5;
    });
    expect(gain).toBeCloseTo(2, 12);
  });
});
