import { describe, expect, it } from 'vitest';
import type { Engine } from '../numeric/engine.ts';
import { faulty, type InjectedFault } from '../numeric/faulty.test-support.ts';
import { type RunEvent, type RunOptions, toldEventSchema, traced } from './events.ts';
import { type FakeOptions, fakeCompiled, fakeEngine } from './fake.test-support.ts';
import { evaluateOnce, run } from './index.ts';

async function collect(document: FakeOptions = {}, options: RunOptions = {}): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of run(fakeCompiled(document), fakeEngine, options)) events.push(event);
  return events;
}
const of = <T extends RunEvent['type']>(events: readonly RunEvent[], type: T) =>
  events.filter((e): e is Extract<RunEvent, { type: T }> => e.type === type);
const losses = (events: readonly RunEvent[]) => of(events, 'progress').flatMap((e) => e.metrics.loss ?? []);

describe('run', () => {
  it('starts, reports every step once and in order, evaluates and finishes', async () => {
    const events = await collect({ steps: 12, evaluateEvery: 5 });
    expect(events[0]).toMatchObject({
      type: 'started',
      engine: 'reference',
      seed: 1,
      steps: 12,
      parameters: 1,
    });
    const progress = of(events, 'progress');
    let next = 0;
    for (const event of progress) {
      expect(event.from).toBe(next);
      next += event.metrics.loss!.length;
    }
    expect(next).toBe(12);
    expect(of(events, 'evaluated').map((e) => e.step)).toEqual([5, 10, 12]);
    expect(events.at(-1)).toMatchObject({ type: 'finished', step: 12, stopped: false });
    const last = of(events, 'finished')[0]!.metrics;
    expect(last.loss).toBe(losses(events).at(-1));
    expect(last.testLoss).toBe(of(events, 'evaluated').at(-1)!.metrics.testLoss);
    expect(losses(events).at(-1)).toBeLessThan(losses(events)[0]!);
  });

  it('sends events that the wire format accepts', async () => {
    const events = await collect({}, { probes: () => ['batch.out'] });
    for (const event of events) expect(toldEventSchema.parse(traced(event))).toEqual(traced(event));
  });

  it('gives the same events for the same seed and others for another', async () => {
    expect(await collect()).toEqual(await collect());
    expect(losses(await collect({}, { seed: 2 }))).not.toEqual(losses(await collect()));
  });

  it('computes the same whether or not the host yields, holds or watches', async () => {
    const quiet = await collect({ steps: 500 });
    const watched = await collect(
      { steps: 500 },
      {
        stride: () => 1,
        yieldNow: () => Promise.resolve(),
        probes: () => ['mean.out'],
        isPaused: () => true,
      },
    );
    expect(losses(watched)).toEqual(losses(quiet));
    expect(of(watched, 'finished')).toEqual(of(quiet, 'finished'));
  });

  it('says the same, whatever the strides', async () => {
    const document = { steps: 90, evaluateEvery: 7 };
    const events = await collect(document);
    for (const stride of [1, 2, 5, 1000])
      expect(await collect(document, { stride: () => stride })).toEqual(events);
  });

  it('asks the host after each stride, which reports and evaluations end', async () => {
    const asked: number[] = [];
    const yieldNow = (step: number) => void asked.push(step);
    await collect({ steps: 400, evaluateEvery: 5 }, { stride: () => 3, yieldNow });
    expect(asked.slice(0, 5)).toEqual([2, 4, 5, 6, 8]);
  });

  it('reports at most two hundred times however long it is', async () => {
    const events = await collect({ steps: 1001 });
    expect(of(events, 'progress').length).toBeLessThanOrEqual(200);
    expect(losses(events).length).toBe(1001);
  });

  it('takes every training row once an epoch and never a validation one', async () => {
    const events = await collect(
      { samples: 16, batch: 4, testFraction: 0.25, steps: 6 },
      { probes: () => ['batch.out'] },
    );
    // Values after k steps show the rows that step k has taken: 12 rows are 3 batches.
    const batches = of(events, 'values').map((e) => e.values['batch.out']!.data);
    const epoch = [...batches[3]!, ...batches[4]!, ...batches[5]!].sort();
    const next = [...batches[0]!, ...batches[1]!, ...batches[2]!];
    expect(new Set(epoch).size).toBe(12);
    expect(next.every((x) => epoch.includes(x))).toBe(true);
  });

  it('reports values after the step that it names', async () => {
    const events = await collect({ steps: 3, rate: 0.5 }, { probes: () => ['mean.out', 'nowhere.out'] });
    const values = of(events, 'values');
    expect(values.map((e) => e.step)).toEqual([1, 2, 3]);
    expect(Object.keys(values[0]!.values)).toEqual(['mean.out']);
    const again = await collect({ steps: 2, rate: 0.5 }, { probes: () => ['mean.out'] });
    expect(of(again, 'values')).toEqual(
      values.slice(0, 2).map((e) => ({ ...e, values: { 'mean.out': e.values['mean.out'] } })),
    );
  });

  it('stops at once when told to', async () => {
    let aborted = false;
    const signal = {
      get aborted() {
        return aborted;
      },
    };
    const yieldNow = (step: number) => {
      aborted = step === 3;
      return undefined;
    };
    const options = { signal, yieldNow, stride: () => 1 };
    const events = await collect({ steps: 2000, evaluateEvery: 1000 }, options);
    expect(losses(events).length).toBe(3);
    expect(events.at(-1)).toMatchObject({ type: 'finished', step: 3, stopped: true });
  });

  it('stops at the first number that is not finite and names what made it', async () => {
    const events = await collect({ steps: 5000, rate: 1e3 });
    const last = of(events, 'failed')[0]!;
    expect(events.at(-1)).toBe(last);
    expect(last.diagnostics).toMatchObject([{ code: 'not-finite', node: 'error' }]);
    expect(losses(events).every(Number.isFinite)).toBe(true);
    expect(last.step).toBeGreaterThan(10);
    expect(last.step).toBeLessThanOrEqual(losses(events).length);
  });

  it('has nothing to evaluate where no rows are held back', async () => {
    const events = await collect({ testFraction: 0 });
    expect(of(events, 'evaluated')).toEqual([]);
    expect(Object.keys(of(events, 'finished')[0]!.metrics)).toEqual(['loss']);
  });

  it('does nothing in no steps', async () => {
    const events = await collect({ steps: 0 });
    expect(events.map((e) => e.type)).toEqual(['started', 'finished']);
    expect(events.at(-1)).toMatchObject({ step: 0, stopped: false });
  });

  it('refuses a plan over the memory limit, before the engine loads it', async () => {
    const events = await collect({}, { memoryLimit: 100 });
    expect(events).toMatchObject([{ type: 'failed', step: 0, diagnostics: [{ code: 'out-of-memory' }] }]);
  });

  it('says so when there is nothing to train', async () => {
    const compiled = { ...fakeCompiled(), train: undefined };
    const events: RunEvent[] = [];
    for await (const event of run(compiled, fakeEngine)) events.push(event);
    expect(events).toMatchObject([{ type: 'failed', diagnostics: [{ code: 'nothing-to-train' }] }]);
  });

  it('says so when the data cannot be had', async () => {
    const compiled = fakeCompiled();
    const lost = { ...compiled, data: [{ ...compiled.data[0]!, dataset: 'nowhere' }] };
    const events: RunEvent[] = [];
    for await (const event of run(lost, fakeEngine)) events.push(event);
    expect(events).toMatchObject([
      { type: 'failed', diagnostics: [{ code: 'data-unavailable', node: 'moons' }] },
    ]);
  });
});

