/**
 * The kind: an evaluation takes all held-back rows at once, so the symbol of the batch is another number there
 * than in training. Whatever was learned, cut or divided by the batch ended in `internal:` at the first
 * evaluation, though the check had found nothing. Such a graph is now right under both numbers, or told.
 *
 * Also found: parameters with an axis of the batch, convolutions, recurrences and embeddings across it; slices
 * that leave nothing; heads and patterns that divide one of the two numbers only; a batch that other sizes fix
 * (a free dimension, a block's size in its place), by which rows were left out or counted twice; state of an
 * evaluation that overwrote that of training; metrics that need no data; a batch cut at 24 rows or more that met the
 * whole batch, since sizes were compared by trying 1 to 24 in place of each symbol.
 */
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { check } from '../../src/compiler/index.ts';
import { graph } from '../support/graphs.ts';
import { errorsOf, faultGraph, metricsOf } from '../support/train.ts';

type Nodes = Parameters<typeof graph>[0];

/** Iris in batches of 64, 30 of 150 rows held back, through some nodes that begin at `x` and end at `end`. */
const iris = (
  nodes: Nodes,
  wires: readonly string[],
  end: string,
  more: { test?: number; B?: number } = {},
) =>
  graph(
    {
      data: {
        type: 'dataset',
        params: { data: 'iris', ...(more.test !== undefined && { test: more.test }) },
      },
      ...nodes,
      flat: { type: 'contract', params: { expression: '...->' } },
      loss: { type: 'mse' },
      last: { type: 'parameter' },
      sgd: { type: 'sgd', params: { rate: 0.001 } },
    },
    [
      ...wires,
      `${end} > flat.a`,
      'flat.out > loss.prediction',
      'last.out > loss.target',
      'loss.loss > sgd.loss',
    ],
    { B: more.B ?? 64 },
  );

const messageOf = (document: GraphDocument): string =>
  check(document).diagnostics.find(({ code }) => code === 'learned-by-batch')?.message.en ?? '';

describe('what is learned by the batch', () => {
  it('is told with both sizes', () => {
    const width = faultGraph('batch-symbol-as-width');
    expect(errorsOf(width)).toEqual(['learned-by-batch']);
    expect(messageOf(width)).toBe(
      'Linear “h” learns numbers along h, whose size B follows the batch: 32 in training (B = 32), 80 when the 80 held-back rows of Data set “d” are evaluated. What is learned must keep its shape.',
    );
    const norm = faultGraph('norm-over-batch');
    expect(errorsOf(norm)).toEqual(['learned-by-batch']);
    expect(messageOf(norm)).toContain('16 in training (B = 16), 30 when the 30 held-back rows');
  });

  it('is a layer like others once its number is written: the values of a graph with 32 units', async () => {
    const width = faultGraph('batch-symbol-as-width');
    const [told] = check(width).diagnostics;
    const [fix] = told?.fixes ?? [];
    expect(fix?.edits).toEqual([{ edit: 'setParam', node: 'h', key: 'units', value: 32 }]);
    const nodes = { ...width.nodes, h: { ...width.nodes.h!, params: { units: 32, name: 'h' } } };
    // 300 steps of the same graph with units 32, as an independent run of it has given: test loss .083, accuracy .9875.
    const { loss, testLoss } = await metricsOf({ ...width, nodes }, { steps: 300 });
    expect(loss).toBeCloseTo(0.029, 3);
    expect(testLoss).toBeCloseTo(0.083, 3);
  });

  it.each<[string, Nodes, readonly string[], string]>([
    [
      'a linear layer across it',
      { t: { type: 'rearrange', params: { pattern: 'batch f -> f batch' } }, l: { type: 'linear' } },
      ['data.x > t.x', 't.y > l.x'],
      'l.y',
    ],
    ['a linear layer on labels', { l: { type: 'linear' } }, ['data.y > l.x'], 'l.y'],
    [
      'a multiple of it as units',
      { l: { type: 'linear', params: { units: '2*B + 1' } } },
      ['data.x > l.x'],
      'l.y',
    ],
    [
      'a parameter that is added to it',
      {
        p: {
          type: 'parameter',
          params: {
            axes: [
              { name: 'batch', size: 'B' },
              { name: 'f', size: 4 },
            ],
          },
        },
        s: { type: 'add' },
      },
      ['data.x > s.a', 'p.out > s.b'],
      's.out',
    ],
    ['units of an embedding', { e: { type: 'embedding', params: { units: 'B' } } }, ['data.y > e.x'], 'e.y'],
    [
      'channels of a convolution',
      {
        t: { type: 'rearrange', params: { pattern: 'batch f -> batch f' } },
        c: { type: 'conv1d', params: { channels: 2, kernel: 2 } },
      },
      ['data.x > t.x', 't.y > c.x'],
      'c.y',
    ],
    ['units of a recurrence', { r: { type: 'recurrent', params: { units: 'B' } } }, ['data.x > r.x'], 'r.y'],
    [
      'inputs of a recurrence',
      { t: { type: 'rearrange', params: { pattern: 'batch f -> f batch' } }, r: { type: 'recurrent' } },
      ['data.x > t.x', 't.y > r.x'],
      'r.y',
    ],
    [
      'a scale and a shift over it',
      { n: { type: 'layer-norm', params: { axes: ['batch', 'f'] } } },
      ['data.x > n.x'],
      'n.y',
    ],
  ])('%s', async (_, nodes, wires, end) => {
    expect(errorsOf(iris(nodes, wires, end))).toContain('learned-by-batch');
    // Right where both are one number, or where nothing is held back.
    expect(errorsOf(iris(nodes, wires, end, { B: 30 }))).toEqual([]);
    await expect(metricsOf(iris(nodes, wires, end, { B: 30 }), { steps: 2 })).resolves.toHaveProperty(
      'testLoss',
    );
    await expect(metricsOf(iris(nodes, wires, end, { test: 0 }), { steps: 2 })).resolves.not.toHaveProperty(
      'testLoss',
    );
  });

  it('is no matter where nothing is evaluated', async () => {
    await expect(metricsOf(faultGraph('label-into-linear'), { steps: 2 })).resolves.toHaveProperty('loss');
    // Where nothing is trained, the graph is computed as it stands.
    const { nodes: all, edges, ...rest } = faultGraph('norm-over-batch');
    const { s: _, ...untrained } = all;
    const wires = Object.entries(edges).filter(([, { to }]) => to.node !== 's');
    expect(errorsOf({ ...rest, nodes: untrained, edges: Object.fromEntries(wires) })).toEqual([]);
    // Beside the metric: a probe looks at the training batch alone.
    const nodes: Nodes = {
      l: { type: 'linear', params: { units: 2 } },
      n: { type: 'layer-norm', params: { axes: ['batch'] } },
      p: { type: 'probe' },
    };
    const document = iris(nodes, ['data.x > l.x', 'data.x > n.x', 'n.y > p.x'], 'l.y');
    expect(errorsOf(document)).toEqual([]);
    await expect(metricsOf(document, { steps: 2 })).resolves.toHaveProperty('testLoss');
  });
});

