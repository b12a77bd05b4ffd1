import { expect, it } from 'vitest';
import type { RunEvent } from '../runtime/index.ts';
import { createWatch } from './watch.ts';

const values: RunEvent = { type: 'values', step: 1, values: {}, metrics: {}, tensors: {} };

/** A run of reports that come `apart` milliseconds from each other and take `cost` to be computed. */
function watchRun(reports: number, apart: number, cost: number) {
  let time = 0;
  const asked = { probes: ['a.out'], tensors: [], pictures: ['p.x'], checks: false };
  const watch = createWatch(
    () => asked,
    { isPaused: () => false },
    () => time,
  );
  const seen: ('all' | 'frame' | 'nothing')[] = [];
  for (let i = 0; i < reports; i++) {
    time += apart;
    if (watch.wanted.probes(i === reports - 1).length === 0) {
      seen.push('nothing');
      continue;
    }
    time += cost;
    seen.push(watch.heard(values) ? 'frame' : 'all');
  }
  return seen;
}

it('records every report of a short run, and shows all of some', () => {
  const seen = watchRun(100, 1, 1);
  expect(seen).not.toContain('nothing');
  expect(seen.filter((what) => what === 'all')).toHaveLength(4);
});

it('spends no more than a part of a long run on recording', () => {
  const seen = watchRun(200, 10, 30).slice(60);
  const share = seen.filter((what) => what === 'frame').length / seen.length;
  expect(share).toBeGreaterThan(0.02);
  expect(share).toBeLessThan(0.2);
});

it('shows values that take long less often, and those of the end in any case', () => {
  const seen = watchRun(200, 10, 500);
  const shown = seen.filter((what) => what === 'all').length;
  // 200 reports are two seconds of steps; four times as long is kept between two looks of half a second.
  expect(shown).toBeLessThanOrEqual(3);
  expect(seen.at(-1)).toBe('all');
});
