import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand';
import { newSession } from '../session/session-state.ts';
import { createRunListener, type ShownRun } from './run-listener.ts';
import { noRun } from './run-state.ts';

let state: ShownRun;

beforeEach(() => {
  vi.useFakeTimers();
  state = createStore(() => ({ ...newSession('a'), run: { ...noRun(), phase: 'running' as const } }));
});
afterEach(() => {
  vi.useRealTimers();
});

describe('run listener', () => {
  it('takes in every point and draws a few times a second', () => {
    let drawings = 0;
    const listener = createRunListener(state, () => undefined);
    for (let from = 0; from < 1000; from++) {
      listener.event({ type: 'progress', from, metrics: { loss: [1000 - from] } });
      const before = state.getState().run;
      vi.advanceTimersByTime(1);
      if (state.getState().run !== before) drawings++;
    }
    expect(drawings).toBeGreaterThan(3);
    expect(drawings).toBeLessThan(15);
    expect(state.getState().run.curves.all()[0]?.train.values.length).toBe(1000);
  });

  it('knows how fast a run is that tells less than once a second', () => {
    const listener = createRunListener(state, () => undefined);
    for (const from of [0, 10, 20]) {
      vi.advanceTimersByTime(2000);
      listener.event({ type: 'progress', from, metrics: { loss: Array.from({ length: 10 }, () => 1) } });
    }
    vi.advanceTimersByTime(500);
    expect(state.getState().run.rate).toBe(5);
  });

  it('ends with the last figures, training and held back', () => {
    const onEnd = vi.fn();
    const listener = createRunListener(state, onEnd);
    listener.event({ type: 'started', engine: 'wasm', seed: 3, from: 0, steps: 2, parameters: 5, bytes: 8 });
    listener.event({ type: 'progress', from: 0, metrics: { loss: [2, 1] } });
    listener.event({ type: 'evaluated', step: 2, metrics: { testLoss: 1.5 } });
    listener.event({
      type: 'finished',
      step: 2,
      metrics: { loss: 1, testLoss: 1.5 },
      stopped: false,
    });
    expect(onEnd).toHaveBeenCalledTimes(1);
    expect(state.getState().run).toMatchObject({
      phase: 'finished',
      step: 2,
      steps: 2,
      seed: 3,
      metrics: { loss: 1, testLoss: 1.5 },
    });
  });

  it('draws no step twice when a run goes on from an earlier state', () => {
    const listener = createRunListener(state, () => undefined);
    listener.event({ type: 'progress', from: 0, metrics: { loss: [5, 4, 3] } });
    listener.event({ type: 'evaluated', step: 3, metrics: { testLoss: 6 } });
    listener.resumed(1);
    listener.event({ type: 'progress', from: 1, metrics: { loss: [4, 3] } });
    listener.event({ type: 'evaluated', step: 3, metrics: { testLoss: 6 } });
    listener.event({ type: 'progress', from: 3, metrics: { loss: [2] } });
    listener.paused(4);
    expect(state.getState().run.step).toBe(4);
    expect(state.getState().run.curves.all()).toEqual([
      {
        name: 'loss',
        train: { steps: [0, 1, 2, 3], values: [5, 4, 3, 2] },
        test: { steps: [3], values: [6] },
      },
    ]);
  });

  it('shows where it is as soon as it pauses', () => {
    const listener = createRunListener(state, () => undefined);
    listener.event({ type: 'progress', from: 0, metrics: { loss: [2] } });
    listener.paused(1);
    expect(state.getState().run).toMatchObject({ phase: 'paused', step: 1, metrics: { loss: 2 } });
  });
});
