import { describe, expect, it } from 'vitest';
import { columns, rowOf, tableText } from './table.ts';

const measured = {
  name: 'product',
  flops: 1000,
  seconds: {
    tensorloom: [0.1, 0.3, 0.2],
    'tensorloom processor': [0.1, 0.1, 0.2],
    torch: [0.1],
    'torch pairwise': [0.05],
    'jax-js': [0.8],
    tf: [0.4],
  },
  faults: {},
};

describe('rowOf', () => {
  it('compares the medians of the rounds', () => {
    const row = rowOf(measured, 20_000);
    expect(row.stepsPerSecond).toBeCloseTo(5);
    expect(row.ratioToTorch).toBeCloseTo(0.5);
    expect(row.shareOfCeiling).toBeCloseTo(0.5);
    expect(Object.keys(row.stepsPerSecondOf)).not.toContain('tensorloom processor');
  });

  it('compares processor times where both tell theirs', () => {
    const seconds = { ...measured.seconds, 'torch processor': [0.08, 0.07, 0.09] };
    const row = rowOf({ ...measured, seconds }, 1);
    expect(row.ratioToTorch).toBeCloseTo(0.8);
    expect(row.torchStepsPerSecond).toBeCloseTo(10);
  });

  it('takes the fastest of the other engines in JavaScript', () => {
    const row = rowOf(measured, 1);
    expect(row.bestJs).toBe('tf');
    expect(row.ratioToBestJs).toBeCloseTo(2);
  });

  it('has no ratio where there is nothing to compare with', () => {
    const row = rowOf({ ...measured, flops: 0, seconds: { tensorloom: [0.1], torch: [] } }, 1);
    expect(row).toMatchObject({
      ratioToTorch: null,
      ratioToBestJs: null,
      bestJs: null,
      shareOfCeiling: null,
    });
  });

  it('has no time of ours where our numbers are wrong', () => {
    const wrong = { ...measured, seconds: { torch: [0.1] }, faults: { tensorloom: 'off' } };
    expect(rowOf(wrong, 1)).toMatchObject({ stepsPerSecond: null, ratioToTorch: null });
    expect(tableText([rowOf(wrong, 1)])).toContain('WRONG');
  });
});

it('columns line up', () => {
  const rows = [
    ['a', 'bb'],
    ['ccc', 'd'],
  ];
  expect(columns(rows)).toBe('a    bb\nccc   d');
  expect(columns(rows, true)).toBe('a    bb\nccc  d');
});
