/** A run that was interrupted goes on as if it had never stopped: the same bits, on every engine and precision. */
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { compile } from '../../src/compiler/index.ts';
import type { Dtype } from '../../src/ir/plan.ts';
import type { EngineName } from '../../src/numeric/engine.ts';
import { engines } from '../../src/numeric/index.ts';
import {
  type Checkpoint,
  type RunEvent,
  type RunOptions,
  readCheckpoint,
  restore,
  run,
  writeCheckpoint,
} from '../../src/runtime/index.ts';
import { graph } from '../support/graphs.ts';

/** 90 training rows in batches of 7, so that epochs end within a batch; dropout draws; Adam keeps moments, batch norm statistics. */
function iris({ hidden = 5, rate = 0.05, optimizer = 'adam', dim = 7 } = {}): GraphDocument {
  return graph(
    {
      iris: { type: 'dataset', params: { data: 'iris', test: 0.4 } },
      h: { type: 'linear', params: { units: hidden, name: 'h' } },
      norm: { type: 'batch-norm' },
      relu: { type: 'activation' },
      drop: { type: 'dropout' },
      scores: { type: 'linear', params: { units: 3, name: 'c' } },
      loss: { type: 'cross-entropy' },
      accuracy: { type: 'accuracy' },
      optimizer: { type: optimizer, params: { rate } },
      seen: { type: 'probe' },
    },
    [
      'iris.x > h.x',
      'h.y > norm.x',
      'norm.y > relu.x',
      'relu.y > drop.x',
      'drop.y > scores.x',
      'scores.y > loss.logits',
      'iris.y > loss.target',
      'scores.y > accuracy.logits',
      'iris.y > accuracy.target',
      'loss.loss > optimizer.loss',
      'scores.y > seen.x',
    ],
    { B: dim },
  );
}

const compiled = (document: GraphDocument, dtype: Dtype = 'float32') => {
  const { value, diagnostics } = compile(
    { ...document, run: { steps: 40, seed: 3, evaluateEvery: 15 } },
    { dtype },
  );
  if (!value) throw new Error(diagnostics.map((d) => d.message.en).join('\n'));
  return value;
};

interface Course {
  readonly events: readonly RunEvent[];
  readonly checkpoint: Checkpoint;
}

async function course(
  document: GraphDocument,
  options: RunOptions & { engine?: EngineName; dtype?: Dtype } = {},
): Promise<Course> {
  const events: RunEvent[] = [];
  const engine = await engines[options.engine ?? 'wasm']();
  for await (const event of run(compiled(document, options.dtype), engine, options)) events.push(event);
  const last = events.at(-1);
  if (last?.type !== 'finished') throw new Error(JSON.stringify(last));
  return { events, checkpoint: last.checkpoint };
}

/** Ends after so many steps, as if somebody had pressed Ctrl-C. */
function stopAfter(steps: number): Pick<RunOptions, 'yieldNow' | 'signal'> {
  let aborted = steps === 0;
  return {
    signal: {
      get aborted() {
        return aborted;
      },
    },
    yieldNow(step) {
      aborted = step === steps;
      return undefined;
    },
  };
}

/** Whatever was said about each step, however it was cut into events. */
const told = (courses: readonly Course[]) => {
  const events = courses.flatMap((c) => c.events);
  const metrics = events.flatMap((e) =>
    e.type === 'progress'
      ? Array.from({ length: e.metrics.loss!.length }, (_, i) => [
          e.from + i,
          ...Object.values(e.metrics).map((m) => m[i]),
        ])
      : [],
  );
  const rest = events.filter((e) => e.type === 'evaluated' || e.type === 'values');
  return { metrics, rest, end: courses.at(-1)!.events.at(-1) };
};

const ways: readonly { engine: EngineName; dtype: Dtype }[] = [
  { engine: 'wasm', dtype: 'float32' },
  { engine: 'wasm', dtype: 'float64' },
  { engine: 'reference', dtype: 'float32' },
  { engine: 'reference', dtype: 'float64' },
];

