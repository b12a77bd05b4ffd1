import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { app, noRun, setApp } from '../store.ts';
import { createRunListener } from './run-listener.ts';

beforeEach(() => {
  vi.useFakeTimers();
  setApp({ run: { ...noRun(), phase: 'running' }, values: {} });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('run listener', () => {
  it('takes in every point and draws a few times a second', () => {
    let drawings = 0;
    const listener = createRunListener(() => undefined);
    for (let from = 0; from < 1000; from++) {
      listener.event({ type: 'progress', from, metrics: { loss: [1000 - from] } });
      const before = app().run;
      vi.advanceTimersByTime(1);
      if (app().run !== before) drawings++;
    }
    expect(drawings).toBeGreaterThan(3);
    expect(drawings).toBeLessThan(15);
    expect(app().run.curves.all()[0]?.train.values.length).toBe(1000);
  });

  it('ends with the last figures, training and held back', () => {
    const onEnd = vi.fn();
    const listener = createRunListener(onEnd);
    listener.event({ type: 'started', engine: 'wasm', seed: 3, steps: 2, parameters: 5, bytes: 8 });
    listener.event({ type: 'progress', from: 0, metrics: { loss: [2, 1] } });
    listener.event({ type: 'evaluated', step: 2, metrics: { testLoss: 1.5 } });
    listener.event({ type: 'finished', step: 2, metrics: { loss: 1, testLoss: 1.5 }, stopped: false });
    expect(onEnd).toHaveBeenCalledTimes(1);
    expect(app().run).toMatchObject({
      phase: 'finished',
      step: 2,
      steps: 2,
      seed: 3,
      metrics: { loss: 1, testLoss: 1.5 },
    });
  });

  it('shows where it is as soon as it pauses', () => {
    const listener = createRunListener(() => undefined);
    listener.event({ type: 'progress', from: 0, metrics: { loss: [2] } });
    listener.paused(1);
    expect(app().run).toMatchObject({ phase: 'paused', step: 1, metrics: { loss: 2 } });
  });

  it('shows nothing more once its document is closed', () => {
    const listener = createRunListener(() => undefined);
    listener.event({ type: 'progress', from: 0, metrics: { loss: [2] } });
    listener.close();
    const fresh = noRun();
    setApp({ run: fresh });
    vi.advanceTimersByTime(1000);
    listener.event({ type: 'finished', step: 1, metrics: { loss: 2 }, stopped: true });
    listener.lost([]);
    expect(app().run).toBe(fresh);
  });
});
