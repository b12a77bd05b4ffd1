import { describe, expect, it } from 'vitest';
import { arg } from '../../../ir/expr.ts';
import type { NestStep } from '../../../ir/plan.ts';
import { planNest } from './nest-plan.ts';

type Given = Pick<NestStep, 'dims'> & { reduced?: number; reads: number[][]; writes: number[] };

function plan({ dims, reduced = 0, reads, writes }: Given) {
  const operands = reads.map((strides, buffer) => ({ buffer, offset: 0, strides }));
  const out = { buffer: reads.length, offset: 0, strides: writes };
  const reduce = reduced > 0 ? 'sum' : 'none';
  const step: NestStep = {
    kind: 'nest',
    dims,
    reduced,
    operands,
    results: [{ out, expr: arg(0), reduce, scale: 1 }],
    flops: 0,
  };
  const { loops, laneLoop, firstReduced } = planNest(step, 0, 'float32');
  return { sizes: loops.map((l) => l.size), lane: loops[laneLoop], laneLoop, firstReduced, loops };
}

describe('the plan of a loop nest', () => {
  it('merges what every window walks in one go', () => {
    const same = plan({ dims: [4, 5, 6], reads: [[30, 6, 1]], writes: [30, 6, 1] });
    expect(same.sizes).toEqual([120]);
    const bias = plan({
      dims: [4, 5, 6],
      reads: [
        [30, 6, 1],
        [0, 0, 1],
      ],
      writes: [30, 6, 1],
    });
    expect(bias.sizes).toEqual([20, 6]);
  });

  it('drops loops of one turn, and keeps one for a single point', () => {
    expect(plan({ dims: [1, 7, 1], reads: [[0, 1, 0]], writes: [0, 1, 0] }).sizes).toEqual([7]);
    expect(plan({ dims: [], reads: [[]], writes: [] }).sizes).toEqual([1]);
  });

  it('runs forwards what would be written backwards', () => {
    const { lane } = plan({ dims: [8], reads: [[1]], writes: [-1] });
    expect(lane?.strides).toEqual([-4, 4]);
  });

  it('lays lanes along kept columns when rows are summed', () => {
    const { lane, laneLoop, firstReduced } = plan({
      dims: [64, 100],
      reduced: 1,
      reads: [[1, 64]],
      writes: [1],
    });
    expect(lane).toMatchObject({ size: 64, reduced: false });
    expect(firstReduced).toBe(laneLoop + 1);
  });

  it('lays lanes along the summed dimension when that is the contiguous one', () => {
    const { lane, laneLoop, firstReduced } = plan({
      dims: [64, 100],
      reduced: 1,
      reads: [[100, 1]],
      writes: [1],
    });
    expect(lane).toMatchObject({ size: 100, reduced: true });
    expect(firstReduced).toBe(laneLoop);
  });

  it('walks a large transpose in blocks of a cache line', () => {
    const { sizes, lane } = plan({ dims: [256, 320], reads: [[1, 256]], writes: [320, 1] });
    expect(sizes).toEqual([20, 256, 16]);
    expect(lane?.strides).toEqual([1024, 4]);
  });
});
