import { describe, expect, it } from 'vitest';
import { emptyDocument } from '../../../graph-schema/document.ts';
import { createCurves } from './curves.ts';
import { curvesUpTo, type PastRun, pastOf, pinRun, withRun } from './past-runs.ts';
import { noRun } from './run-state.ts';

const document = emptyDocument('a');
const past = (number: number, bytes = 8, pinned = false): PastRun => ({
  ...{ number, step: 10, seed: 1, engine: 'wasm', metrics: {}, fork: undefined, begun: 0, whole: true },
  tried: undefined,
  best: undefined,
  isEarly: false,
  ...{ parameters: 1, curves: [], document, pinned },
  state: { bytes: new Uint8Array(bytes), step: 10, seed: 1, metrics: {} },
});

describe('runs that are kept', () => {
  it('are bounded: the oldest goes that is not pinned', () => {
    let runs: readonly PastRun[] = [];
    for (let n = 1; n <= 40; n++) runs = withRun(runs, past(n));
    runs = pinRun(runs, 1, true);
    runs = withRun(withRun(runs, past(41)), past(42));
    expect(runs.map(({ number }) => number).slice(0, 3)).toEqual([1, 4, 5]);
    expect(runs.length).toBe(40);
  });

  it('lose the states of the oldest first where these take too much, pinned ones last', () => {
    const large = 12 * 2 ** 20;
    const runs = [past(1, large, true), past(2, large), past(3, large)];
    const kept = withRun(runs, past(4, 100));
    expect(kept.map(({ state }) => state !== undefined)).toEqual([true, false, true, true]);
  });

  it('are what a run has drawn, and nothing where it has drawn nothing', () => {
    expect(pastOf({ ...noRun(), number: 1, document })).toBeUndefined();
    const curves = createCurves();
    curves.addTraining(0, { loss: [3, 2, 1] });
    curves.addEvaluation(3, { testLoss: 1.5 });
    const kept = pastOf({ ...noRun(), number: 1, document, curves, step: 3 });
    curves.addTraining(3, { loss: [0.5] });
    expect(kept?.curves).toEqual([
      {
        name: 'loss',
        train: { steps: [0, 1, 2], values: [3, 2, 1] },
        test: { steps: [3], values: [1.5] },
      },
    ]);
  });

  it('give a fork their curves up to its step', () => {
    const curves = createCurves();
    curves.addTraining(0, { loss: [4, 3, 2, 1] });
    curves.addEvaluation(2, { testLoss: 2.5 });
    curves.addEvaluation(4, { testLoss: 1.5 });
    const [curve] = curvesUpTo(2, curves.all());
    expect(curve?.train.values).toEqual([4, 3]);
    expect(curve?.test.values).toEqual([2.5]);
  });
});