describe('an engine that fails', () => {
  const codes = ['out-of-memory', 'thread-lost', 'device-lost'] as const;
  const struck = async (
    fault: InjectedFault,
    options: RunOptions = {},
    document: FakeOptions = { steps: 40 },
  ) => {
    const events: RunEvent[] = [];
    for await (const event of run(fakeCompiled(document), faulty(fakeEngine, fault), options))
      events.push(event);
    return events;
  };

  it.each(codes)('in the middle (%s) ends the run, and no step before it is lost', async (code) => {
    const sound = losses(await collect({ steps: 1000 }));
    for (const stride of [1, 3, 1000]) {
      const events = await struck({ code, after: 23 }, { stride: () => stride }, { steps: 1000 });
      expect(losses(events)).toEqual(sound.slice(0, 23));
      expect(events.at(-1)).toMatchObject({ type: 'failed', step: 23, diagnostics: [{ code }] });
    }
  });

  it('before the first step tells of no progress', async () => {
    for (const code of codes) {
      const events = await struck({ code, after: 0 });
      expect(events.map((event) => event.type)).toEqual(['started', 'failed']);
    }
  });

  it.each(codes)('to load a plan (%s) is told, whichever plan it is', async (code) => {
    const probes = () => ['mean.out'];
    const types = [];
    for (const plan of [0, 1, 2]) {
      const events = await struck({ code, plan }, { probes });
      expect(events.at(-1)).toMatchObject({ type: 'failed', diagnostics: [{ code }] });
      types.push(events.map((event) => event.type).join(' '));
    }
    // The last to be loaded is the one that shows values, at the first report.
    expect(types).toEqual(['failed', 'failed', 'started progress failed']);
  });

  it('while it evaluates or shows values is told, with the progress until then', async () => {
    const probes = () => ['mean.out'];
    for (const plan of [1, 2]) {
      const events = await struck({ code: 'device-lost', plan, after: 0 }, { probes });
      expect(losses(events).length).toBeGreaterThan(0);
      expect(events.at(-1)).toMatchObject({ type: 'failed', diagnostics: [{ code: 'device-lost' }] });
    }
  });

  it('says how much memory was asked for, and by what', async () => {
    const [failed] = of(await struck({ code: 'out-of-memory' }), 'failed');
    expect(failed!.diagnostics[0]!.values).toMatchObject({ bytes: '384 B', step: 'w' });
  });

  it('fails an evaluation with a diagnostic', async () => {
    for (const code of codes)
      for (const after of [undefined, 0]) {
        const engine = faulty(fakeEngine, { code, ...(after !== undefined && { after }) });
        expect(await evaluateOnce(fakeCompiled(), engine)).toMatchObject({ diagnostics: [{ code }] });
      }
  });

  it('lets a bug through', async () => {
    const broken: Engine = { ...fakeEngine, load: () => Promise.reject(new Error('internal: a bug')) };
    const all = async () => {
      for await (const _ of run(fakeCompiled(), broken));
    };
    await expect(all()).rejects.toThrow('internal: a bug');
  });
});

describe('evaluateOnce', () => {
  it('gives every port, or those asked for', async () => {
    const all = await evaluateOnce(fakeCompiled(), fakeEngine);
    expect(Object.keys(all.value!).sort()).toEqual(['batch.out', 'mean.out']);
    const one = await evaluateOnce(fakeCompiled(), fakeEngine, { ports: ['batch.out'] });
    expect(one.value).toEqual({ 'batch.out': all.value!['batch.out'] });
    expect(one.value!['batch.out']).toMatchObject({ shape: [4], axes: ['B'], count: 4 });
  });

  it('shows the rows of the first training step', async () => {
    const { value } = await evaluateOnce(fakeCompiled(), fakeEngine);
    const mean = value!['mean.out']!.data[0]!;
    const first = value!['batch.out']!.data.reduce((s, x) => s + (mean - x) ** 2, 0) / 4;
    expect(losses(await collect())[0]).toBeCloseTo(first, 12);
  });
});