describe.each(ways)('on $engine in $dtype', (way) => {
  const probes = () => ['seen.x'];

  it('has the same numbers, interrupted after any step', async () => {
    const whole = await course(iris(), { ...way, probes });
    // After every step once; in the other ways where steps, epochs and evaluations begin and end.
    const steps = [...Array(41).keys()];
    const chosen = way.engine === 'wasm' && way.dtype === 'float32' ? steps : [0, 1, 12, 13, 15, 26, 39, 40];
    for (const k of chosen) {
      const first = await course(iris(), { ...way, probes, ...stopAfter(k) });
      expect(first.checkpoint.step).toBe(k);
      const second = await course(iris(), { ...way, probes, from: first.checkpoint });
      const fits = second.events.find((e) => e.type === 'restored');
      expect(fits).toMatchObject({
        step: k,
        diagnostics: [],
        report: { left: [], fresh: [], changed: false },
      });
      expect(told([first, second])).toEqual(told([whole]));
    }
  });

  it('gives its state whenever it is asked for, and is not changed by that', async () => {
    const whole = await course(iris(), way);
    const asked = await course(iris(), { ...way, checkpointNow: (step) => step % 9 === 0 });
    const taken = asked.events.flatMap((e) => (e.type === 'checkpoint' ? [e.checkpoint] : []));
    expect(taken.map((c) => c.step)).toEqual([9, 18, 27, 36]);
    expect(told([asked])).toEqual(told([whole]));
    for (const checkpoint of taken) {
      const { value: from } = readCheckpoint(writeCheckpoint(checkpoint), 'state');
      expect(from).toEqual(checkpoint);
      const rest = await course(iris(), { ...way, from });
      expect(rest.checkpoint).toEqual(whole.checkpoint);
    }
  });
});

describe('a checkpoint in a graph that has changed', () => {
  const trained = course(iris(), { steps: 10 });

  it('keeps the moments at another rate, and goes on', async () => {
    const { checkpoint } = await trained;
    const { report } = restore(compiled(iris({ rate: 0.01 })), checkpoint);
    expect(report).toMatchObject({ left: [], fresh: [], changed: true });
    expect(report.taken.map(({ name }) => name)).toContain('optimizer.mean.h.weight');
    const next = await course(iris({ rate: 0.01 }), { from: checkpoint, steps: 12 });
    expect(next.checkpoint.step).toBe(12);
  });

  it('drops the moments for another optimizer, and keeps the parameters', async () => {
    const { report } = restore(compiled(iris({ optimizer: 'sgd' })), (await trained).checkpoint);
    expect(report.fresh).toEqual([]);
    expect(report.taken.map(({ name }) => name)).toEqual([
      'h.weight',
      'h.bias',
      'norm.weight',
      'norm.bias',
      'norm.mean',
      'norm.variance',
      'scores.weight',
      'scores.bias',
    ]);
    expect(report.left.length).toBe(18);
  });

  it('begins anew what has another shape, and that alone', async () => {
    const { state, report } = restore(compiled(iris({ hidden: 6 })), (await trained).checkpoint);
    expect(report.taken.map(({ name }) => name)).toEqual([
      'scores.bias',
      'optimizer.mean.scores.bias',
      'optimizer.square.scores.bias',
      'optimizer.steps.scores.bias',
    ]);
    // How many gradients a mean holds is counted for each parameter: a new mean is corrected as in a first step.
    expect(state.get('optimizer.steps.scores.bias')).toEqual(Float32Array.of(10));
    expect(state.get('optimizer.steps.h.weight')).toEqual(Float64Array.of(0));
    expect(report.fresh).toContainEqual({ name: 'optimizer.steps.h.weight', shape: [], why: 'shape' });
    expect(report.fresh).toContainEqual({ name: 'h.weight', shape: [4, 6], why: 'shape', was: [4, 5] });
    expect(state.get('h.weight')!.length).toBe(24);
    expect(state.get('scores.bias')).toEqual((await trained).checkpoint.tensors.get('scores.bias')!.data);
  });

  it('goes on in the data where it was, in batches of another size', async () => {
    const { checkpoint } = await trained;
    expect(checkpoint.position).toEqual({ step: 10, rows: { iris: 70 } });
    const next = await course(iris({ dim: 20 }), { from: checkpoint, steps: 11 });
    // 70 rows were taken, and the next 20 end the epoch of 90.
    expect(next.checkpoint.position.rows).toEqual({ iris: 90 });
  });

  it('says where it cannot have the same bits', async () => {
    const { checkpoint } = await trained;
    const { events } = await course(iris(), { from: checkpoint, steps: 11, dtype: 'float64', seed: 4 });
    expect(events.find((e) => e.type === 'restored')?.diagnostics).toMatchObject([
      {
        code: 'resumed-inexactly',
        values: { differences: { en: 'precision float32 then, float64 now, seed 3 then, 4 now' } },
      },
    ]);
  });
});

