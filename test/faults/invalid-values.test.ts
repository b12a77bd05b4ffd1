/**
 * Values that cannot be – NaN, infinities – and were swallowed on their way, so that a run went on as if nothing were
 * wrong. Known cases: relu(log −1) was 0, and training went on over it. Also found: 0 · NaN was 0 or NaN by how the
 * zero was written (a factor, a filled tensor, written numbers), 0 / x was 0 even for x = 0, −0 + 0 was −0 and 0 − 0
 * was −0, an Embedding took the nearest row for any number, gelu overflowed at half the largest number, and what the
 * derivative of a relu leaves out was multiplied by 0 instead, so that NaN there reached the parameters.
 * test/conformance/special-values.test.ts goes through all nodes.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseGraph } from '../../graph-schema/parse.ts';
import { compile } from '../../src/compiler/index.ts';
import { engines } from '../../src/numeric/index.ts';
import { run } from '../../src/runtime/index.ts';
import { graph } from '../support/graphs.ts';
import { byEngine } from '../support/run-graph.ts';

const read = (name: string) => {
  const file = new URL(`graphs/${name}.graph.json`, import.meta.url);
  const { value } = parseGraph(readFileSync(file, 'utf8'));
  if (!value) throw new Error(`${name} cannot be read`);
  return value;
};
const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const axes = [{ name: 'i', size: 3 }];

describe.each(['reference', 'wasm'] as const)('on %s', (name) => {
  const compute = async (...given: Parameters<ReturnType<typeof byEngine>>) =>
    byEngine(await engines[name](), 'float64')(...given);

  it('relu keeps NaN', async () => {
    // torch.relu(torch.log(torch.tensor([-1., 4., 9.])))
    const values = await compute(read('relu-of-nan'));
    const y = Array.from(values['r.y'] as ArrayLike<number>);
    expect(y[0]).toBeNaN();
    expect(y.slice(1)).toEqual([expect.closeTo(1.3862943611, 9), expect.closeTo(2.1972245773, 9)]);
  });

  it('training over NaN stops, though a relu stands behind it', async () => {
    const { value } = compile(read('training-through-log-of-negative'));
    const events = [];
    for await (const event of run(value!, await engines[name](), { steps: 5 })) events.push(event);
    expect(events.at(-1)).toMatchObject({
      type: 'failed',
      step: 0,
      diagnostics: [{ code: 'not-finite' }],
    });
  });

  it('0 · NaN is NaN however the zero is written', async () => {
    const zeros = { axes, fill: 'zeros' };
    const written = { axes, fill: 'values', values: [0, 0, 0] };
    const document = graph(
      {
        x: { type: 'input', params: { axes } },
        scaled: { type: 'scale', params: { factor: 0 } },
        zeros: { type: 'tensor', params: zeros },
        written: { type: 'tensor', params: written },
        byZeros: { type: 'multiply' },
        byWritten: { type: 'multiply' },
        dotZeros: { type: 'contract', params: { expression: 'i,i->' } },
        dotWritten: { type: 'contract', params: { expression: 'i,i->' } },
        outer: { type: 'contract', params: { expression: 'i,j->ij' } },
      },
      [
        'x.out > scaled.x',
        ...['byZeros', 'byWritten', 'dotZeros', 'dotWritten'].flatMap((node) => [
          `x.out > ${node}.a`,
          `${node.endsWith('Zeros') ? 'zeros' : 'written'}.out > ${node}.b`,
        ]),
        'x.out > outer.a',
        'zeros.out > outer.b',
      ],
    );
    const values = await compute(document, { 'x.out': [nan, inf, 2] });
    for (const port of ['scaled.out', 'byZeros.out', 'byWritten.out'])
      expect(Array.from(values[port]!)).toEqual([nan, nan, 0]);
    for (const port of ['dotZeros.out', 'dotWritten.out']) expect(Array.from(values[port]!)).toEqual([nan]);
    expect(Array.from(values['outer.out']!)).toEqual([nan, nan, nan, nan, nan, nan, 0, 0, 0]);
  });

  it('a delta ties indices and multiplies nothing; an identity matrix is numbers', async () => {
    const square = [
      { name: 'i', size: 2 },
      { name: 'j', size: 2 },
    ];
    const document = graph(
      {
        x: { type: 'input', params: { axes: square } },
        delta: { type: 'delta', params: { axes: ['i', 'j'], size: 2 } },
        identity: { type: 'tensor', params: { axes: square, fill: 'identity' } },
        tied: { type: 'contract', params: { expression: 'ij,ij->' } },
        multiplied: { type: 'contract', params: { expression: 'ij,ij->' } },
      },
      ['x.out > tied.a', 'delta.out > tied.b', 'x.out > multiplied.a', 'identity.out > multiplied.b'],
    );
    const values = await compute(document, { 'x.out': [1, nan, 3, 4] });
    expect(Array.from(values['tied.out']!)).toEqual([5]);
    expect(Array.from(values['multiplied.out']!)).toEqual([nan]);
  });

  it('a number that is no row of a table gives NaN', async () => {
    const document = graph(
      {
        x: { type: 'input', params: { axes: [{ name: 'i', size: 6 }] } },
        e: { type: 'embedding', params: { count: 3, units: 1 } },
      },
      ['x.out > e.x'],
    );
    const given = { 'x.out': [-1, 7, 2, 0.5, nan, -0], 'e.weight': [5, 6, 7] };
    expect(Array.from((await compute(document, given))['e.y']!)).toEqual([nan, nan, 7, nan, nan, 5]);
  });

  it('masked attention sees nothing later, however low its scores are', async () => {
    // Equal scores of −9e10: place t takes the mean of v[0 … t].
    const values = await compute(read('causal-scores-far-below'));
    expect(Array.from(values['a.y']!)).toEqual([1, 1.5, 2]);
  });
});
