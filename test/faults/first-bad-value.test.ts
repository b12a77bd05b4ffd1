/**
 * What first became NaN or infinite was named wrongly: the node of a fused step instead of the one inside it, a value
 * that was finite instead of its derivative, with advice about a learning rate before one was applied, and nothing at
 * all where nothing is trained. Also found: the −∞ of a mask was blamed though softmax makes 0 of it, a value that
 * reaches nothing was blamed before the one that reached the loss, and of a number given from outside the node that
 * reads it. A label that is none is told with its place, from a data set with its row.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { parseGraph } from '../../graph-schema/parse.ts';
import { tensorloom } from '../../src/cli/fake-io.test-support.ts';
import { compile } from '../../src/compiler/index.ts';
import { engines } from '../../src/numeric/index.ts';
import { openModel, run } from '../../src/runtime/index.ts';
import { axesOf } from '../support/example-graph.ts';
import { graph } from '../support/graphs.ts';

const read = (name: string): GraphDocument => {
  const { value } = parseGraph(readFileSync(new URL(`graphs/${name}.graph.json`, import.meta.url), 'utf8'));
  if (!value) throw new Error(`${name} cannot be read`);
  return value;
};

describe.each(['reference', 'wasm'] as const)('on %s', (name) => {
  const told = async (document: GraphDocument, steps = 5) => {
    const { value, diagnostics } = compile(document);
    if (!value) throw new Error(diagnostics.map((d) => d.message.en).join('\n'));
    const events = [];
    for await (const event of run(value, await engines[name](), { steps })) events.push(event);
    const last = events.at(-1);
    return last?.type === 'failed'
      ? [last.step, ...last.diagnostics.flatMap((d) => [d.code, d.node, d.message.en, d.remedy.en])]
      : [];
  };

  it('a logarithm of 0 that was fused with the softmax before it', async () => {
    const [step, code, node, message, remedy] = await told(read('log-of-probability-zero'));
    expect([step, code, node]).toEqual([0, 'not-finite', 'lg']);
    expect(message).toBe('The run stopped at step 0: lg is the first to become −∞.');
    expect(remedy).not.toMatch(/learning rate/);
  });

  it('a logarithm of −1 behind which a relu stands', async () => {
    expect((await told(read('training-through-log-of-negative'))).slice(0, 3)).toEqual([
      0,
      'not-finite',
      'l',
    ]);
  });

  it('the derivative of a root whose value is finite', async () => {
    const [step, code, node, message, remedy] = await told(read('norm-at-zero'));
    expect([step, code, node]).toEqual([0, 'not-finite', 'r']);
    expect(message).toMatch(
      /^The run stopped at step 0: the derivative of r is the first to become (∞|NaN)\.$/,
    );
    expect(remedy).toMatch(/slope is infinite/);
  });

  it('a learning rate that is too high, after steps were taken', async () => {
    const [step, , , , remedy] = await told(
      graph(
        {
          w: { type: 'parameter', params: { axes: axesOf('i 2'), init: 'values', values: [1, 2] } },
          square: { type: 'activation', params: { function: 'square' } },
          sum: { type: 'contract', params: { expression: 'i->' } },
          train: { type: 'sgd', params: { rate: 1e10 } },
        },
        ['w.out > square.x', 'square.y > sum.a', 'sum.out > train.loss'],
      ),
      500,
    );
    expect(step).toBeGreaterThan(0);
    expect(remedy).toMatch(/lower the learning rate/);
  });

  it('not a mask, whose −∞ becomes 0, but the root that follows it', async () => {
    const documents = graph(
      {
        q: { type: 'parameter', params: { axes: axesOf('t 3, d 2') } },
        a: { type: 'attention', params: { causal: true } },
        less: { type: 'scale', params: { factor: 0 } },
        minus: {
          type: 'tensor',
          params: { axes: axesOf('t 3, d 2'), fill: 'values', values: Array(6).fill(-1) },
        },
        sum: { type: 'add' },
        root: { type: 'activation', params: { function: 'sqrt' } },
        total: { type: 'contract', params: { expression: 'td->' } },
        train: { type: 'sgd' },
      },
      [
        ...['q', 'k', 'v'].map((port) => `q.out > a.${port}`),
        ...['a.y > less.x', 'less.out > sum.a', 'minus.out > sum.b', 'sum.out > root.x'],
        ...['root.y > total.a', 'total.out > train.loss'],
      ],
    );
    expect((await told(documents)).slice(0, 3)).toEqual([0, 'not-finite', 'root']);
  });

  it('values without training: NaN and −Infinity, and where they come from', async () => {
    const model = await openModel(read('evaluates-to-nan'), { engine: name });
    const { value, diagnostics } = await model.inspect();
    expect(value?.values['p.x']?.data).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(value?.values['pl.x']?.data).toEqual([-Infinity, -Infinity, -Infinity]);
    // The logarithm comes first in the order of the document.
    expect(diagnostics.map(({ code, node }) => [code, node])).toEqual([['not-finite', expect.any(String)]]);
    const logarithm = await (await openModel(read('log-of-negative'), { engine: name })).inspect();
    expect(logarithm.value?.values['a.y']?.data).toEqual([0, Number.NaN, -Infinity]);
    expect(logarithm.diagnostics).toMatchObject([
      {
        code: 'not-finite',
        node: 'a',
        message: { en: 'In what is computed: a is the first to become NaN.' },
      },
    ]);
  });

  it('a label that is computed, by its place', async () => {
    const document = graph(
      {
        w: { type: 'parameter', params: { axes: axesOf('b 2, c 3') } },
        t: { type: 'tensor', params: { axes: axesOf('b 2'), fill: 'values', values: [1, 2] } },
        twice: { type: 'scale', params: { factor: 2 } },
        loss: { type: 'cross-entropy' },
        train: { type: 'sgd' },
      },
      ['t.out > twice.x', 'w.out > loss.logits', 'twice.out > loss.target', 'loss.loss > train.loss'],
    );
    const says = 'The run stopped at step 0: element [1] is 4; “target” takes whole numbers from 0 to 2.';
    expect((await told(document)).slice(0, 4)).toEqual([0, 'index-out-of-range', 'loss', says]);
  });

  it('a prediction, from a number that is given', async () => {
    const document = graph(
      {
        x: { type: 'input', params: { axes: axesOf('i 2') } },
        rows: { type: 'embedding', params: { count: 3, units: 2 } },
        root: { type: 'activation', params: { function: 'sqrt' } },
        y: { type: 'input', params: { axes: axesOf('i 2') } },
        p: { type: 'probe' },
        q: { type: 'probe' },
      },
      ['x.out > rows.x', 'rows.y > p.x', 'y.out > root.x', 'root.y > q.x'],
    );
    const model = await openModel(document, { engine: name });
    const { value, diagnostics } = await model.predict({
      x: { shape: [2], data: [1, 3] },
      y: { shape: [2], data: [4, 9] },
    });
    expect(Array.from(value?.['q.x']?.data ?? [])).toEqual([2, 3]);
    const says = 'In what is computed: element [1] is 3; “x” takes whole numbers from 0 to 2.';
    expect(diagnostics).toMatchObject([{ code: 'index-out-of-range', node: 'rows', message: { en: says } }]);
    const given = await model.predict({
      x: { shape: [2], data: [1, 2] },
      y: { shape: [2], data: [Number.NaN, 9] },
    });
    expect(given.diagnostics).toMatchObject([{ code: 'not-finite', node: 'y' }]);
  });
});

it('what a Probe shows beside a training that goes well', async () => {
  const document = graph(
    {
      w: { type: 'parameter', params: { axes: axesOf('i 2'), init: 'values', values: [1, 2] } },
      square: { type: 'activation', params: { function: 'square' } },
      sum: { type: 'contract', params: { expression: 'i->' } },
      train: { type: 'sgd' },
      less: { type: 'scale', params: { factor: -1 } },
      beside: { type: 'activation', params: { function: 'log' } },
      p: { type: 'probe' },
    },
    [
      'w.out > square.x',
      'square.y > sum.a',
      'sum.out > train.loss',
      'w.out > less.x',
      'less.out > beside.x',
      'beside.y > p.x',
    ],
  );
  const files = { 'g.json': JSON.stringify(document) };
  const { code, json } = await tensorloom('run g.json --steps 3 --json', { files });
  expect(json()).toMatchObject({
    ok: false,
    steps: 3,
    diagnostics: [{ code: 'not-finite', node: 'beside' }],
  });
  expect(code).toBe(1);
});