describe('a block that repeats', () => {
  const layer = graph(
    {
      x: { type: 'block-input' },
      y: { type: 'linear', params: { units: 4, name: 'f' } },
      out: { type: 'block-output' },
    },
    ['x.out > y.x', 'y.y > out.x'],
  );
  /** Iris through so many layers of one block, or, without a number, through the block once. */
  function stacked(repeat?: number): GraphDocument {
    const { nodes, edges, layout } = layer;
    const drawn = graph(
      {
        iris: { type: 'dataset', params: { data: 'iris', test: 0.4 } },
        layers: { type: 'block', params: { block: 'layer', ...(repeat !== undefined && { repeat }) } },
        scores: { type: 'linear', params: { units: 3, name: 'c' } },
        loss: { type: 'cross-entropy' },
        optimizer: { type: 'adam', params: { rate: 0.01 } },
      },
      [
        'iris.x > layers.x',
        'layers.out > scores.x',
        'scores.y > loss.logits',
        'iris.y > loss.target',
        'loss.loss > optimizer.loss',
      ],
      { B: 7 },
    );
    return { ...drawn, blocks: { layer: { dims: {}, numbers: {}, nodes, edges, layout } } };
  }

  it('has a tensor for each repeat on disk, and goes on bit for bit', async () => {
    const whole = await course(stacked(3));
    const first = await course(stacked(3), stopAfter(17));
    const { value: from } = readCheckpoint(writeCheckpoint(first.checkpoint), 'state');
    const names = [...from!.tensors.keys()];
    for (const i of [0, 1, 2])
      expect(names).toEqual(
        expect.arrayContaining([`layers/${i}/y.weight`, `optimizer.mean.layers/${i}/y.weight`]),
      );
    expect(from!.tensors.get('layers/2/y.weight')!.shape).toEqual([4, 4]);
    const second = await course(stacked(3), { from: from! });
    expect(second.checkpoint).toEqual(whole.checkpoint);
    expect(told([first, second])).toEqual(told([whole]));
  });

  it('moves its state to the first repeat when it begins to repeat, and keeps it when it repeats more', async () => {
    const { checkpoint: once } = await course(stacked(), { steps: 5 });
    const { report, state } = restore(compiled(stacked(2)), once);
    expect(report.taken.map(({ name }) => name)).toContain('layers/0/y.weight');
    expect(report.fresh).toContainEqual({ name: 'layers/1/y.weight', shape: [4, 4], why: 'absent' });
    const stack = [...state].find(([name]) => name.endsWith('y.weight') && name.startsWith('layers'))![1];
    expect(Array.from(stack).slice(0, 16)).toEqual([...once.tensors.get('layers/y.weight')!.data]);
    const { checkpoint: twice } = await course(stacked(2), { steps: 5 });
    expect(restore(compiled(stacked(3)), twice).report).toMatchObject({ left: [] });
  });
});

describe('contraction paths', () => {
  it('of a checkpoint are followed before those that the document has found since', async () => {
    const matrix = (i: string, j: string) => ({
      type: 'parameter',
      params: {
        axes: [
          { name: i, size: 6 },
          { name: j, size: 6 },
        ],
        scale: 0.5,
      },
    });
    const drawn = graph(
      {
        A: matrix('i', 'j'),
        B: matrix('j', 'k'),
        C: matrix('k', 'i'),
        product: { type: 'contract', params: { expression: 'ij,jk,ki->' } },
        sgd: { type: 'sgd', params: { rate: 0.01 } },
      },
      ['A.out > product.a', 'B.out > product.b', 'C.out > product.c', 'product.out > sgd.loss'],
    );
    const { checkpoint } = await course(drawn, { steps: 3 });
    const paths = Object.entries(checkpoint.paths);
    expect(paths.length).toBeGreaterThan(0);
    const other = (text: string) => (text.includes('(0, 1)') ? '((1, 2), 0)' : '((0, 1), 2)');
    const found = Object.fromEntries(paths.map(([key, text]) => [key, other(text)]));
    const since: GraphDocument = { ...drawn, plan: { found } };
    const followed = compile(since, { paths: checkpoint.paths }).value!;
    const ignored = compile(since).value!;
    const pathsOf = (of: typeof followed) => of.train!.networks.map(({ result }) => result.path);
    expect(pathsOf(followed)).toEqual(pathsOf(compiled(drawn)));
    expect(pathsOf(ignored)).not.toEqual(pathsOf(followed));
  });
});
