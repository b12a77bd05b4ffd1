/** Drawn functions that nodes evaluate at other points: in blocks and repeats, with random draws, on every engine. */
import { describe, expect, it } from 'vitest';
import { check } from '../../src/compiler/index.ts';
import { graph } from '../support/graphs.ts';
import { runners } from '../support/runners.ts';

const axes = [{ name: 'i', size: 2 }];
const given = (values: readonly number[]) => ({
  type: 'parameter',
  params: { axes, init: 'values', values },
});
const decay = { type: 'scale', params: { factor: -1 } };
const port = (type: string) => ({ type });
/** x (1 − h)ⁿ by Euler's method. */
const flow = { type: 'integrate', params: { method: 'euler', h: 0.5, steps: 2 } };

/** A use of a block of such nodes beside a start x and a field −x, which come in from outside. */
function inBlock(repeat: number, nodes: Parameters<typeof graph>[0], wires: readonly string[]) {
  const inner = graph(
    {
      c: port('block-input'),
      x: port('block-input'),
      field: port('block-input'),
      sum: { type: 'add' },
      out: port('block-output'),
      ...nodes,
    },
    ['c.out > sum.a', 'sum.out > out.x', ...wires],
  );
  const outer = graph(
    {
      x: given([1, -2]),
      zero: given([10, 20]),
      force: decay,
      use: { type: 'block', params: { block: 'b', repeat } },
      seen: { type: 'probe' },
    },
    ['zero.out > use.c', 'x.out > use.x', 'x.out > force.x', 'force.out > use.field', 'use.out > seen.x'],
  );
  const { nodes: own, edges, dims, layout } = inner;
  return { ...outer, blocks: { b: { nodes: own, edges, dims, layout, numbers: {} } } };
}

const noise = { type: 'noise', params: { axes } };
const constantOf = { type: 'add' };

describe.each(runners)('functions on $name', ({ run, tolerance }) => {
  const digits = tolerance < 1e-9 ? 10 : 4;
  const close = (actual: ArrayLike<number> | undefined, expected: readonly number[]) => {
    expect(actual?.length).toBe(expected.length);
    for (const [i, value] of expected.entries()) expect(actual?.[i]).toBeCloseTo(value, digits);
  };

  it.each([1, 3])('come into a block that repeats %s times, with what they depend on', async (repeat) => {
    const flows = inBlock(repeat, { flow }, [
      'field.out > flow.field',
      'x.out > flow.state',
      'flow.last > sum.b',
    ]);
    expect(check(flows).diagnostics).toEqual([]);
    // Each iteration adds x / 4.
    close((await run(flows))['seen.x'], [10 + 0.25 * repeat, 20 - 0.5 * repeat]);
  });

  it.each([1, 3])('are differentiated in a block that repeats %s times', async (repeat) => {
    const total = { type: 'contract', params: { expression: 'i,i->' } };
    const slopes = inBlock(repeat, { total, slope: { type: 'gradient' } }, [
      'field.out > total.a',
      'field.out > total.b',
      'total.out > slope.of',
      'x.out > slope.by',
      'slope.out > sum.b',
    ]);
    expect(check(slopes).diagnostics).toEqual([]);
    // ∂(x·x)/∂x = 2x
    close((await run(slopes))['seen.x'], [10 + 2 * repeat, 20 - 4 * repeat]);
  });

  it('have one random draw at every point', async () => {
    const document = graph(
      { x: given([1, -2]), noise, field: constantOf, zero: { type: 'scale', params: { factor: 0 } }, flow },
      [
        'noise.out > field.a',
        'x.out > zero.x',
        'zero.out > field.b',
        'field.out > flow.field',
        'x.out > flow.state',
      ],
    );
    const values = await run(document);
    const drawn = values['noise.out'] as ArrayLike<number>;
    expect(drawn[0]).not.toBe(0);
    close(values['flow.last'], [1 + (drawn[0] as number), -2 + (drawn[1] as number)]);
  });

  it('are followed by all parameters where no variable is wired', async () => {
    // ½ pᵀAp + pᵀBq + ½ qᵀCq: numpy.linalg.eigvalsh([[A, B], [Bᵀ, C]])
    const matrix = (rows: string, columns: string, values: readonly number[]) => ({
      type: 'tensor',
      params: {
        axes: [rows, columns].map((name) => ({ name, size: name === 'i' || name === 'j' ? 2 : 3 })),
        fill: 'values',
        values,
      },
    });
    const vector = (name: string, size: number) => ({
      type: 'parameter',
      params: { axes: [{ name, size }], init: 'ones' },
    });
    const form = (expression: string) => ({ type: 'contract', params: { expression } });
    const document = graph(
      {
        p: vector('i', 2),
        q: vector('k', 3),
        A: matrix('i', 'j', [2.0, 0.5, 0.5, 1.0]),
        B: matrix('i', 'k', [1.0, 0.0, -1.0, 0.5, 2.0, 0.0]),
        C: matrix('k', 'l', [1.0, 0.0, 0.25, 0.0, 3.0, 0.0, 0.25, 0.0, -2.0]),
        pp: form('i,ij,j->'),
        qq: form('k,kl,l->'),
        both: { type: 'add' },
        half: { type: 'scale', params: { factor: 0.5 } },
        pq: form('i,ik,k->'),
        f: { type: 'add' },
        largest: { type: 'lambda-max', params: { steps: 200 } },
        smallest: { type: 'lambda-min', params: { steps: 200 } },
      },
      [
        'p.out > pp.a',
        'A.out > pp.b',
        'p.out > pp.c',
        'q.out > qq.a',
        'C.out > qq.b',
        'q.out > qq.c',
        'pp.out > both.a',
        'qq.out > both.b',
        'both.out > half.x',
        'p.out > pq.a',
        'B.out > pq.b',
        'q.out > pq.c',
        'half.out > f.a',
        'pq.out > f.b',
        'f.out > largest.of',
        'f.out > smallest.of',
      ],
    );
    const values = await run(document);
    close(values['largest.value'], [4.321959708985994]);
    close(values['smallest.value'], [-2.308886060458124]);
  });
});
