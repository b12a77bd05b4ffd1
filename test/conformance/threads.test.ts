/** Several threads compute the same bits as one, on plans of every kind of step, whether or not they prove faster. */
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { parseGraph } from '../../graph-schema/parse.ts';
import { serialize } from '../../graph-schema/serialize.ts';
import { bundle } from '../../scripts/bundle.mjs';
import { tensorloom } from '../../src/cli/fake-io.test-support.ts';
import { nodeThreads } from '../../src/cli/node-threads.ts';
import { compile } from '../../src/compiler/index.ts';
import type { Plan } from '../../src/ir/plan.ts';
import type { Engine, Executable } from '../../src/numeric/engine.ts';
import type { Task } from '../../src/numeric/threads/member.ts';
import { barriersIn, partitionPlan } from '../../src/numeric/threads/partition.ts';
import { isBroken } from '../../src/numeric/threads/thread-team.ts';
import { createThreaded, type Decision, type Threads } from '../../src/numeric/threads/threaded-engine.ts';
import { wasm } from '../../src/numeric/wasm/wasm-engine.ts';
import { type RunEvent, run } from '../../src/runtime/index.ts';
import { initialise } from '../../src/runtime/initialise.ts';
import { templates } from '../../templates/index.ts';
import cnn from '../bench/graphs/cnn.json' with { type: 'json' };
import hnn from '../bench/graphs/hnn.json' with { type: 'json' };
import transformer from '../bench/graphs/transformer.json' with { type: 'json' };
import type { Fault } from '../support/failing-thread.ts';
import { graph } from '../support/graphs.ts';

const folder = 'build/test/threads';
const entry = pathToFileURL(`${folder}/thread.js`);
beforeAll(
  () =>
    bundle('thread', 'src/cli/node-thread.ts', folder, {
      others: { 'failing-thread': 'test/support/failing-thread.ts' },
    }),
  60_000,
);

function planOf(graph: unknown) {
  const { value: document } = parseGraph(graph);
  const { value } = compile(document!);
  return { plan: value!.train!.plan, state: value!.state };
}

