import { describe, expect, it } from 'vitest';
import { serialize } from '../../graph-schema/serialize.ts';
import { templates } from '../../templates/index.ts';
import { faulty } from '../numeric/faulty.test-support.ts';
import { engines } from '../numeric/index.ts';
import { tensorloom } from './fake-io.test-support.ts';

const file = async (name: string) => {
  const template = templates.find((t) => t.name === name)!;
  return { files: { 'g.json': serialize(await template.load()) } };
};
type Values = Record<string, { shape: number[]; axes: string[]; data: number[] }>;

describe('run', () => {
  it('trains, and ends with its metrics', async () => {
    const world = await file('linear-regression');
    const finished = await tensorloom('run g.json --steps 60 --seed 3 --json', world);
    expect(finished.code).toBe(0);
    const { ok, steps, seed, engine, metrics, seconds, stepsPerSecond, diagnostics } = finished.json();
    expect({ ok, steps, seed, engine, diagnostics }).toEqual({
      ok: true,
      steps: 60,
      seed: 3,
      engine: 'wasm',
      diagnostics: [],
    });
    expect((metrics as { loss: number }).loss).toBeLessThan(0.1);
    expect((metrics as { testLoss: number }).testLoss).toBeLessThan(0.1);
    expect(seconds).toBeGreaterThan(0);
    expect(stepsPerSecond).toBeGreaterThan(0);
  });

  it('gives the same numbers again, and others for another seed', async () => {
    const world = await file('iris-mlp');
    const metrics = async (seed: number) =>
      (await tensorloom(`run g.json --steps 20 --seed ${seed} --json`, world)).json().metrics;
    expect(await metrics(1)).toEqual(await metrics(1));
    expect(await metrics(2)).not.toEqual(await metrics(1));
  });

  it('evaluates a graph that has nothing to train', async () => {
    const finished = await tensorloom('run g.json --engine reference --json', await file('matmul'));
    expect(finished.code).toBe(0);
    const values = finished.json().values as Values;
    expect(values).toMatchObject({ 'C.x': { shape: [3, 2], axes: ['i', 'k'] } });
    // A holds 0 … 11, B is [[1, 0], [0, 1], [1, 1], [2, -1]].
    expect(values['C.x']!.data).toEqual([8, 0, 24, 4, 40, 8]);
  });

  it('writes every event to a trace', async () => {
    const { files } = await tensorloom(
      'run g.json --steps 5 --trace t.jsonl',
      await file('linear-regression'),
    );
    const events = files['t.jsonl']!.trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(events.map((e) => e.type)).toEqual([
      'started',
      ...new Array(5).fill(['progress', 'values']).flat(),
      'evaluated',
      'finished',
    ]);
  });

  it('shows a live line in a terminal only', async () => {
    const world = await file('linear-regression');
    expect((await tensorloom('run g.json --steps 3', { ...world, terminal: true })).out).toContain('\r');
    expect((await tensorloom('run g.json --steps 3', world)).out).not.toContain('\r');
  });

  it('tells people how it went', async () => {
    const { out } = await tensorloom('run g.json --steps 30', await file('linear-regression'));
    expect(out).toMatch(/^finished 30 steps in .* seed 1, engine wasm$/m);
    expect(out).toMatch(/^ {2}testLoss +\S+$/m);
  });

  it('stops when the user says so', async () => {
    const signal = AbortSignal.abort();
    const finished = await tensorloom('run g.json --json', { ...(await file('linear-regression')), signal });
    expect(finished.json()).toMatchObject({ ok: true, steps: 0, stopped: true });
  });

  it('fails when the numbers explode, and names what made it', async () => {
    const { files } = await file('quadratic-bowl');
    const graph = JSON.parse(files['g.json']!);
    graph.nodes.optimizer.params.rate = 1e6;
    const finished = await tensorloom('run - --json', { stdin: JSON.stringify(graph) });
    expect(finished.code).toBe(1);
    const [diagnostic] = finished.json().diagnostics;
    expect(diagnostic).toMatchObject({ code: 'not-finite' });
    expect(Object.keys(graph.nodes)).toContain(diagnostic!.node);
  });

  it.each(['out-of-memory', 'thread-lost', 'device-lost'] as const)(
    'tells that its engine has failed (%s), and what was computed before',
    async (code) => {
      const failing = (after: number) => ({
        ...engines,
        wasm: async () => faulty(await engines.wasm(), { code, after }),
      });
      const world = { ...(await file('two-moons-mlp')), engines: failing(7) };
      const finished = await tensorloom('run g.json --threads 1 --trace t.jsonl --json', world);
      expect(finished.code).toBe(1);
      expect(finished.json()).toMatchObject({ steps: 7, diagnostics: [{ code, severity: 'error' }] });
      const traced = finished.files['t.jsonl']!.trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(traced.at(-1)).toMatchObject({ type: 'failed', step: 7, diagnostics: [{ code }] });
      const steps = traced.flatMap((event) => (event.type === 'progress' ? event.metrics.loss : []));
      expect(steps.length).toBe(7);
    },
  );

  it('refuses to use more memory than it may', async () => {
    const finished = await tensorloom('run g.json --memory 1000 --json', await file('digits-mlp'));
    expect(finished.code).toBe(1);
    expect(finished.json().diagnostics).toContainEqual(expect.objectContaining({ code: 'out-of-memory' }));
  });
});

