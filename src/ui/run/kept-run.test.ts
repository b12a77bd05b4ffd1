import { describe, expect, it } from 'vitest';
import { emptyDocument } from '../../../graph-schema/document.ts';
import { createCurves } from './curves.ts';
import { keepRuns, readRuns } from './kept-run.ts';
import { noRun } from './run-state.ts';

describe('a kept run', () => {
  it('is one that was stopped where its state is, with the curves up to there', () => {
    const curves = createCurves();
    curves.addTraining(0, { loss: [4, 3, 2, 1] });
    curves.addEvaluation(2, { testLoss: 2.5 });
    curves.addEvaluation(4, { testLoss: 1.5 });
    const run = { ...noRun(), phase: 'running', step: 4, steps: 9, seed: 7, curves, drawn: 3 } as const;
    const kept = keepRuns(run, 2, []);
    expect(structuredClone(kept)).toEqual(kept);
    const { run: read } = readRuns(kept);
    expect(read).toMatchObject({ phase: 'stopped', step: 2, steps: 9, seed: 7 });
    const [loss] = read.curves.all();
    expect([loss?.train.steps, loss?.train.values]).toEqual([[0, 1], [4, 3]]); // biome-ignore format: pairs
    expect([loss?.test.steps, loss?.test.values]).toEqual([[2], [2.5]]);
    // It goes on from there.
    read.curves.addTraining(2, { loss: [2] });
    expect(read.curves.all()[0]?.train.values).toEqual([4, 3, 2]);
  });

  it('goes on to its end for who has gone back in it', () => {
    const run = { ...noRun(), phase: 'finished', number: 3, step: 40, steps: 40 } as const;
    expect(readRuns(keepRuns(run, 12, [])).run).toMatchObject({ number: 3, step: 40, whole: true });
  });

  it('is kept with those before it, and what they ran', () => {
    const document = emptyDocument('tried');
    const state = { bytes: new Uint8Array([1, 2]), step: 5, seed: 2, metrics: { loss: 1 } };
    const past = {
      ...{ number: 1, step: 5, seed: 2, engine: 'wasm', metrics: { loss: 1 }, fork: undefined, begun: 0 },
      ...{
        tried: { 'adam.rate': 0.1 },
        whole: true,
        parameters: 3,
        best: { step: 2, value: 0.5 },
        isEarly: true,
        curves: [],
        document,
        pinned: true,
        state,
      },
    };
    const run = { ...noRun(), phase: 'finished', number: 2, document, fork: { of: 1, step: 4 } } as const;
    const read = readRuns(structuredClone(keepRuns(run, 5, [past])));
    expect(read.pastRuns).toEqual([past]);
    expect(read.run).toMatchObject({ document, fork: { of: 1, step: 4 } });
    expect(readRuns({ ...keepRuns(run, 5, [past]), past: [{ number: 'one' }, 7] }).pastRuns).toEqual([]);
  });

  it('is none where what was kept makes no sense', () => {
    for (const kept of [undefined, {}, { phase: 'finished', curves: 'wild' }])
      expect(readRuns(kept).run.phase).toBe('idle');
  });
});
