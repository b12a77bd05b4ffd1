/**
 * Digits that float32 lost where it need not: a cross-entropy of a score far above the others was 0, −log p of it being
 * lost beside the sum's 1, and the derivatives of softmax were worse than PyTorch's, a quotient being differentiated.
 * Also found: 0 · log 0 in a cross-entropy with probabilities was NaN, and a softmax of nothing but −∞ is NaN, as in
 * PyTorch, and told (first-bad-value.test.ts).
 */
import { describe, expect, it } from 'vitest';
import { engines } from '../../src/numeric/index.ts';
import { axesOf } from '../support/example-graph.ts';
import { graph } from '../support/graphs.ts';
import { byEngine } from '../support/run-graph.ts';

function normals(seed: number, count: number, scale = 1): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) {
      state = (Math.imul(1664525, state) + 1013904223) >>> 0;
      sum += state / 2 ** 32;
    }
    return Math.fround(scale * sum);
  });
}

/**
 * Errors of torch 1.13 in float32 on the same numbers, against its float64: softmax(x, -1), the gradient of (w * y).sum()
 * by x with create_graph, and that of (v * g).sum(); the greatest, and the root of the mean square.
 */
const torchErrors = {
  'y.y': { greatest: 9.171287151943375e-8, rootMeanSquare: 1.0209762968281151e-8 },
  'first.out': { greatest: 2.1281171531527428e-7, rootMeanSquare: 1.4149008124196056e-8 },
  'second.out': { greatest: 1.7463818779983598e-7, rootMeanSquare: 1.1343257568566724e-8 },
};

it('softmax of random scores times 30 and its derivatives are as good as those of PyTorch', async () => {
  const axes = axesOf('r 64, c 10');
  const input = { type: 'input', params: { axes } };
  const dot = { type: 'contract', params: { expression: 'rc,rc->' } };
  const document = graph(
    {
      ...{ x: input, w: input, v: input, y: { type: 'softmax' } },
      ...{ f: dot, first: { type: 'gradient' }, g: dot, second: { type: 'gradient' } },
    },
    [
      ...['x.out > y.x', 'y.y > f.a', 'w.out > f.b', 'f.out > first.of', 'x.out > first.by'],
      ...['first.out > g.a', 'v.out > g.b', 'g.out > second.of', 'x.out > second.by'],
    ],
  );
  const given = { 'x.out': normals(1, 640, 30), 'w.out': normals(2, 640), 'v.out': normals(3, 640) };
  const exact = await byEngine(await engines.reference(), 'float64')(document, given);
  const single = await byEngine(await engines.wasm(), 'float32')(document, given);
  for (const [port, { greatest, rootMeanSquare }] of Object.entries(torchErrors)) {
    const errors = Array.from(exact[port] ?? [], (x, i) => Math.abs(x - (single[port]?.[i] ?? 0)));
    const found = Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length);
    expect(Math.max(...errors)).toBeLessThanOrEqual(greatest * 1.001);
    // Sums are added up in another order: some errors are a little larger, others smaller.
    expect(found).toBeLessThanOrEqual(rootMeanSquare * 1.01);
  }
});

describe('log-softmax of scores up to ±50 in float32', () => {
  const document = graph(
    {
      x: { type: 'input', params: { axes: axesOf('b 1, c 4') } },
      t: { type: 'input', params: { axes: axesOf('b 1') } },
      loss: { type: 'cross-entropy' },
      slope: { type: 'gradient' },
    },
    ['x.out > loss.logits', 't.out > loss.target', 'loss.loss > slope.of', 'x.out > slope.by'],
  );
  // Each with −log p of its four classes: Python's decimal with 60 digits.
  const rows: [number[], number[]][] = [
    [
      [50, -50, 0, 49],
      [0.3132616875182228, 100.31326168751822, 50.31326168751822, 1.3132616875182228],
    ],
    [
      [50, 30, -50, 10],
      [2.061153624562735e-9, 20.000000002061153, 100.00000000206116, 40.00000000206116],
    ],
    [
      [-50, -50, -50, -49],
      [1.7436683806286792, 1.7436683806286792, 1.7436683806286792, 0.7436683806286791],
    ],
    [
      [50, 50, -50, 0],
      [Math.LN2, Math.LN2, 100.69314718055995, 50.69314718055995],
    ],
    [
      [0.5, -0.25, 0.125, 0],
      [1.0174696536901549, 1.7674696536901549, 1.3924696536901549, 1.5174696536901549],
    ],
  ];

  it.each(rows)('%j', async (x, expected) => {
    const single = byEngine(await engines.wasm(), 'float32');
    const double = byEngine(await engines.reference(), 'float64');
    for (const [target, loss] of expected.entries()) {
      const given = { 'x.out': x, 't.out': [target] };
      const [values, exact] = [await single(document, given), await double(document, given)];
      expect(Math.abs((values['loss.loss']?.[0] ?? 0) / loss - 1)).toBeLessThan(1e-6);
      expect(Math.abs((exact['loss.loss']?.[0] ?? 0) / loss - 1)).toBeLessThan(1e-14);
      for (let i = 0; i < x.length; i++) {
        const difference = (values['slope.out']?.[i] ?? 0) - (exact['slope.out']?.[i] ?? 0);
        expect(Math.abs(difference)).toBeLessThan(1e-6);
      }
    }
  });
});

it('0 · log 0 is 0 in a cross-entropy with probabilities', async () => {
  const document = graph(
    {
      x: { type: 'input', params: { axes: axesOf('b 1, c 3') } },
      t: { type: 'input', params: { axes: axesOf('b 1, c 3') } },
      loss: { type: 'cross-entropy' },
      slope: { type: 'gradient' },
    },
    ['x.out > loss.logits', 't.out > loss.target', 'loss.loss > slope.of', 'x.out > slope.by'],
  );
  for (const name of ['reference', 'wasm'] as const) {
    const compute = byEngine(await engines[name](), 'float64');
    const values = await compute(document, { 'x.out': [0, 0, -Infinity], 't.out': [0.5, 0.5, 0] });
    expect(values['loss.loss']?.[0]).toBeCloseTo(Math.LN2, 15);
    expect(Array.from(values['slope.out'] ?? [])).toEqual([0, 0, 0]);
    // A class that cannot be and yet was: log 0 is −∞.
    const impossible = await compute(document, { 'x.out': [0, 0, -Infinity], 't.out': [0.5, 0, 0.5] });
    expect(impossible['loss.loss']?.[0]).toBe(Infinity);
  }
});
