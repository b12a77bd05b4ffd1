import { expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { parseGraph } from '../../graph-schema/parse.ts';
import { serialize } from '../../graph-schema/serialize.ts';
import { graph } from '../../test/support/graphs.ts';
import { check, compile, createChecker } from '../compiler/index.ts';
import type { DataSource } from '../datasets/index.ts';
import { engines } from '../numeric/index.ts';
import type { RunEvent } from './events.ts';
import { run } from './run.ts';

const sha256 = '0123456789abcdef'.repeat(4);
/** Four points on the line y = 2 a − b, as data of the document, and a model that finds it. */
const document: GraphDocument = {
  ...graph(
    {
      table: { type: 'dataset', params: { data: 'points', test: 0 } },
      model: { type: 'linear', params: { units: 1, name: 'y', bias: false } },
      flat: { type: 'contract', params: { expression: 'by->b' } },
      loss: { type: 'mse' },
      sgd: { type: 'sgd', params: { rate: 0.1 } },
    },
    [
      'table.x > model.x',
      'model.y > flat.a',
      'flat.out > loss.prediction',
      'table.target > loss.target',
      'loss.loss > sgd.loss',
    ],
    { B: 4 },
  ),
  data: {
    points: {
      sha256,
      rows: 4,
      columns: { x: { shape: [2], axes: ['f'] }, target: { shape: [] } },
      source: { kind: 'file', path: 'points.csv' },
    },
  },
};
const source = (sum: string): DataSource => ({
  resolve: async ({ own }) => ({
    columns: {
      x: Float32Array.from([1, 0, 0, 1, 1, 1, 2, 1]),
      target: Float32Array.from([2, -1, 1, 3]),
    },
    sha256: own?.source.path === 'points.csv' ? sum : '',
  }),
});

it('data of the document are checked by their header alone', () => {
  const { edges, diagnostics } = check(parseGraph(serialize(document)).value as GraphDocument);
  expect(diagnostics).toEqual([]);
  expect(edges.e1?.axes.map((a) => [a.name, a.size])).toEqual([
    ['batch', 4],
    ['f', 2],
  ]);
});

it('an edit of the header is an edit of what reads it', () => {
  const checker = createChecker();
  checker(document);
  const { points } = document.data as NonNullable<GraphDocument['data']>;
  const wider = {
    ...document,
    data: { points: { ...points, columns: { x: { shape: [3] }, target: { shape: [] } } } },
  } as GraphDocument;
  expect(checker(wider)).toEqual(check(wider));
  expect(checker(wider).edges.e1?.axes[1]?.size).toBe(3);
  const { data: _, ...without } = document;
  expect(checker(without).diagnostics.map((d) => [d.code, d.node])).toContainEqual(['bad-param', 'table']);
});

it('a run reads them from the source that it is given, and refuses others', async () => {
  const { value: compiled } = compile(document, { dtype: 'float64' });
  const events = async (data?: DataSource) => {
    const all: RunEvent[] = [];
    for await (const event of run(compiled!, await engines.wasm(), {
      steps: 400,
      seed: 1,
      ...(data && { data }),
    }))
      all.push(event);
    return all.at(-1);
  };
  const last = await events(source(sha256));
  expect(last).toMatchObject({ type: 'finished' });
  const { checkpoint } = last as Extract<RunEvent, { type: 'finished' }>;
  const weight = [...(checkpoint.tensors.get('model.weight')?.data ?? [])];
  expect(weight[0]).toBeCloseTo(2, 4);
  expect(weight[1]).toBeCloseTo(-1, 4);
  expect(await events(source('f'.repeat(64)))).toMatchObject({
    type: 'failed',
    diagnostics: [{ code: 'data-changed', node: 'table' }],
  });
  expect(await events()).toMatchObject({
    type: 'failed',
    diagnostics: [{ code: 'data-unavailable', node: 'table' }],
  });
});