/** The state after some steps from the same start, as bytes by name. */
async function train(
  engine: Engine,
  { plan, state }: ReturnType<typeof planOf>,
  steps = 3,
): Promise<Map<string, string>> {
  const executable: Executable = await engine.load(plan);
  for (const [name, data] of initialise(state, 3))
    if (Object.hasOwn(plan.inputs, name)) executable.write(name, data);
  for (const [name, { role, buffer }] of Object.entries(plan.inputs)) {
    if (role === 'state') continue;
    const size = (plan.buffers[buffer]?.bytes ?? 0) / 4;
    executable.write(
      name,
      Float32Array.from({ length: size }, (_, i) => Math.sin(i)),
    );
  }
  for (let i = 0; i < steps; i++) {
    await executable.advance(1);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const known = state.filter(({ name }) => Object.hasOwn(plan.inputs, name));
  const results = new Map<string, string>();
  for (const { name } of known) {
    const { buffer, byteOffset, byteLength } = await executable.read(name);
    results.set(name, Buffer.from(buffer, byteOffset, byteLength).toString('base64'));
  }
  executable.dispose();
  return results;
}

const axes = (...sizes: (readonly [name: string, size: number])[]) => ({
  axes: sizes.map(([name, size]) => ({ name, size })),
});
/** Its products are large enough to be shared within each iteration. */
const recurrent = graph(
  {
    x: { type: 'input', params: axes(['b', 96], ['t', 30], ['i', 8]) },
    layer: { type: 'recurrent', params: { units: 64, name: 'h' } },
    target: { type: 'input', params: axes(['b', 96], ['t', 30], ['h', 64]) },
    loss: { type: 'mse' },
    optimizer: { type: 'sgd' },
  },
  ['x.out > layer.x', 'layer.y > loss.prediction', 'target.out > loss.target', 'loss.loss > optimizer.loss'],
);

it('wait for each other in loops', () => {
  const loops = partitionPlan(planOf(recurrent).plan, 2).map((steps) =>
    steps.filter(({ kind }) => kind === 'loop'),
  );
  expect(loops.map((list) => list.length)).toEqual([2, 2]);
  expect(loops.flat().every((loop) => barriersIn([loop]) >= 2 * 30)).toBe(true);
});

describe.each([
  { name: 'a convolutional network', graph: cnn },
  { name: 'a recurrent layer', graph: recurrent },
  { name: 'a transformer block', graph: transformer },
  { name: 'a double backward', graph: hnn },
])('training $name', ({ graph: model }) => {
  const planned = planOf(model);

  it.each([2, 3])('on %i threads gives the bits of one thread', async (count) => {
    const parts = partitionPlan(planned.plan, count);
    expect(new Set(parts.map(barriersIn)).size).toBe(1);
    expect(parts.every((steps) => steps.some(({ kind }) => kind !== 'barrier'))).toBe(true);
    const together = await train(createThreaded(nodeThreads(entry, count), 'always'), planned);
    const alone = await train(wasm, planned);
    expect([...alone.keys()].filter((name) => alone.get(name) !== together.get(name))).toEqual([]);
  });
});

describe('without a number of threads', () => {
  const STEPS = 40;
  /** A clock by which steps last so long: two are taken alone, two together, and so on. */
  const clock = (alone: number, together: number) => {
    let [looks, time] = [0, 0];
    return () => {
      const step = looks >> 1;
      if (looks++ % 2 === 1) time += step % 4 < 2 ? alone : together;
      return time;
    };
  };

  it.each([
    { what: 'keeps them where they are faster', alone: 30, together: 20, threads: 2, ended: [0, 1] },
    { what: 'lets them go where they are slower', alone: 20, together: 30, threads: 1, ended: [1, 1] },
    { what: 'lets them go where they gain little', alone: 20, together: 19, threads: 1, ended: [1, 1] },
  ])('a run $what, and its bits are the same', async ({ alone, together, threads, ended }) => {
    const planned = planOf(hnn);
    const { start } = nodeThreads(entry, 2);
    let ends = 0;
    const counted: Threads = {
      count: 2,
      async start(task) {
        const end = await start(task);
        return () => {
          ends++;
          end();
        };
      },
    };
    const decisions: (Decision & { ends: number })[] = [];
    const engine = createThreaded(counted, {
      now: clock(alone, together),
      decided(plan, decision) {
        expect(plan).toBe(planned.plan);
        decisions.push({ ...decision, ends });
      },
    });
    const trained = await train(engine, planned, STEPS);
    expect(decisions).toEqual([{ threads, tried: 2, gain: alone / together, ends: ended[0] }]);
    expect(ends).toBe(ended[1]);
    expect(trained).toEqual(await train(wasm, planned, STEPS));
  });

  it('the command line says how many have proved best', async () => {
    const template = await templates.find(({ name }) => name === 'digits-cnn')!.load();
    const world = { files: { 'g.json': serialize(template) }, threads: () => nodeThreads(entry, 2) };
    // By the clock of this world, every step takes a millisecond.
    const { out } = await tensorloom('run g.json --steps 200', world);
    expect(out).toContain('one thread: 2 take 1.00 times its steps');
    const { json } = await tensorloom('run g.json --steps 200 --json', world);
    expect(json().threads).toEqual({ threads: 1, tried: 2, gain: 1 });
  });

  it('leaves a plan alone that is too small to share', async () => {
    const small = graph(
      { w: { type: 'parameter', params: { axes: [{ name: 'i', size: 8 }] } }, square: { type: 'multiply' } },
      ['w.out > square.a', 'w.out > square.b'],
    );
    const unwanted = () => Promise.reject(new Error('no thread was expected'));
    const engine = createThreaded({ count: 2, start: unwanted }, { now: () => 0 });
    const executable = await engine.load(compile(small).value!.forward.plan);
    await executable.advance(1);
    executable.dispose();
  });
});

describe('a thread that is lost', () => {
  /** An engine whose second thread fails in the middle of the third step. */
  function failing(plan: Plan, how: Fault['how']): Engine {
    const { start } = nodeThreads(new URL('failing-thread.js', entry), 2);
    const barriers = barriersIn(partitionPlan(plan, 2)[1]!);
    const fault: Fault = { how, atBarrier: Math.floor(2.5 * barriers) };
    return createThreaded({ count: 2, start: (task) => start({ ...task, fault } as Task) }, 'always');
  }

  it.each([
    { how: 'throw' as const, reason: 'the share is spoilt' },
    { how: 'exit' as const, reason: 'it has ended' },
  ])(
    'in the middle of a step ($how) ends the run at once, and what was computed is told',
    async ({ how, reason }) => {
      const { value: document } = parseGraph(transformer);
      const compiled = compile(document!).value!;
      const engine = failing(compiled.train!.plan, how);
      const events: RunEvent[] = [];
      for await (const event of run(compiled, engine, { steps: 600 })) events.push(event);
      expect(events.map((event) => event.type)).toEqual(['started', 'progress', 'failed']);
      const [, progress, failed] = events;
      expect(progress).toMatchObject({
        from: 0,
        metrics: { loss: [expect.any(Number), expect.any(Number)] },
      });
      expect(failed).toMatchObject({ step: 2, diagnostics: [{ code: 'thread-lost', values: { reason } }] });
    },
  );

  it('between two steps is not missed: one goes on, with the same bits', async () => {
    const planned = planOf(hnn);
    const { start } = nodeThreads(entry, 2);
    const mortal: Threads = {
      count: 2,
      async start(task) {
        const end = await start(task);
        end();
        // Its end is told by an event, which the event loop brings.
        await vi.waitUntil(() => isBroken(task.words), { timeout: 60_000, interval: 1 });
        return () => {};
      },
    };
    expect(await train(createThreaded(mortal, 'always'), planned)).toEqual(await train(wasm, planned));
  });

  it('before it has begun fails the load', async () => {
    const missing = nodeThreads(pathToFileURL(`${folder}/no-such-thread.js`), 2);
    await expect(createThreaded(missing, 'always').load(planOf(hnn).plan)).rejects.toMatchObject({
      code: 'thread-lost',
      reason: expect.stringContaining('no-such-thread'),
    });
  });
});
