import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { graph } from '../../test/support/graphs.ts';
import { compile } from '../compiler/index.ts';
import { engines } from '../numeric/index.ts';
import { type CheckVerdict, openModel, type RunEvent } from './index.ts';

const tensor = (axes: readonly [string, number][], values: readonly number[]) => ({
  type: 'tensor',
  params: { axes: axes.map(([name, size]) => ({ name, size })), fill: 'values', values },
});

const checksOf = async (document: GraphDocument) => {
  const model = await openModel(document, { engine: 'reference' });
  const { value, diagnostics } = await model.inspect({ checks: true });
  expect(diagnostics).toEqual([]);
  return value?.checks;
};

/** x goes down ½ x² from 8 by steps of ½: 8, 4, 2, 1; the check asks for at most 1. */
const descent = (steps: number): GraphDocument => ({
  ...graph(
    {
      x: { type: 'parameter', params: { axes: [], init: 'values', values: [8] } },
      square: { type: 'activation', params: { function: 'square' } },
      half: { type: 'scale', params: { factor: 0.5 } },
      descent: { type: 'sgd', params: { rate: 0.5 } },
      small: { type: 'check', params: { theory: 1, compare: 'at-most', tolerance: 0 } },
    },
    ['x.out > square.x', 'square.y > half.x', 'half.out > descent.loss', 'x.out > small.measured'],
  ),
  run: { steps },
});

async function eventsOf(document: GraphDocument, options = {}): Promise<RunEvent[]> {
  const model = await openModel(document, { engine: 'reference' });
  const events: RunEvent[] = [];
  for await (const event of model.run(options)) events.push(event);
  return events;
}

describe('a run', () => {
  it('tells what is checked in its last state, before it is finished', async () => {
    const events = await eventsOf(descent(3));
    expect(events.slice(-2).map((event) => event.type)).toEqual(['checked', 'finished']);
    expect(events.at(-2)).toEqual({
      type: 'checked',
      step: 3,
      checks: [{ node: 'small', value: 1, theory: 1, residual: 0, tolerance: 0, met: true }],
      diagnostics: [],
    });
    const [checked] = (await eventsOf(descent(2))).filter((event) => event.type === 'checked');
    expect(checked?.checks).toMatchObject([{ value: 2, residual: 1, met: false }]);
  });

  it('tells it with the values, where somebody watches', async () => {
    const shown = (await eventsOf(descent(3), { checks: () => true })).flatMap((event) =>
      event.type === 'values' ? [event.checks?.map(({ value }: CheckVerdict) => value)] : [],
    );
    // The last has an event of its own.
    expect(shown).toEqual([[4], [2]]);
    const silent = await eventsOf(descent(3), { probes: () => ['half.out'] });
    expect(silent.flatMap((event) => (event.type === 'values' ? [event.checks] : []))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('says nothing of checks where there are none', async () => {
    const { nodes, edges, ...rest } = descent(1);
    const { small: _, ...others } = nodes;
    const wires = Object.fromEntries(Object.entries(edges).filter(([, { to }]) => to.node !== 'small'));
    const events = await eventsOf({ ...rest, nodes: others, edges: wires });
    expect(events.map((event) => event.type)).not.toContain('checked');
  });
});

describe('a check', () => {
  it('is measured alone in a graph of nothing else', async () => {
    const only = graph({ a: tensor([], [2]), is: { type: 'check', params: { theory: 2 } } }, [
      'a.out > is.measured',
    ]);
    expect(await checksOf(only)).toMatchObject([{ node: 'is', value: 2, theory: 2, met: true }]);
  });

  it('is not met by NaN', async () => {
    const root = graph(
      {
        a: tensor([], [-1]),
        root: { type: 'activation', params: { function: 'sqrt' } },
        is: { type: 'check', params: { theory: 0, compare: 'at-most', tolerance: 1 } },
      },
      ['a.out > root.x', 'root.y > is.measured'],
    );
    expect(await checksOf(root)).toMatchObject([{ value: Number.NaN, residual: Number.NaN, met: false }]);
  });

  it('is one for each iteration in a repeat', async () => {
    const document = {
      ...graph(
        {
          a: tensor([], [1]),
          doubled: { type: 'block', params: { block: 'double', repeat: 3 } },
          end: { type: 'probe', params: {} },
        },
        ['a.out > doubled.x', 'doubled.y > end.x'],
      ),
      blocks: {
        double: {
          ...graph(
            {
              x: { type: 'block-input', params: {} },
              twice: { type: 'scale', params: { factor: 2 } },
              is: { type: 'check', params: { theory: 4 } },
              y: { type: 'block-output', params: {} },
            },
            ['x.out > twice.x', 'twice.out > is.measured', 'twice.out > y.x'],
          ),
          numbers: {},
        },
      },
    };
    expect(await checksOf(document as never)).toMatchObject([
      { node: 'doubled/0/is', value: 2, met: false },
      { node: 'doubled/1/is', value: 4, met: true },
      { node: 'doubled/2/is', value: 8, met: false },
    ]);
  });

  it('costs nothing where it is not asked for', async () => {
    const square = (name: string) =>
      tensor(
        [[name, 40]],
        Array.from({ length: 40 }, (_, i) => i),
      );
    const document = graph(
      {
        ...{ a: square('i'), b: square('j'), c: square('k') },
        costly: { type: 'contract', params: { expression: 'i,j,k->ijk' } },
        sum: { type: 'contract', params: { expression: 'ijk->' } },
        is: { type: 'check', params: { theory: 780 ** 3 } },
        shown: { type: 'probe', params: {} },
      },
      [
        ...['a.out > costly.a', 'b.out > costly.b', 'c.out > costly.c', 'costly.out > sum.a'],
        ...['sum.out > is.measured', 'a.out > shown.x'],
      ],
    );
    const { value } = compile(document, { without: ['mergeContractions'] });
    const costOf = (plan = value?.forward.plan) => plan?.steps.reduce((sum, { flops }) => sum + flops, 0);
    expect(costOf()).toBeLessThan(100);
    expect(costOf(value?.checks?.plan)).toBeGreaterThan(64_000);
    expect(await checksOf(document)).toMatchObject([{ value: 780 ** 3, met: true }]);
  });
});

it('is measured alike by the default engine', async () => {
  const model = await openModel(descent(3), { engine: await engines.wasm() });
  const events: RunEvent[] = [];
  for await (const event of model.run()) events.push(event);
  expect(events.at(-2)).toMatchObject({ checks: [{ value: 1, met: true }] });
});
