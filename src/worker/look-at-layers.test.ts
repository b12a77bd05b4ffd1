import { describe, expect, it } from 'vitest';
import { templates } from '../../templates/index.ts';
import { distributionOf } from '../runtime/layer-statistics.ts';
import { fakeWorker } from './host.test-support.ts';
import { stepsToLookAt } from './look-at-layers.ts';

const template = (name: string) => templates.find((t) => t.name === name)!.load();

/** All that is found by asking until there is no more, those first that were found first. */
async function layersOf(worker: ReturnType<typeof fakeWorker>, shown: number) {
  const have: number[] = [];
  for (let id = 100; ; id++) {
    worker.receive({ type: 'layers', id, shown, have: [...have] });
    const reply = () => worker.repliesOf('layers').find((reply) => reply.id === id);
    await worker.until(() => reply() !== undefined);
    have.push(...reply()!.points.map(({ step }) => step));
    if (!reply()!.isMore) break;
  }
  return worker.repliesOf('layers').flatMap(({ points }) => points);
}

describe('layers through training', () => {
  it('are norms of parameters, gradients and updates, on the way from first values', async () => {
    const worker = fakeWorker();
    worker.ask({
      type: 'run',
      id: 1,
      document: await template('quadratic-bowl'),
      engine: 'reference',
      steps: 64,
    });
    await worker.idle();
    const points = await layersOf(worker, 5);
    expect(points[0]!.step).toBe(5);
    const steps = points.map(({ step }) => step).sort((a, b) => a - b);
    expect(steps.length).toBeGreaterThanOrEqual(20);
    expect([steps[0], steps.at(-1)]).toEqual([0, 64]);
    // x = (2, −1, 3), A x − b = (6, 0, 2), and the step is 0.2 of that.
    const [x] = points.find(({ step }) => step === 0)!.layers;
    expect(x!.name).toBe('x.value');
    expect(x!.weights.norm).toBeCloseTo(Math.sqrt(14), 12);
    expect(x!.gradient!.norm).toBeCloseTo(Math.sqrt(40), 12);
    expect(x!.update).toBeCloseTo(0.2 * Math.sqrt(40), 12);
    // The minimum: A x = b.
    const [end] = points.find(({ step }) => step === 64)!.layers;
    expect(end!.gradient!.norm).toBeLessThan(1e-5);
  });

  it('are those of the run, whichever step is looked at first, and go on while it does', async () => {
    const document = await template('linear-regression');
    const worker = fakeWorker();
    worker.ask({ type: 'run', id: 1, document, seed: 3, steps: 40 });
    await worker.until(() => worker.events(1).some(({ type }) => type === 'progress'));
    worker.receive({ type: 'layers', id: 2, shown: 0, have: [] });
    await worker.until(() => worker.repliesOf('layers').length > 0);
    await worker.idle();
    const [during] = worker.repliesOf('layers')[0]!.points;
    const after = await layersOf(worker, 40);
    expect(during!.step).toBe(0);
    expect(after.find(({ step }) => step === 0)).toEqual(during);
    const again = fakeWorker();
    again.ask({ type: 'run', id: 1, document, seed: 3, steps: 29 });
    await again.idle();
    worker.receive({ type: 'layers', id: 3, shown: 29, have: [] });
    again.receive({ type: 'layers', id: 3, shown: 29, have: [] });
    const first = (of: typeof worker) => of.repliesOf('layers').find(({ id }) => id === 3)?.points[0];
    await worker.until(() => first(worker) !== undefined);
    await again.until(() => first(again) !== undefined);
    expect(first(worker)).toEqual(first(again));
  });

  it('of nothing that ran there are none', async () => {
    const worker = fakeWorker();
    worker.ask({ type: 'layers', id: 1, document: await template('quadratic-bowl'), shown: 0, have: [] });
    await worker.until(() => worker.repliesOf('layers').length > 0);
    expect(worker.repliesOf('layers')[0]).toEqual({ type: 'layers', id: 1, points: [], isMore: false });
  });
});

describe('the steps that are looked at', () => {
  it('are that which is shown, the ends, those that are kept, and what fills the rest', () => {
    expect(stepsToLookAt([0, 100], { shown: 70, have: [] }, false)).toEqual([70, 0, 100]);
    const all = stepsToLookAt([0, 3200], { shown: 3200, have: [0] }, true);
    expect([all[0], all.length]).toEqual([3200, 32]);
    expect(all.slice(1, 4)).toEqual([100, 200, 300]);
    // 140 and 160 are close to each other in a run of 3200.
    expect(stepsToLookAt([0, 140, 160, 3200], { shown: 0, have: [0, 3200] }, false)).toEqual([140]);
    expect(stepsToLookAt([], { shown: 0, have: [] }, true)).toEqual([]);
  });
});

describe('a histogram', () => {
  it('counts numbers in equal parts, the greatest in the last', () => {
    const { norm, histogram } = distributionOf([0, 1, 32, 31.5, 16, Number.NaN, 0]);
    expect(norm).toBeNaN();
    expect([histogram.low, histogram.high]).toEqual([0, 32]);
    const filled = [...histogram.counts].flatMap((count, bin) => (count > 0 ? [[bin, count]] : []));
    expect(filled).toEqual([
      [0, 2],
      [1, 1],
      [16, 1],
      [31, 2],
    ]);
    expect(distributionOf([7, 7]).histogram.counts[0]).toBe(2);
  });
});