describe('sizes of the batch', () => {
  it.each<[string, Nodes, readonly string[], string, string]>([
    [
      'a slice that leaves nothing',
      { s: { type: 'slice', params: { axis: 'batch', start: 30 } } },
      ['data.x > s.x'],
      's.y',
      'held-back-size',
    ],
    [
      'a window wider than the rows',
      {
        t: { type: 'rearrange', params: { pattern: 'batch f -> f batch' } },
        c: { type: 'conv1d', params: { channels: 2, kernel: 40 } },
      },
      ['data.x > t.x', 't.y > c.x'],
      'c.y',
      'held-back-size',
    ],
    [
      'heads that do not divide it',
      {
        t: { type: 'rearrange', params: { pattern: 'batch f -> f batch' } },
        a: { type: 'attention', params: { heads: 4 } },
      },
      ['data.x > t.x', 't.y > a.q', 't.y > a.k', 't.y > a.v'],
      'a.y',
      'held-back-conflict',
    ],
  ])('%s in the evaluation alone', async (_, nodes, wires, end, code) => {
    expect(errorsOf(iris(nodes, wires, end))).toContain(code);
    expect(errorsOf(iris(nodes, wires, end, { test: 0 }))).toEqual([]);
    await expect(metricsOf(iris(nodes, wires, end, { test: 0.5333 }), { steps: 2 })).resolves.toHaveProperty(
      'testLoss',
    );
  });

  it('that come out otherwise are no fault', async () => {
    const nodes: Nodes = {
      s: { type: 'slice', params: { axis: 'batch', stop: 8 } },
      p: { type: 'pad', params: { axes: ['batch'] } },
    };
    const document = iris(nodes, ['data.x > s.x', 's.y > p.x'], 'p.y');
    await expect(metricsOf(document, { steps: 2 })).resolves.toHaveProperty('testLoss');
  });

  it.each([[4], [23], [24], [40], [63], [1000]])('cut at %i do not fit those that are not cut', (stop) => {
    const cut: Nodes = { s: { type: 'slice', params: { axis: 'batch', stop } }, a: { type: 'add' } };
    const met = iris(cut, ['data.x > s.x', 's.y > a.a', 'data.x > a.b'], 'a.out');
    expect(errorsOf(met)).toEqual(['size-conflict']);
    const both = iris(cut, ['data.x > s.x', 's.y > a.a', 's.y > a.b'], 'a.out');
    expect(errorsOf(both)).toEqual([]);
  });

  it('that heads do not divide are told where they are that in training', () => {
    expect(errorsOf(faultGraph('heads-do-not-divide-the-batch'))).toEqual(['not-a-multiple']);
  });

  it('that other sizes fix cannot hold the rows that are held back', () => {
    const document = iris(
      {
        t: {
          type: 'tensor',
          params: {
            axes: [
              { name: 'batch', size: 8 },
              { name: 'f', size: 4 },
            ],
          },
        },
        s: { type: 'add' },
      },
      ['data.x > s.a', 't.out > s.b'],
      's.out',
    );
    expect(errorsOf({ ...document, dims: { B: { free: true } } })).toEqual(['held-back-batch']);
  });
});