describe('plan', () => {
  it('prices the program of a training step and lists its steps', async () => {
    const finished = await tensorloom('plan g.json --json', await file('digits-mlp'));
    expect(finished.code).toBe(0);
    const plan = finished.json() as Record<string, unknown> as Record<string, number> & { steps: unknown[] };
    expect(plan.program).toBe('train');
    // Forward, and the gradients of both weights and of the hidden layer.
    expect(plan.flops).toBeGreaterThan(64 * (2 * 64 * 64 + 3 * 64 * 10));
    expect(plan.naiveFlops).toBeGreaterThan(0);
    expect(plan.peakBytes).toBeGreaterThan(4 * (64 * 64 + 64 * 10));
    expect(plan.largestIntermediate).toBeGreaterThanOrEqual(64 * 64);
    expect(plan.steps.length).toBeGreaterThan(4);
  });

  it('is a table for people', async () => {
    const { out } = await tensorloom('plan g.json', await file('digits-mlp'));
    expect(out).toMatch(/^program +steps +flops/m);
    expect(out).toMatch(/^train /m);
    expect(out).toMatch(/matmul\(64×64/);
  });
});

describe('check', () => {
  it('prints the shapes', async () => {
    const world = await file('digits-mlp');
    const { code, out } = await tensorloom('check g.json', world);
    expect(code).toBe(0);
    expect(out).toContain('0 errors');
    expect(out).toMatch(/^ {2}data\.x +batch B=64 · p 64$/m);
    expect((await tensorloom('check g.json --json', world)).json()).toMatchObject({
      ok: true,
      types: { 'logits.y': { axes: [{ size: 64 }, { name: 'c', size: 10 }] } },
    });
  });
});

describe('run --threads', () => {
  it('asks the world for as many threads as it is told, and for none when told one', async () => {
    const world = await file('linear-regression');
    const asked: (number | undefined)[] = [];
    const threads = (count?: number) => {
      asked.push(count);
      return { count: 1, start: () => Promise.reject(new Error('no thread was expected')) };
    };
    await tensorloom('run g.json --steps 5 --threads 3', { ...world, threads });
    await tensorloom('run g.json --steps 5 --threads 1', { ...world, threads });
    expect(asked).toEqual([3]);
  });

  it('says what it takes', async () => {
    const { code, err } = await tensorloom('run g.json --threads 0', await file('linear-regression'));
    expect(code).toBe(2);
    expect(err).toContain('--threads');
  });
});
