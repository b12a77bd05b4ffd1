import { describe, expect, it } from 'vitest';
import { createCurves } from './curves.ts';
import { keepRun, readRun } from './kept-run.ts';
import { noRun } from './run-state.ts';

describe('a kept run', () => {
  it('is one that was stopped where its state is, with the curves up to there', () => {
    const curves = createCurves();
    curves.addTraining(0, { loss: [4, 3, 2, 1] });
    curves.addEvaluation(2, { testLoss: 2.5 });
    curves.addEvaluation(4, { testLoss: 1.5 });
    const run = { ...noRun(), phase: 'running', step: 4, steps: 9, seed: 7, curves, drawn: 3 } as const;
    const kept = keepRun(run, 2);
    expect(structuredClone(kept)).toEqual(kept);
    const read = readRun(kept);
    expect(read).toMatchObject({ phase: 'stopped', step: 2, steps: 9, seed: 7 });
    const [loss] = read.curves.all();
    expect([loss?.train.steps, loss?.train.values]).toEqual([[0, 1], [4, 3]]); // biome-ignore format: pairs
    expect([loss?.test.steps, loss?.test.values]).toEqual([[2], [2.5]]);
    // It goes on from there.
    read.curves.addTraining(2, { loss: [2] });
    expect(read.curves.all()[0]?.train.values).toEqual([4, 3, 2]);
  });

  it('is none where what was kept makes no sense', () => {
    for (const kept of [undefined, {}, { phase: 'finished', curves: 'wild' }])
      expect(readRun(kept).phase).toBe('idle');
  });
});
