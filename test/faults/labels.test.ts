/**
 * Class numbers and numbers of rows that are none: labels counted from 1, −100, 255 or 0.5 in a cross-entropy, an
 * accuracy, a one-hot or an embedding. They were taken without a word: such a row pushed every class down, counted as
 * wrong, or took its nearest row. Also found: labels behind a Flatten or a Rearrange or inside a block, a filled
 * tensor (0, 1, 2, … for two classes), NaN scores that an accuracy took for a class, and the same as Parameters and
 * stand-ins of Inputs. What stands in the document is told by `check`; any other label stops the run.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { parseGraph } from '../../graph-schema/parse.ts';
import { check, compile } from '../../src/compiler/index.ts';
import { edited } from '../../src/document/apply-edits.ts';
import { engines } from '../../src/numeric/index.ts';
import { run } from '../../src/runtime/index.ts';
import { axesOf } from '../support/example-graph.ts';
import { graph } from '../support/graphs.ts';
import { byEngine } from '../support/run-graph.ts';

const read = (name: string) => {
  const { value } = parseGraph(readFileSync(new URL(`graphs/${name}.graph.json`, import.meta.url), 'utf8'));
  if (!value) throw new Error(`${name} cannot be read`);
  return value;
};
const told = (document: Parameters<typeof check>[0]) =>
  check(document).diagnostics.map(({ code, severity, node, port, message }) => ({
    ...{ code, severity, at: `${node}.${port}` },
    says: message.en,
  }));

describe('labels that stand in the document', () => {
  it('counted from 1', () => {
    const says = '“target” takes whole numbers from 0 to 2; among its numbers are 3.';
    expect(told(read('class-labels-from-1'))).toEqual([
      { code: 'no-such-index', severity: 'error', at: 'a.target', says },
      { code: 'no-such-index', severity: 'error', at: 'l.target', says },
    ]);
  });

  it('that are to be ignored, before it is said and after', async () => {
    const document = read('label-minus-100');
    expect(told(document)).toMatchObject([{ code: 'no-such-index', at: 'l.target' }]);
    const ignoring = edited(document, [{ edit: 'setParam', node: 'l', key: 'ignored', value: -100 }]);
    expect(told(ignoring)).toEqual([]);
    // torch.nn.functional.cross_entropy(x, torch.tensor([-100, 1]))
    for (const name of ['reference', 'wasm'] as const) {
      const values = await byEngine(await engines[name](), 'float64')(ignoring);
      expect(values['l.loss']?.[0]).toBeCloseTo(0.02474489013882259, 14);
    }
  });

  it('that are no rows of a table', () => {
    expect(told(read('embedding-out-of-range'))).toMatchObject([
      {
        code: 'no-such-index',
        at: 'e.x',
        says: expect.stringContaining('0 to 2; among its numbers are -1, 7, 0.5.'),
      },
    ]);
  });

  it.each([-1, -100, 255, 0.5, 3])('%f, however they come to the loss', (label) => {
    const written = (axes: string, values: number[]) => ({
      type: 'tensor',
      params: { axes: axesOf(axes), fill: 'values', values },
    });
    const scores = { type: 'tensor', params: { axes: axesOf('b 2, c 3') } };
    const loss = (nodes: Parameters<typeof graph>[0], ...wires: string[]) =>
      graph({ scores, loss: { type: 'cross-entropy' }, ...nodes }, ['scores.out > loss.logits', ...wires]);
    const column = { type: 'rearrange', params: { pattern: 'one b -> (one b)' } };
    const given = { axes: axesOf('b 2'), values: [0, label] };
    const documents = [
      loss({ t: written('b 2', [0, label]) }, 't.out > loss.target'),
      loss({ t: written('one 1, b 2', [0, label]), column }, 't.out > column.x', 'column.y > loss.target'),
      loss({ t: { type: 'input', params: given } }, 't.out > loss.target'),
      loss({ t: { type: 'parameter', params: { ...given, init: 'values' } } }, 't.out > loss.target'),
    ];
    for (const document of documents)
      expect(told(document).filter((d) => d.severity === 'error')).toMatchObject([
        {
          code: 'no-such-index',
          severity: 'error',
          at: 'loss.target',
          says: expect.stringContaining(`${label}`),
        },
      ]);
  });

  it('0, 1, 2, … for too few classes, and a one-hot of no class', () => {
    const document = graph(
      {
        t: { type: 'tensor', params: { axes: axesOf('b 4'), fill: 'range' } },
        scores: { type: 'tensor', params: { axes: axesOf('b 4, c 3') } },
        right: { type: 'accuracy' },
        hot: { type: 'one-hot', params: { classes: 3 } },
        part: { type: 'tensor', params: { axes: axesOf('b 1'), fill: 'values', values: [0.5] } },
        half: { type: 'one-hot', params: { classes: 3 } },
      },
      ['t.out > right.target', 'scores.out > right.logits', 't.out > hot.x', 'part.out > half.x'],
    );
    expect(told(document).map(({ code, severity, at }) => `${severity} ${code} ${at}`)).toEqual([
      'error no-such-index half.x',
      'warning no-such-class hot.x',
      'error no-such-index right.target',
    ]);
  });
});

describe('labels that are computed', () => {
  const document = graph(
    {
      x: { type: 'input', params: { axes: axesOf('b 3, c 3') } },
      t: { type: 'input', params: { axes: axesOf('b 3') } },
      shifted: { type: 'scale', params: { factor: 1 } },
      loss: { type: 'cross-entropy', params: { ignored: 2 } },
      right: { type: 'accuracy', params: { ignored: 2 } },
      hot: { type: 'one-hot', params: { classes: 3 } },
    },
    [
      'x.out > loss.logits',
      'x.out > right.logits',
      't.out > shifted.x',
      ...['loss.target', 'right.target', 'hot.x'].map((port) => `shifted.out > ${port}`),
    ],
  );
  const x = [1, 2, 3, 0, 5, 1, 4, 2, 2];
  const { NaN: nan } = Number;

  it.each(['reference', 'wasm'] as const)('make NaN of what is measured by them, on %s', async (name) => {
    const compute = byEngine(await engines[name](), 'float64');
    const of = async (t: number[], scores = x) => {
      const values = await compute(document, { 'x.out': scores, 't.out': t });
      return [values['loss.loss']?.[0], values['right.accuracy']?.[0]];
    };
    // torch.nn.functional.cross_entropy(x, t, ignore_index=2); of the two rows that count, one is right.
    expect(await of([2, 1, 1])).toEqual([expect.closeTo(1.1321448281803537, 12), 0.5]);
    // No row counts: 0 / 0, as in PyTorch.
    expect(await of([2, 2, 2])).toEqual([nan, nan]);
    for (const label of [3, -1, -100, 0.5, nan, Infinity])
      expect(await of([0, 1, label])).toEqual([nan, nan]);
    expect(await of([0, 1, 1], x.with(4, nan))).toEqual([nan, nan]);
    const { 'hot.y': hot } = await compute(document, { 't.out': [0.5, 7, 1] });
    expect(Array.from(hot ?? [])).toEqual([nan, nan, nan, 0, 0, 0, 0, 1, 0]);
  });

  it('stop a run', async () => {
    const training = graph(
      {
        w: { type: 'parameter', params: { axes: axesOf('b 2, c 3') } },
        t: { type: 'tensor', params: { axes: axesOf('b 2'), fill: 'ones' } },
        shifted: { type: 'scale', params: { factor: 3 } },
        loss: { type: 'cross-entropy' },
        train: { type: 'sgd' },
      },
      ['t.out > shifted.x', 'w.out > loss.logits', 'shifted.out > loss.target', 'loss.loss > train.loss'],
    );
    const { value } = compile(training);
    const events = [];
    for await (const event of run(value!, await engines.wasm(), { steps: 3 })) events.push(event);
    expect(events.at(-1)).toMatchObject({ type: 'failed', step: 0 });
  });
});

describe('labels of a data set', () => {
  const sha256 = '0123456789abcdef'.repeat(4);
  const document: GraphDocument = {
    ...graph(
      {
        table: { type: 'dataset', params: { data: 'points', test: 0.25 } },
        scores: { type: 'linear', params: { units: 3, name: 'c' } },
        loss: { type: 'cross-entropy' },
        sgd: { type: 'sgd' },
      },
      ['table.x > scores.x', 'scores.y > loss.logits', 'table.label > loss.target', 'loss.loss > sgd.loss'],
      { B: 2 },
    ),
    data: {
      points: {
        sha256,
        rows: 4,
        columns: { x: { shape: [2], axes: ['f'] }, label: { shape: [] } },
        source: { kind: 'file', path: 'points.csv' },
      },
    },
  };
  const told = async (labels: number[], ignored?: number) => {
    const params = { ...(ignored !== undefined && { ignored }) };
    const loss = { type: 'cross-entropy', params };
    const { value } = compile({ ...document, nodes: { ...document.nodes, loss } });
    const columns = { x: Float32Array.from([1, 0, 0, 1, 1, 1, 2, 1]), label: Float32Array.from(labels) };
    const data = { resolve: async () => ({ columns, sha256 }) };
    const events = [];
    for await (const event of run(value!, await engines.reference(), { steps: 2, data })) events.push(event);
    const last = events.at(-1);
    return last?.type === 'failed' ? last.diagnostics.map((d) => `${d.node}: ${d.message.en}`) : last?.type;
  };

  it('are looked through before the first step, and the row is named', async () => {
    expect(await told([0, 1, 2, 2])).toBe('finished');
    const says = (row: number, value: string) =>
      `loss: In row ${row} of “table” (counted from 0), “label” is ${value}; “target” takes whole numbers from 0 to 2.`;
    expect(await told([0, 1, 2, 3])).toEqual([says(3, '3')]);
    expect(await told([0, -100, 2, 3])).toEqual([says(1, '-100')]);
    expect(await told([0.5, 1, 2, 0])).toEqual([says(0, '0.5')]);
    expect(await told([0, 1, Number.NaN, 0])).toEqual([says(2, 'NaN')]);
    expect(await told([0, -100, 2, 1], -100)).toBe('finished');
  });
});
