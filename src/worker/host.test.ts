import { describe, expect, it, vi } from 'vitest';
import { serialize } from '../../graph-schema/serialize.ts';
import { templates } from '../../templates/index.ts';
import { graph } from '../../test/support/graphs.ts';
import { patchesBetween } from '../base/patches.ts';
import { tensorloom } from '../cli/fake-io.test-support.ts';
import { faulty, type InjectedFault } from '../numeric/faulty.test-support.ts';
import { engines } from '../numeric/index.ts';
import type { ToldEvent } from '../runtime/events.ts';
import { fakeWorker } from './host.test-support.ts';
import { createHost } from './host.ts';
import type { Reply } from './protocol.ts';

const template = (name: string) => templates.find((t) => t.name === name)!.load();
const losses = (events: readonly ToldEvent[]) =>
  events.flatMap((e) => (e.type === 'progress' ? (e.metrics.loss ?? []) : []));

describe('the worker', () => {
  it('sends what the command line traces, event for event', async () => {
    const document = await template('two-moons-mlp');
    const { ask, idle, events } = fakeWorker();
    ask({ type: 'run', id: 1, document, engine: 'wasm', seed: 5, steps: 40, probes: [] });
    await idle();
    const { files } = await tensorloom('run g.json --seed 5 --steps 40 --trace t.jsonl', {
      files: { 'g.json': serialize(document) },
    });
    const told = files['t.jsonl']!.trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events(1)).toEqual(told);
    expect(losses(told).length).toBe(40);
  });

  it('tells how many threads have proved best for the training', async () => {
    const decision = { threads: 2, tried: 2, gain: 1.6 };
    const { ask, idle, replies } = fakeWorker(async (name, _, decided) => {
      const engine = await engines[name]();
      return {
        ...engine,
        load(plan) {
          decided?.(plan, decision);
          return engine.load(plan);
        },
      };
    });
    const document = await template('digits-mlp');
    ask({ type: 'run', id: 3, document, steps: 2, probes: ['logits.y'] });
    await idle();
    // Plans that evaluate and show values are loaded too: of theirs nothing is told.
    const told = replies.filter((reply) => reply.type === 'threads');
    expect(told).toEqual([{ type: 'threads', id: 3, ...decision }]);
  });

  it.each(['out-of-memory', 'thread-lost', 'device-lost'] as const)(
    'tells that its engine has failed (%s), and goes on',
    async (code) => {
      const faults: (InjectedFault | undefined)[] = [{ code, after: 7 }, { code }, { code }, undefined];
      const { ask, receive, idle, events, replies } = fakeWorker(async (name) => {
        const engine = await engines[name]();
        const fault = faults.shift();
        return fault ? faulty(engine, fault) : engine;
      });
      const document = await template('two-moons-mlp');
      ask({ type: 'run', id: 1, document, steps: 40 });
      await idle();
      expect(events(1).at(-1)).toMatchObject({ type: 'failed', step: 7, diagnostics: [{ code }] });
      expect(losses(events(1)).length).toBe(7);
      ask({ type: 'evaluate', id: 2, document: await template('matmul') });
      await idle();
      const network = { inputs: [[0], [0]], output: [], sizes: [2] };
      const operands = [[1, 2], [3, 4]]; // biome-ignore format: two vectors
      receive({ type: 'contract', id: 3, network, path: [[0, 1]], operands });
      await vi.waitUntil(() => replies.some(({ id }) => id === 3));
      for (const id of [2, 3])
        expect(replies.find((reply) => reply.id === id)).toMatchObject({
          type: 'refused',
          diagnostics: [{ code }],
        });
      ask({ type: 'run', id: 4, document, steps: 40 });
      await idle();
      expect(events(4).at(-1)).toMatchObject({ type: 'finished', step: 40 });
    },
  );

  it('evaluates every port', async () => {
    const { ask, idle, replies } = fakeWorker();
    ask({ type: 'evaluate', id: 7, document: await template('matmul') });
    await idle();
    expect(replies).toMatchObject([
      { type: 'evaluated', id: 7, values: { 'C.x': { shape: [3, 2], data: [8, 0, 24, 4, 40, 8] } } },
    ]);
  });

  it('measures what is checked, where that is cheap', async () => {
    const { ask, idle, replies } = fakeWorker();
    ask({ type: 'evaluate', id: 1, document: await template('matmul') });
    await idle();
    expect(replies).toMatchObject([{ checks: [{ met: true }, { met: true }] }]);
    const axes = ['i', 'j'].map((name) => ({ name, size: 700 }));
    const large = { type: 'tensor', params: { axes, fill: 'normal' } };
    // 700³ multiply-adds.
    const document = graph({ large, is: { type: 'check-orthonormal' } }, ['large.out > is.q']);
    ask({ type: 'evaluate', id: 2, document });
    await idle();
    expect(replies[1]).toMatchObject({ type: 'evaluated', values: { 'large.out': { count: 490_000 } } });
    expect(replies[1]).toHaveProperty('checks', undefined);
  });

  it('answers only the last of the evaluations that wait', async () => {
    const { ask, idle, replies } = fakeWorker();
    const document = await template('matmul');
    for (const id of [1, 2, 3]) ask({ type: 'evaluate', id, document });
    await idle();
    expect(replies.map((reply) => reply.id)).toEqual([3]);
  });

  it('describes the plan of one training step, or refuses', async () => {
    const { ask, replies, until } = fakeWorker();
    ask({ type: 'describe', id: 1, document: await template('digits-mlp') });
    ask({ type: 'describe', id: 2, document: {} });
    await until(() => replies.length === 2);
    const [refused, described] = replies;
    expect(refused).toMatchObject({ type: 'refused', id: 2 });
    if (described?.type !== 'described') throw new Error(`not described: ${described?.type}`);
    const { kind, flops, steps } = described.plan;
    expect(kind).toBe('train');
    expect(steps.reduce((sum, step) => sum + step.flops, 0)).toBe(flops);
    expect(steps.some((step) => step.source !== undefined)).toBe(true);
  });

  it('describes the products that are left where deltas are bare wires', async () => {
    const { ask, repliesOf, until } = fakeWorker();
    ask({ type: 'describe', id: 1, document: await template('delta-trace') });
    await until(() => repliesOf('described').length > 0);
    const [{ plan } = { plan: undefined }] = repliesOf('described');
    // tr(A δ B δ) of 3 × 4 matrices: one product of A and B, 12 multiplications.
    expect(plan?.networks).toEqual([]);
    expect(plan?.pairs).toMatchObject([
      { nodes: ['contraction'], operands: ['A', 'B'], result: { flops: 12 } },
    ]);
    expect(plan?.flops).toBe(plan?.pairs[0]?.result.flops);
  });

  it('says what is wrong with a graph', async () => {
    const { ask, idle, replies } = fakeWorker();
    const document = await template('linear-regression');
    ask({ type: 'run', id: 1, document: { ...document, edges: {} } });
    await idle();
    ask({ type: 'run', id: 2, document: { format: 'something else' } });
    await idle();
    expect(replies).toMatchObject([
      {
        type: 'refused',
        id: 1,
        diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'missing-input' })]),
      },
      { type: 'refused', id: 2, diagnostics: [{ code: 'document-shape' }] },
    ]);
  });

  it('evaluates what is sound of a graph that is not', async () => {
    const { ask, idle, replies } = fakeWorker();
    const document = await template('matmul');
    ask({ type: 'evaluate', id: 1, document: { ...document, edges: {} } });
    await idle();
    expect(replies).toMatchObject([{ type: 'evaluated', id: 1, values: { 'A.out': { shape: [3, 4] } } }]);
    expect(replies[0]).not.toHaveProperty(['values', 'product.out']);
  });

  it('pauses, steps, resumes, and computes the same', async () => {
    const document = await template('linear-regression');
    const quiet = fakeWorker();
    quiet.ask({ type: 'run', id: 1, document, steps: 30 });
    await quiet.idle();

    const { ask, receive, idle, events, replies, until } = fakeWorker();
    ask({ type: 'run', id: 1, document, steps: 30 });
    receive({ type: 'pause', id: 1 });
    const paused = () => replies.flatMap((reply) => (reply.type === 'paused' ? [reply.step] : []));
    await until(() => paused().length === 1);
    // All that has been computed is sent before the run is held.
    expect(losses(events(1)).length).toBe(paused()[0]);
    receive({ type: 'step', id: 1 });
    await until(() => paused().length === 2);
    receive({ type: 'step', id: 1 });
    await until(() => paused().length === 3);
    const [first, ...rest] = paused() as [number, ...number[]];
    expect(rest).toEqual([first + 1, first + 2]);
    receive({ type: 'resume', id: 1 });
    await idle();
    expect(losses(events(1))).toEqual(losses(quiet.events(1)));
    expect(events(1).at(-1)).toEqual(quiet.events(1).at(-1));
  });

  it('stops a run, also a paused one', async () => {
    const { ask, receive, idle, events, replies, until } = fakeWorker();
    ask({ type: 'run', id: 1, document: await template('linear-regression'), steps: 1_000_000 });
    receive({ type: 'pause', id: 1 });
    await until(() => replies.some((reply) => reply.type === 'paused'));
    receive({ type: 'stop', id: 1 });
    await idle();
    expect(events(1).at(-1)).toMatchObject({ type: 'finished', stopped: true });
  });

  it('lets a newer run end the older one', async () => {
    const { ask, idle, events, until } = fakeWorker();
    const document = await template('linear-regression');
    ask({ type: 'run', id: 1, document, steps: 1_000_000 });
    await until(() => events(1).length > 0);
    ask({ type: 'run', id: 2, document, steps: 3 });
    await idle();
    expect(events(1).at(-1)).toMatchObject({ type: 'finished', stopped: true });
    expect(events(2).at(-1)).toMatchObject({ type: 'finished', step: 3, stopped: false });
  });

  it('sends the values of other ports as soon as it is asked to', async () => {
    const { ask, receive, idle, events } = fakeWorker();
    ask({ type: 'run', id: 1, document: await template('quadratic-bowl'), steps: 3, probes: ['x.out'] });
    receive({ type: 'probe', id: 1, probes: ['energy.out'] });
    await idle();
    const values = events(1).flatMap((e) => (e.type === 'values' ? [Object.keys(e.values)] : []));
    expect(values.length).toBeGreaterThan(0);
    expect(values.every((names) => names.join() === 'energy.out')).toBe(true);
  });

  it('keeps its copy of the document by what the page tells of its changes', async () => {
    const { ask, receive, idle, repliesOf } = fakeWorker();
    const document = await template('matmul');
    ask({ type: 'evaluate', id: 1, document });
    await idle();
    const { A } = document.nodes;
    const changed = {
      ...document,
      nodes: {
        ...document.nodes,
        A: { ...A, params: { ...A?.params, fill: 'ones' } },
      },
    };
    receive({ type: 'patches', patches: [...patchesBetween(document, changed)] });
    receive({ type: 'evaluate', id: 2 });
    await idle();
    const fresh = fakeWorker();
    fresh.ask({ type: 'evaluate', id: 2, document: changed });
    await fresh.idle();
    const [before, after] = repliesOf('evaluated');
    expect(after).toEqual(fresh.replies[0]);
    expect(after?.values).not.toEqual(before?.values);
  });

  it('goes on with a run as if it had never stopped', async () => {
    const document = await template('two-moons-mlp');
    const whole = fakeWorker();
    whole.ask({ type: 'run', id: 1, document, steps: 40 });
    await whole.idle();

    const { ask, receive, idle, events } = fakeWorker();
    ask({ type: 'run', id: 1, document, steps: 25 });
    await idle();
    receive({ type: 'run', id: 2, steps: 15, goOn: true });
    await idle();
    expect([...losses(events(1)), ...losses(events(2))]).toEqual(losses(whole.events(1)));
    expect(events(2).at(-1)).toEqual(whole.events(1).at(-1));
  });

  it('shows the state that training has made, on the rows of the last step', async () => {
    const document = await template('linear-regression');
    const { ask, receive, idle, repliesOf, events } = fakeWorker();
    ask({ type: 'evaluate', id: 1, document });
    await idle();
    ask({ type: 'run', id: 2, document, steps: 1, probes: ['model.y'] });
    await idle();
    receive({ type: 'evaluate', id: 3 });
    await idle();
    const [first, trained] = repliesOf('evaluated');
    expect([first?.step, trained?.step]).toEqual([0, 1]);
    expect(trained?.report).toMatchObject({ left: [], fresh: [], changed: false });
    const last = events(2).findLast((event) => event.type === 'values');
    expect(trained?.metrics).toEqual(last?.metrics);
    expect(trained?.values).toMatchObject(last?.values ?? { none: 0 });
    expect(first?.metrics.loss).toBe(losses(events(2))[0]);
    expect(trained?.metrics.loss).toBeLessThan(first?.metrics.loss ?? 0);
  });

  it('shows parameters and the gradients of the loss by them', async () => {
    const document = await template('linear-regression');
    const { ask, receive, idle, repliesOf } = fakeWorker();
    ask({ type: 'evaluate', id: 1, document, tensors: ['model.weight'] });
    await idle();
    const [first] = repliesOf('evaluated');
    expect(first?.state.map(({ name, role }) => `${role} ${name}`)).toContain('parameter model.weight');
    const { value, gradient } = first?.tensors['model.weight'] ?? {};
    const { rate } = document.nodes.optimizer!.params as { rate: number };
    receive({ type: 'run', id: 2, steps: 1 });
    await idle();
    receive({ type: 'evaluate', id: 3, tensors: ['model.weight'] });
    await idle();
    // One step of gradient descent: θ − η ∇L.
    const stepped = value!.data.map((x, i) => x - rate * gradient!.data[i]!);
    const trained = repliesOf('evaluated')[1]?.tensors['model.weight']?.value;
    for (const [i, x] of stepped.entries()) expect(trained?.data[i]).toBeCloseTo(x, 6);
  });

  it('goes on with a run whatever happens to other requests', async () => {
    const document = await template('linear-regression');
    const quiet = fakeWorker();
    quiet.ask({ type: 'run', id: 1, document, steps: 30 });
    await quiet.idle();
    const { ask, receive, idle, events, repliesOf } = fakeWorker();
    ask({ type: 'run', id: 1, document, steps: 30 });
    // A patch to what is not there, and a network that is none.
    receive({ type: 'patches', patches: [{ path: ['nodes', 'nobody', 'params', 'x'], value: 1 }] });
    receive({ type: 'describe', id: 2 });
    receive({ type: 'findPath', id: 3, network: {}, seconds: 1 });
    receive({ type: 'contract', id: 4, network: {}, path: {}, operands: [] });
    receive({ type: 'evaluate', id: 5 });
    await idle();
    expect(losses(events(1))).toEqual(losses(quiet.events(1)));
    expect(events(1).at(-1)).toMatchObject({ type: 'finished', step: 30, stopped: false });
    expect(repliesOf('crashed').map(({ id }) => id)).toEqual(expect.arrayContaining([-1, 3, 4]));
    expect(repliesOf('refused').map(({ id }) => id)).toEqual([2, 5]);
    receive({ type: 'document', document });
    receive({ type: 'describe', id: 6 });
    await vi.waitUntil(() => repliesOf('described').length > 0);
    expect(repliesOf('described').map(({ id }) => id)).toEqual([6]);
  });

  it('hands the state over when it is asked for', async () => {
    const { ask, receive, idle, repliesOf, until } = fakeWorker();
    ask({ type: 'run', id: 1, document: await template('linear-regression'), steps: 1_000_000 });
    await until(() => repliesOf('event').length > 2);
    const before = repliesOf('trained').length;
    receive({ type: 'keep', id: 1 });
    await until(() => repliesOf('trained').length > before);
    receive({ type: 'stop', id: 1 });
    await idle();
    const [first] = repliesOf('trained');
    expect(first?.step).toBeGreaterThan(0);
  });

  it('reports a message that it cannot read', async () => {
    const { receive, idle, replies } = fakeWorker();
    receive({ type: 'dance' });
    receive(null);
    await idle();
    expect(replies).toMatchObject([
      { type: 'crashed', id: -1 },
      { type: 'crashed', id: -1 },
    ]);
  });

  it('reports a bug as its own', async () => {
    const replies: Reply[] = [];
    const host = createHost((reply) => replies.push(reply), {
      now: () => 0,
      yieldToEventLoop: async () => {},
      engine: async () => {
        throw new Error('internal: no engine');
      },
    });
    host.receive({ type: 'document', document: await template('linear-regression') });
    host.receive({ type: 'run', id: 4 });
    await host.idle();
    expect(replies).toEqual([{ type: 'crashed', id: 4, message: 'internal: no engine' }]);
  });
});
