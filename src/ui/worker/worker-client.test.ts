import { describe, expect, it, vi } from 'vitest';
import { emptyDocument } from '../../../graph-schema/document.ts';
import type { Request } from '../../worker/protocol.ts';
import { createWorkerClient, type Evaluated } from './worker-client.ts';
import type { WorkerLike } from './worker-connection.ts';

/** What has an answer. */
type Asked = Extract<Request, { readonly id: number }>;

/** Workers that answer by hand: what was sent to each, and how to answer for it. */
function fakeWorkers() {
  const started: {
    sent: Asked[];
    mirrored: Request[];
    worker: WorkerLike;
    answer(reply: unknown): void;
    ended: boolean;
  }[] = [];
  const start = (): WorkerLike => {
    const sent: Asked[] = [];
    const mirrored: Request[] = [];
    const worker: WorkerLike = {
      postMessage(message: Request) {
        if ('id' in message) sent.push(message);
        else mirrored.push(message);
      },
      terminate: () => {
        fake.ended = true;
      },
      onmessage: null,
      onerror: null,
      onmessageerror: null,
      onend: null,
    };
    const fake = {
      sent,
      mirrored,
      worker,
      ended: false,
      answer: (data: unknown) => worker.onmessage?.({ data }),
    };
    started.push(fake);
    return worker;
  };
  const at = (i: number) => {
    const fake = started[i];
    if (!fake) throw new Error(`worker ${i} was not started`);
    return fake;
  };
  return { start, at, count: () => started.length };
}

const document = emptyDocument('test');
const evaluated = (id: number | undefined, values: Evaluated['values']) =>
  ({ type: 'evaluated', id, values, step: 0, metrics: {}, tensors: {}, state: [] }) as const;
const valuesOf = (answer: Evaluated | 'refused' | undefined) => (answer as Evaluated).values;
const one = { shape: [], axes: [], data: [1], count: 1, min: 1, max: 1, mean: 1, deviation: 0 };
const bytes = new Uint8Array([1]);
const trained = (id: number | undefined, step: number) => ({
  type: 'trained',
  id,
  bytes,
  step,
  seed: 7,
  metrics: {},
});
const started = (id: number | undefined, steps: number) => ({
  type: 'event',
  id,
  event: { type: 'started', engine: 'wasm', seed: 7, from: 0, steps, parameters: 1, bytes: 1 },
});
const finished = (id: number | undefined) => ({
  type: 'event',
  id,
  event: { type: 'finished', step: 0, metrics: {}, stopped: false },
});
const listener = () => ({
  event: vi.fn(),
  paused: vi.fn(),
  threads: vi.fn(),
  frame: vi.fn(),
  trained: vi.fn(),
  resumed: vi.fn(),
  lost: vi.fn(),
});

