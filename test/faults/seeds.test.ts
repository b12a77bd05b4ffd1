/**
 * The kind: seeds. Two tensors that are filled at random held the same numbers, since each stood at seed 1 and
 * took no part in the seed of the run, so that a difference of two was 0 and another seed changed nothing. A
 * node without a seed of its own now has numbers of its own, which follow the run's seed.
 *
 * Also found: the same in two uses of a block and in each iteration of a repeat; a checkpoint goes on with
 * the numbers of its seed. Older documents have `seed: 1` written out and compute what they did.
 */
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { compile } from '../../src/compiler/index.ts';
import { readDocument } from '../../src/compiler/read-document.ts';
import { engines } from '../../src/numeric/index.ts';
import { evaluateOnce } from '../../src/runtime/index.ts';
import { graph } from '../support/graphs.ts';
import { metricsOf } from '../support/train.ts';

const axes = [{ name: 'i', size: 4 }];
const tensor = (params: object = {}) => ({ type: 'tensor', params: { axes, fill: 'normal', ...params } });

async function valuesOf(document: GraphDocument, seed?: number, dtype: 'float32' | 'float64' = 'float64') {
  const { value } = compile(document, { expose: 'all', dtype });
  const engine = await (dtype === 'float64' ? engines.reference() : engines.wasm());
  const { value: values, diagnostics } = await evaluateOnce(
    value!,
    engine,
    seed === undefined ? {} : { seed },
  );
  expect(diagnostics).toEqual([]);
  return (port: string) => values?.[port]?.data ?? [];
}

describe('tensors filled at random', () => {
  const two = graph({
    a: tensor(),
    b: tensor(),
    c: tensor({ fill: 'uniform' }),
    s: tensor({ seed: 5 }),
    t: tensor({ seed: 5 }),
  });

  it('differ from each other, and from one seed of the run to another', async () => {
    const [one, again, other] = [await valuesOf(two), await valuesOf(two, 1), await valuesOf(two, 2)];
    expect(new Set([...one('a.out'), ...one('b.out'), ...one('c.out')]).size).toBe(12);
    for (const port of ['a.out', 'b.out', 'c.out']) {
      expect(one(port)).toEqual(again(port));
      expect(one(port)).not.toEqual(other(port));
    }
    for (const x of one('c.out')) expect(Math.abs(x)).toBeLessThan(1);
  });

  it('keep a seed that is written, whatever the run has', async () => {
    const [one, other] = [await valuesOf(two), await valuesOf(two, 2)];
    expect(one('s.out')).toEqual(one('t.out'));
    expect(one('s.out')).toEqual(other('s.out'));
  });

  it('have the numbers of the document’s seed where nobody gives another, and the same on every engine', async () => {
    const [asked, written] = [await valuesOf(two, 9), await valuesOf({ ...two, run: { seed: 9 } })];
    expect(written('a.out')).toEqual(asked('a.out'));
    const single = await valuesOf(two, 9, 'float32');
    expect(single('a.out')).toEqual(asked('a.out').map(Math.fround));
  });

  it('differ in the uses of a block, and in each iteration of a repeat', async () => {
    const port = (type: string) => ({ type, params: {} });
    const use = (repeat?: number) => ({
      type: 'block',
      params: { block: 'noisy', ...(repeat && { repeat }) },
    });
    const inner = graph({ x: port('block-input'), t: tensor(), sum: port('add'), y: port('block-output') }, [
      'x.out > sum.a',
      't.out > sum.b',
      'sum.out > y.x',
    ]);
    const document: GraphDocument = {
      ...graph({ zero: { type: 'tensor', params: { axes } }, one: use(), two: use(), many: use(3) }, [
        'zero.out > one.x',
        'zero.out > two.x',
        'zero.out > many.x',
      ]),
      blocks: {
        noisy: { dims: {}, numbers: {}, layout: { nodes: {} }, nodes: inner.nodes, edges: inner.edges },
      },
    };
    const value = await valuesOf(document);
    const drawn = ['one/t.out', 'two/t.out', 'many/0/t.out', 'many/1/t.out', 'many/2/t.out'].flatMap(
      (name) => [...value(name)],
    );
    expect(drawn.length).toBe(20);
    expect(new Set(drawn).size).toBe(20);
  });

  it('stand still through a run', async () => {
    const document = graph(
      {
        a: tensor(),
        b: tensor(),
        loss: { type: 'mse' },
        w: { type: 'parameter' },
        sum: { type: 'add' },
        sgd: { type: 'sgd', params: { rate: 0 } },
      },
      [
        'a.out > sum.a',
        'w.out > sum.b',
        'sum.out > loss.prediction',
        'b.out > loss.target',
        'loss.loss > sgd.loss',
      ],
    );
    const [short, long, other] = [
      await metricsOf(document, { steps: 1 }),
      await metricsOf(document, { steps: 5 }),
      await metricsOf(document, { steps: 5, seed: 2 }),
    ];
    expect(short).toEqual(long);
    expect(other).not.toEqual(long);
  });
});

it('a document of version 2 computes what it did', async () => {
  const old = { format: 'tensorloom', version: 2, name: 'old', nodes: { a: tensor(), b: tensor() } };
  const value = await valuesOf(readDocument(JSON.stringify(old)).value!, 3);
  // Every tensor was filled from seed 1.
  expect(value('a.out')).toEqual(value('b.out'));
  expect(value('a.out')).toEqual((await valuesOf(graph({ a: tensor({ seed: 1 }) })))('a.out'));
});
