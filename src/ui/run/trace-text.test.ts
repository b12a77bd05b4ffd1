import { describe, expect, it } from 'vitest';
import { createCurves } from './curves.ts';
import { curvesUpTo } from './past-runs.ts';
import { noRun } from './run-state.ts';
import { traceCsv, traceJsonl } from './trace-text.ts';

function measured() {
  const curves = createCurves();
  curves.addTraining(0, { loss: [4, 3], 'a,b': [1, 2] });
  curves.addEvaluation(2, { testLoss: 3.5 });
  curves.addTraining(2, { loss: [2], 'a,b': [3] });
  return curves;
}

describe('what a run has measured, as a file', () => {
  it('is a table of steps, metrics and values, evaluations before the step that follows', () => {
    expect(traceCsv(measured().exact()!)).toBe(
      'step,metric,value\n0,loss,4\n0,"a,b",1\n1,loss,3\n1,"a,b",2\n2,testLoss,3.5\n2,loss,2\n2,"a,b",3\n',
    );
  });

  it('is an event a line', () => {
    const run = {
      ...noRun(),
      phase: 'finished',
      step: 3,
      steps: 3,
      seed: 7,
      engine: 'wasm',
      parameters: 5,
    } as const;
    const lines = traceJsonl({ ...run, metrics: { loss: 2 } }, measured().exact()!)
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { type: 'started', engine: 'wasm', seed: 7, from: 0, steps: 3, parameters: 5 },
      { type: 'progress', from: 0, metrics: { loss: [4, 3], 'a,b': [1, 2] } },
      { type: 'evaluated', step: 2, metrics: { testLoss: 3.5 } },
      { type: 'progress', from: 2, metrics: { loss: [2], 'a,b': [3] } },
      { type: 'finished', step: 3, metrics: { loss: 2 }, stopped: false },
    ]);
  });

  it('has every step though the curve is thinned, unless it was kept so', () => {
    const curves = createCurves();
    const values = Array.from({ length: 10_000 }, (_, i) => i);
    curves.addTraining(0, { loss: values });
    expect(curves.all()[0]!.train.values.length).toBeLessThan(4097);
    expect(curves.exact()![0]!.train.values).toEqual(values);
    const kept = createCurves(curvesUpTo(10_000, curves.all()));
    expect(kept.exact()).toBeUndefined();
  });
});