describe('worker client', () => {
  it('gives an evaluation to the one who asked', async () => {
    const fakes = fakeWorkers();
    const client = createWorkerClient(fakes.start);
    const values = client.evaluate(document);
    const [request] = fakes.at(0).sent;
    fakes.at(0).answer(evaluated(request?.id, { 'a.out': one }));
    expect(await values).toMatchObject({ step: 0, values: { 'a.out': one } });
  });

  it('lets a newer evaluation overtake, even when the older is answered late', async () => {
    const fakes = fakeWorkers();
    const client = createWorkerClient(fakes.start);
    const older = client.evaluate(document);
    const newer = client.evaluate(document);
    const [first, second] = fakes.at(0).sent;
    fakes.at(0).answer(evaluated(first?.id, { 'a.out': one }));
    fakes.at(0).answer({ type: 'refused', id: second?.id, diagnostics: [] });
    expect(await older).toBeUndefined();
    expect(await newer).toBe('refused');
  });

  it('passes on infinite values, which JSON could not', async () => {
    const fakes = fakeWorkers();
    const client = createWorkerClient(fakes.start);
    const values = client.evaluate(document);
    const infinite = { ...one, data: [Number.POSITIVE_INFINITY], max: Number.POSITIVE_INFINITY };
    fakes.at(0).answer(evaluated(fakes.at(0).sent[0]?.id, { 'a.out': infinite }));
    expect(valuesOf(await values)['a.out']?.max).toBe(Number.POSITIVE_INFINITY);
  });

  it('goes on with a run on another worker when its own has died, from the last state that it told', () => {
    const fakes = fakeWorkers();
    const client = createWorkerClient(fakes.start);
    const run = listener();
    const handle = client.run(document, { probes: ['a.out'], seed: 7 }, run);
    const [begun] = fakes.at(0).sent;
    const id = begun?.id;
    fakes.at(0).answer(started(id, 100));
    fakes.at(0).answer(trained(id, 40));
    handle.show({ probes: ['b.out'] });
    handle.pause();
    fakes.at(0).worker.onend?.();
    expect(run.lost).not.toHaveBeenCalled();
    expect(run.resumed.mock.calls).toEqual([[40]]);
    const [state, resumed, pause] = fakes.at(1).sent;
    expect(state).toMatchObject({ type: 'state', bytes });
    expect(resumed).toMatchObject({ type: 'run', seed: 7, goOn: true, steps: 60, probes: ['b.out'] });
    expect(pause).toMatchObject({ type: 'pause', id: resumed?.id });
    fakes.at(1).answer(finished(resumed?.id));
    expect(run.event).toHaveBeenCalledTimes(2);
    // What the dead worker still says is not heard.
    fakes.at(0).answer(finished(id));
    expect(run.event).toHaveBeenCalledTimes(2);
  });

  it('gives a run up when workers die without bringing it further, and starts another for the next', () => {
    const fakes = fakeWorkers();
    const client = createWorkerClient(fakes.start);
    const first = listener();
    client.run(document, { probes: [] }, first);
    fakes.at(0).worker.onend?.();
    // It had told no state: it begins again.
    expect(fakes.at(1).sent).toMatchObject([{ type: 'run', probes: [] }]);
    expect(fakes.at(1).sent[0]).not.toHaveProperty('goOn');
    expect(first.resumed).not.toHaveBeenCalled();
    fakes.at(1).worker.onend?.();
    expect(first.lost.mock.calls).toMatchObject([[[{ code: 'worker-lost' }]]]);

    const second = listener();
    client.run(document, { probes: [] }, second);
    fakes.at(2).answer(finished(fakes.at(2).sent[0]?.id));
    expect(second.event).toHaveBeenCalledTimes(1);
  });

  it('says from where a run goes on that had begun and told no state', () => {
    const fakes = fakeWorkers();
    const run = listener();
    createWorkerClient(fakes.start).run(document, { probes: [] }, run);
    const started = {
      type: 'started',
      engine: 'wasm',
      seed: 1,
      from: 20,
      steps: 100,
      parameters: 1,
      bytes: 1,
    };
    fakes.at(0).answer({ type: 'event', id: fakes.at(0).sent[0]?.id, event: started });
    fakes.at(0).worker.onend?.();
    expect(run.resumed.mock.calls).toEqual([[20]]);
  });

  it('keeps a run going whatever happens to other requests', async () => {
    const fakes = fakeWorkers();
    const client = createWorkerClient(fakes.start);
    const run = listener();
    client.run(document, { probes: [] }, run);
    const described = client.describe(document);
    const values = client.evaluate(document);
    const [plan, first] = fakes.at(1).sent;
    fakes.at(1).answer({ type: 'crashed', id: plan?.id, message: 'internal: boom' });
    expect(await described).toBeUndefined();
    expect(fakes.at(1).ended).toBe(false);
    // Its worker dies: another is asked for the values.
    fakes.at(1).worker.onend?.();
    const again = fakes.at(2).sent[0];
    expect(again).toMatchObject({ type: 'evaluate' });
    fakes.at(1).answer(evaluated(first?.id, {}));
    fakes.at(2).answer(evaluated(again?.id, { 'a.out': one }));
    expect(valuesOf(await values)).toEqual({ 'a.out': one });
    expect(fakes.at(0).ended).toBe(false);
    expect(run.lost).not.toHaveBeenCalled();
  });

  it('tells the worker that answers of the state that the one that trains has made', () => {
    const fakes = fakeWorkers();
    const client = createWorkerClient(fakes.start);
    void client.evaluate(document);
    const run = listener();
    client.run(document, { probes: [] }, run);
    const id = fakes.at(1).sent[0]?.id;
    fakes.at(1).answer(trained(id, 10));
    expect(fakes.at(0).sent).toHaveLength(1);
    fakes.at(1).answer(finished(id));
    expect(fakes.at(0).sent[1]).toMatchObject({ type: 'state', bytes });
  });

  it('takes an error for the death of a worker only before its first word', () => {
    const fakes = fakeWorkers();
    const faults: string[] = [];
    const client = createWorkerClient(fakes.start, (detail) => faults.push(detail));
    void client.describe(document);
    const error = { message: 'no such file', preventDefault: vi.fn() } as unknown as ErrorEvent;
    fakes.at(0).answer({ type: 'ready', id: -1 });
    fakes.at(0).worker.onerror?.(error);
    expect(fakes.at(0).ended).toBe(false);
    expect(faults).toEqual(['no such file']);
    fakes.at(0).worker.onend?.();
    void client.describe(document);
    fakes.at(1).worker.onerror?.(error);
    expect(fakes.at(1).ended).toBe(true);
  });

  it('sends the document once, and then what changes in it', () => {
    const fakes = fakeWorkers();
    const client = createWorkerClient(fakes.start);
    void client.evaluate(document);
    void client.describe(document);
    const named = { ...document, name: 'other' };
    void client.evaluate(named);
    const { mirrored, sent } = fakes.at(0);
    expect(mirrored).toEqual([
      { type: 'document', document },
      { type: 'patches', patches: [{ path: ['name'], value: 'other' }] },
    ]);
    expect(sent.map(({ type }) => type)).toEqual(['evaluate', 'describe', 'evaluate']);
    // After a bug, and to a new worker, it is sent whole.
    fakes.at(0).answer({ type: 'crashed', id: -1, message: 'boom' });
    void client.describe(named);
    expect(mirrored.slice(2)).toEqual([{ type: 'document', document: named }]);
    fakes.at(0).worker.onend?.();
    expect(fakes.at(1).mirrored).toEqual([{ type: 'document', document: named }]);
  });

  it('gives up a worker that speaks outside the protocol', () => {
    const fakes = fakeWorkers();
    const client = createWorkerClient(fakes.start);
    client.run(document, { probes: [] }, listener());
    fakes.at(0).answer({ type: 'event', id: 1, event: { type: 'progress', from: 'here' } });
    expect(fakes.at(0).ended).toBe(true);
    expect(fakes.at(1).sent).toMatchObject([{ type: 'run' }]);
  });

  it('sends nothing more for a run that has ended', () => {
    const fakes = fakeWorkers();
    const client = createWorkerClient(fakes.start);
    const handle = client.run(document, { probes: [] }, listener());
    const id = fakes.at(0).sent[0]?.id;
    handle.pause();
    fakes.at(0).answer({ type: 'event', id, event: { type: 'failed', step: 3, diagnostics: [] } });
    handle.resume();
    handle.stop();
    expect(fakes.at(0).sent.map((r) => r.type)).toEqual(['run', 'pause']);
  });

  it('ends a worker that does not obey a stop', () => {
    vi.useFakeTimers();
    const fakes = fakeWorkers();
    const client = createWorkerClient(fakes.start);
    const run = listener();
    client.run(document, { probes: [] }, run).stop();
    vi.advanceTimersByTime(10_000);
    vi.useRealTimers();
    expect(fakes.at(0).ended).toBe(true);
    expect(run.lost).toHaveBeenCalledTimes(1);
  });

  it('hears of better paths until they are all told, or nobody wants them', () => {
    const fakes = fakeWorkers();
    const client = createWorkerClient(fakes.start);
    const request = { document, seconds: 1, secondsInAll: 1, without: [] };
    const told = vi.fn();
    const stop = client.improve(document, request, told);
    const { sent, answer } = fakes.at(0);
    const news = { type: 'improved', id: sent[0]?.id, settled: [], paths: {}, gain: 1, final: false };
    answer(news);
    answer({ ...news, final: true });
    expect(told).toHaveBeenCalledTimes(2);
    stop();
    expect(sent).toHaveLength(1);
    const id = sent[0]?.id ?? 0;
    client.improve(document, request, told)();
    expect(sent.slice(1)).toMatchObject([{ type: 'improve' }, { type: 'rest', id: id + 1 }]);
    answer({ ...news, id: id + 1 });
    expect(told).toHaveBeenCalledTimes(2);
  });
});
