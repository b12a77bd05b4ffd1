import { describe, expect, it } from 'vitest';
import { createCurves } from './curves.ts';

const only = (curves: ReturnType<typeof createCurves>) => {
  const [curve] = curves.all();
  if (!curve) throw new Error('no curve');
  return curve;
};

describe('curves', () => {
  it('puts a metric and its held-back side on one chart', () => {
    const curves = createCurves();
    curves.addTraining(0, { loss: [3, 2], accuracy: [0.1, 0.2] });
    curves.addEvaluation(2, { testLoss: 2.5, testAccuracy: 0.15 });
    expect(curves.all().map((c) => c.name)).toEqual(['loss', 'accuracy']);
    expect(only(curves).train).toMatchObject({ steps: [0, 1], values: [3, 2] });
    expect(only(curves).test).toMatchObject({ steps: [2], values: [2.5] });
  });

  it('keeps a metric that only the held-back rows have, and none without a point', () => {
    const curves = createCurves();
    curves.addTraining(0, { loss: [] });
    curves.addEvaluation(5, { testAccuracy: 0.5 });
    expect(curves.all()).toMatchObject([
      { name: 'accuracy', train: { values: [] }, test: { values: [0.5] } },
    ]);
  });

  it('leaves a metric alone that merely begins with "test"', () => {
    const curves = createCurves();
    curves.addTraining(0, { testy: [1] });
    expect(only(curves).name).toBe('testy');
  });

  it('thins a long run without losing its mean or its end', () => {
    const curves = createCurves();
    const steps = 100_000;
    for (let from = 0; from < steps; from += 1000)
      curves.addTraining(from, { loss: Array.from({ length: 1000 }, (_, i) => from + i) });
    const { steps: xs, values } = only(curves).train;
    expect(xs.length).toBeLessThan(4096);
    expect(xs.length).toBeGreaterThan(1000);
    const last = values.at(-1) as number;
    expect(steps - last).toBeLessThan(steps / 1000);
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    expect(Math.abs(mean - steps / 2)).toBeLessThan(steps / 500);
    expect([...xs].sort((a, b) => a - b)).toEqual(xs);
  });
});
