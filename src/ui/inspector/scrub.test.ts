import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scrubbed } from './Scrub.tsx';

describe('dragging a size', () => {
  it('doubles and halves it by equal ways', () => {
    expect([scrubbed(64, 80), scrubbed(64, 0), scrubbed(64, -80)]).toEqual([128, 64, 32]);
  });

  it('gives a whole size from one up, never smaller for a drag farther to the right', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 5000 }),
        fc.integer({ min: -900, max: 900 }),
        fc.nat(200),
        (size, by, more) => {
          const here = scrubbed(size + 1, by);
          expect(Number.isInteger(here) && here >= 1).toBe(true);
          expect(scrubbed(size + 1, by + more)).toBeGreaterThanOrEqual(here);
        },
      ),
    );
  });
});
