/**
 * The kind: a document with several data-set nodes. Two sets that share a batch symbol were evaluated with the
 * rows of whichever node came last, some rows counted twice; two nodes of one set were shuffled apart, so that
 * inputs met the labels of other rows.
 *
 * Also found: inputs and labels from two files of the document; one set that holds nothing back kept all others
 * from being evaluated; a metric that puts unequal numbers of held-back rows side by side has no right value.
 */
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { check } from '../../src/compiler/index.ts';
import type { DataSource } from '../../src/datasets/index.ts';
import { graph } from '../support/graphs.ts';
import { errorsOf, faultGraph, metricsOf } from '../support/train.ts';

describe('two sets under one batch symbol', () => {
  it.each(['two-datasets-moons-first', 'two-datasets-line-first'])(
    '%s: each is evaluated on its own rows',
    async (name) => {
      // Rate 0: the first values, over 80 rows of the moons and 30 of the line, as each graph alone gives them.
      const metrics = await metricsOf(faultGraph(name), { steps: 1 });
      expect(metrics.testLoss).toBeCloseTo(0.6384149, 6);
      expect(metrics.testAccuracy).toBe(0.6875);
      expect(metrics['testLoss:l2']).toBeCloseTo(3.2987504, 6);
    },
  );

  it('one that holds nothing back is not evaluated, the other is', async () => {
    const document = faultGraph('two-datasets-line-first');
    const line = { ...document.nodes.line!, params: { ...document.nodes.line!.params, test: 0 } };
    const metrics = await metricsOf({ ...document, nodes: { ...document.nodes, line } }, { steps: 1 });
    expect(metrics.testLoss).toBeCloseTo(0.6384149, 6);
    expect(Object.keys(metrics)).not.toContain('testLoss:l2');
  });

  it('a metric of rows of both is told, and left out', async () => {
    const document = graph(
      {
        a: { type: 'dataset', params: { data: 'line', options: { samples: 40 } } },
        b: { type: 'dataset', params: { data: 'line', options: { samples: 60, seed: 2 } } },
        w: { type: 'linear', params: { units: 1, name: 'o' } },
        both: { type: 'mse' },
        sgd: { type: 'sgd' },
      },
      ['a.x > w.x', 'w.y > both.prediction', 'b.y > both.target', 'both.loss > sgd.loss'],
      { B: 8 },
    );
    expect(check(document).diagnostics.map(({ code, message }) => [code, message.en])).toEqual([
      [
        'held-back-uneven',
        'Mean squared error “both” is not evaluated: it needs 8 held-back rows of Data set “a” and 12 of Data set “b” under one batch size B.',
      ],
    ]);
    expect(Object.keys(await metricsOf(document, { steps: 2 }))).toEqual(['loss']);
    // With symbols of their own there is nothing to pair.
    const apart = graph(
      {
        a: { type: 'dataset', params: { data: 'line', options: { samples: 40 } } },
        b: { type: 'dataset', params: { data: 'line', batch: 'C', options: { samples: 60, seed: 2 } } },
        sa: { type: 'contract', params: { expression: 'bf->f' } },
        sb: { type: 'contract', params: { expression: 'bf->f' } },
        w: { type: 'linear', params: { units: 1, name: 'f' } },
        loss: { type: 'mse' },
        sgd: { type: 'sgd' },
      },
      [
        'a.x > sa.a',
        'b.x > sb.a',
        'sa.out > w.x',
        'w.y > loss.prediction',
        'sb.out > loss.target',
        'loss.loss > sgd.loss',
      ],
      { B: 8, C: 4 },
    );
    expect(errorsOf(apart)).toEqual([]);
    await expect(metricsOf(apart, { steps: 1 })).resolves.toHaveProperty('testLoss');
  });
});

describe('two nodes of one set', () => {
  it('take the same rows in each step', async () => {
    const two = faultGraph('inputs-and-labels-from-two-nodes');
    const edges = Object.values(two.edges).map(
      ({ from, to }, i) =>
        [`e${i}`, { from: { ...from, node: from.node === 'dy' ? 'dx' : from.node }, to }] as const,
    );
    const { dy: _, ...nodes } = two.nodes;
    const one: GraphDocument = { ...two, nodes, edges: Object.fromEntries(edges) };
    const [a, b] = [await metricsOf(two, { steps: 60 }), await metricsOf(one, { steps: 60 })];
    expect(a).toEqual(b);
    // As with one node: loss .024, accuracy 1, test accuracy .975 after 300 steps. Labels of other rows: loss .70.
    expect((await metricsOf(two, { steps: 300 })).testAccuracy).toBeCloseTo(0.975, 9);
  });

  it('are told where they are split otherwise: their rows cannot belong together', () => {
    const two = faultGraph('inputs-and-labels-from-two-nodes');
    const dy = { ...two.nodes.dy!, params: { ...two.nodes.dy!.params, splitSeed: 2 } };
    const [told] = check({ ...two, nodes: { ...two.nodes, dy } }).diagnostics;
    expect(told?.code).toBe('rows-apart');
    expect(told?.fixes?.[0]?.edits).toEqual([{ edit: 'setParam', node: 'dy', key: 'splitSeed', value: 1 }]);
  });

  it('so do two files of as many rows', async () => {
    const rows = 20;
    const own = (name: string) => ({
      sha256: name.repeat(64),
      rows,
      columns: { c: { shape: [1], axes: ['f'] } },
      source: { kind: 'file' },
    });
    const document: GraphDocument = {
      ...graph(
        {
          inputs: { type: 'dataset', params: { data: 'inputs' } },
          labels: { type: 'dataset', params: { data: 'labels' } },
          loss: { type: 'mse' },
          zero: { type: 'parameter', params: { axes: [{ name: 'f', size: 1 }], init: 'zeros' } },
          sum: { type: 'add' },
          sgd: { type: 'sgd', params: { rate: 0 } },
        },
        [
          'inputs.c > sum.a',
          'zero.out > sum.b',
          'sum.out > loss.prediction',
          'labels.c > loss.target',
          'loss.loss > sgd.loss',
        ],
        { B: 4 },
      ),
      data: { inputs: own('a'), labels: own('b') },
    };
    const data: DataSource = {
      resolve: async ({ own: header }) => ({
        columns: { c: Float32Array.from({ length: rows }, (_, i) => i) },
        sha256: header?.sha256 ?? '',
      }),
    };
    // The label of a row is its input, so that any row beside its own is a loss of 0.
    expect(await metricsOf(document, { steps: 12, data })).toEqual({ loss: 0, testLoss: 0 });
  });
});
