/** Schedules: a rate that a graph computes from the number of the step, on every engine. */
import { describe, expect, it } from 'vitest';
import { check, compile } from '../../src/compiler/index.ts';
import { repeatsOf, shapeOfRepeat } from '../../src/compiler/repeat/state-names.ts';
import { engines } from '../../src/numeric/index.ts';
import { initialise } from '../../src/runtime/initialise.ts';
import { run } from '../../src/runtime/run.ts';
import { openSession, writeState } from '../../src/runtime/session.ts';
import { graph } from '../support/graphs.ts';

/** w → 0 by the loss w², whose gradient is 2w; the rate falls off as 0.1 e^(−t/2). */
const scheduled = (optimizer: string, params: Record<string, number> = {}) =>
  graph(
    {
      w: { type: 'parameter', params: { axes: [], init: 'values', values: [1] } },
      goal: { type: 'tensor', params: { axes: [], fill: 'zeros' } },
      loss: { type: 'mse' },
      t: { type: 'step' },
      slower: { type: 'scale', params: { factor: -0.5 } },
      exp: { type: 'activation', params: { function: 'exp' } },
      rate: { type: 'scale', params: { factor: 0.1 } },
      // The rate of the parameters must not matter.
      optimizer: { type: optimizer, params: { rate: 1000, ...params } },
    },
    [
      'w.out > loss.prediction',
      'goal.out > loss.target',
      'loss.loss > optimizer.loss',
      't.out > slower.x',
      'slower.out > exp.x',
      'exp.y > rate.x',
      'rate.out > optimizer.rate',
    ],
  );

async function train(
  document: ReturnType<typeof graph>,
  engine: keyof typeof engines,
  from: number,
  start: readonly number[],
) {
  const { value: compiled } = compile(document, { dtype: 'float64' });
  const session = await openSession(compiled!.train!, await engines[engine](), {
    data: [],
    rows: 'train',
    seed: 1,
  });
  writeState(session, initialise(compiled!.state, 1));
  session.executable.write('w.value', start);
  const path: number[] = [];
  for (let step = from; step < 4; step++) {
    await session.advance(step, 1);
    path.push((await session.executable.read('w.value'))[0] as number);
  }
  return path;
}

describe.each(['reference', 'wasm'] as const)('a rate that is wired on %s', (engine) => {
  // w ← w (1 − 0.2 e^(−t/2))
  const expected = [0.8, 0.7029550945, 0.651234549, 0.6221725351];
  it('replaces the parameter of gradient descent, step by step', async () => {
    const path = await train(scheduled('sgd'), engine, 0, [1]);
    for (const [i, w] of expected.entries()) expect(path[i]).toBeCloseTo(w, 9);
  });
  it('goes on where a resumed run goes on', async () => {
    const path = await train(scheduled('sgd'), engine, 2, [0.7029550945]);
    for (const [i, w] of expected.slice(2).entries()) expect(path[i]).toBeCloseTo(w, 9);
  });
  it('replaces that of Adam', async () => {
    // Without a memory Adam takes the gradient's sign: w falls by the rate.
    const path = await train(scheduled('adam', { beta1: 0, beta2: 0 }), engine, 0, [1]);
    for (const [i, w] of [0.9, 0.839346934, 0.8025589899, 0.7802459739].entries())
      expect(path[i]).toBeCloseTo(w, 7);
  });
});

it('must be a scalar, and nothing is learned through it', () => {
  const { diagnostics, nodes } = check(scheduled('sgd'));
  expect(diagnostics).toEqual([]);
  // The parameter that it replaces is not shown on the card.
  expect(nodes.optimizer?.summary).toBe('η(t)');
  const wide = scheduled('sgd');
  wide.nodes.t = { type: 'parameter', params: { axes: [{ name: 'i', size: 3 }] } };
  expect(check(wide).diagnostics.map((d) => [d.code, d.node, d.port])).toContainEqual([
    'not-scalar',
    'optimizer',
    'rate',
  ]);
  wide.nodes.t = { type: 'parameter', params: { axes: [] } };
  expect(check(wide).diagnostics.map((d) => [d.code, d.node])).toEqual([['gradient-blocked', 't']]);
});

it('keeps its means and their count for each repeat of a block', () => {
  const inside = graph(
    {
      x: { type: 'block-input' },
      layer: { type: 'linear', params: { units: 2, name: 'i', bias: false } },
      y: { type: 'block-output' },
    },
    ['x.out > layer.x', 'layer.y > y.x'],
  );
  const document = {
    ...graph(
      {
        a: {
          type: 'tensor',
          params: {
            axes: [
              { name: 'b', size: 3 },
              { name: 'i', size: 2 },
            ],
            fill: 'normal',
          },
        },
        stack: { type: 'block', params: { block: 'layer', repeat: 4 } },
        loss: { type: 'mse' },
        optimizer: { type: 'adam' },
      },
      ['a.out > stack.x', 'stack.y > loss.prediction', 'a.out > loss.target', 'loss.loss > optimizer.loss'],
    ),
    blocks: {
      layer: { dims: {}, numbers: {}, nodes: inside.nodes, edges: inside.edges, layout: { nodes: {} } },
    },
  };
  const { value: compiled } = compile(document);
  const kept = compiled!.state.filter(({ optimizer }) => optimizer === 'adam');
  expect(
    kept.map((spec) => [spec.shape, shapeOfRepeat(spec), repeatsOf(spec).map(({ name }) => name)]),
  ).toEqual(
    [
      ['mean', [4, 2, 2], [2, 2]] as const,
      ['square', [4, 2, 2], [2, 2]] as const,
      ['steps', [4], []] as const,
    ].map(([name, shape, own]) => [
      shape,
      own,
      [0, 1, 2, 3].map((i) => `optimizer.${name}.stack/${i}/layer.weight`),
    ]),
  );
});

it('is the number of the training step in an evaluation too', async () => {
  const document = graph(
    {
      data: { type: 'dataset', params: { data: 'two-moons', options: { samples: 40 }, test: 0.5 } },
      model: { type: 'linear', params: { units: 1 } },
      goal: {
        type: 'tensor',
        params: {
          axes: [
            { name: 'batch', size: 'B' },
            { name: 'h', size: 1 },
          ],
          fill: 'zeros',
        },
      },
      clock: { type: 'step' },
      zero: { type: 'tensor', params: { axes: [], fill: 'zeros' } },
      squared: { type: 'mse' },
      loss: { type: 'mse' },
      optimizer: { type: 'sgd' },
    },
    [
      'data.x > model.x',
      'model.y > loss.prediction',
      'goal.out > loss.target',
      'loss.loss > optimizer.loss',
      'clock.out > squared.prediction',
      'zero.out > squared.target',
    ],
    { B: 4 },
  );
  const { value: compiled } = compile({ ...document, run: { steps: 4, evaluateEvery: 2 } });
  const seen: unknown[] = [];
  for await (const event of run(compiled!, await engines.reference()))
    if (event.type === 'evaluated') seen.push(Object.values(event.metrics).includes(event.step ** 2));
  expect(seen).toEqual([true, true]);
});
