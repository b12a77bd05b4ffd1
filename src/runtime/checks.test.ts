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
      event.type === 'values' && event.checks ? [event.checks.map(({ value }: CheckVerdict) => value)] : [],
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

describe('what is read off an optimizer', () => {
  type Sketched = Readonly<{ type: string; params: Record<string, unknown> }>;
  /** L = ½ Σ aᵢ xᵢ² with a = 1, 4. */
  const bowl = (optimizer: Sketched, more: Record<string, Sketched> = {}) =>
    graph(
      {
        x: { type: 'parameter', params: { axes: [{ name: 'i', size: 2 }], init: 'values', values: [1, 1] } },
        a: tensor([['i', 2]], [0.5, 2]),
        loss: { type: 'contract', params: { expression: 'i,i,i->' } },
        optimizer,
        ...more,
      },
      [
        'x.out > loss.a',
        'a.out > loss.b',
        'x.out > loss.c',
        'loss.out > optimizer.loss',
        ...Object.keys(more).map((id) => `loss.out > ${id}.of`),
      ],
    );
  const readingsOf = async (optimizer: Sketched) => {
    const model = await openModel(bowl(optimizer), { engine: 'reference' });
    return (await model.inspect({ readings: true })).value?.readings;
  };

  it('is the largest eigenvalue of the Hessian, and up to which rate it is stable', async () => {
    const [reading] = (await readingsOf({ type: 'sgd', params: { rate: 0.3 } })) ?? [];
    expect(reading).toMatchObject({ node: 'optimizer', value: 0.3, residual: 0, met: true });
    expect(reading?.basis).toBeCloseTo(4, 12);
    expect(reading?.theory).toBeCloseTo(0.5, 12);
    const above = await readingsOf({ type: 'sgd', params: { rate: 0.6 } });
    expect(above).toMatchObject([{ met: false }]);
    const heavy = await readingsOf({ type: 'sgd', params: { rate: 0.6, momentum: 0.9 } });
    expect(heavy?.[0]?.theory).toBeCloseTo(0.95, 12);
  });

  it('counts dampening, Nesterov’s form and the decay of weights in', async () => {
    const boundOf = async (params: Record<string, unknown>) =>
      (await readingsOf({ type: 'sgd', params }))?.[0]?.theory;
    expect(await boundOf({ momentum: 0.5, dampening: 0.2 })).toBeCloseTo(3 / 0.8 / 4, 12);
    expect(await boundOf({ momentum: 0.5, nesterov: true })).toBeCloseTo(3 / 2 / 4, 12);
    expect(await boundOf({ decay: 1 })).toBeCloseTo(2 / 5, 12);
  });

  it('knows groups, clipped gradients, and leaves out what is frozen', async () => {
    /** L = ½ x² + 2 y², at x = y = 1. */
    const boundOf = async (params: Record<string, unknown>, marks = {}) => {
      const one = { axes: [{ name: 'i', size: 1 }], init: 'values', values: [1] };
      const half = (factor: number) => ({ type: 'scale', params: { factor } });
      const document = graph(
        {
          ...{ x: { type: 'parameter', params: one }, y: { type: 'parameter', params: one, ...marks } },
          ...{ xx: { type: 'multiply', params: {} }, yy: { type: 'multiply', params: {} } },
          ...{ flat: half(0.5), steep: half(2), sum: { type: 'add', params: {} } },
          ...{ loss: { type: 'energy', params: {} }, sgd: { type: 'sgd', params } },
        },
        [
          ...['x.out > xx.a', 'x.out > xx.b', 'y.out > yy.a', 'y.out > yy.b', 'xx.out > flat.x'],
          ...['yy.out > steep.x', 'flat.out > sum.a', 'steep.out > sum.b', 'sum.out > loss.x'],
          'loss.loss > sgd.loss',
        ],
      );
      const model = await openModel(document, { engine: 'reference' });
      return (await model.inspect({ readings: true })).value?.readings?.[0]?.theory;
    };
    expect(await boundOf({})).toBeCloseTo(2 / 4, 12);
    expect(await boundOf({}, { frozen: true })).toBeCloseTo(2, 12);
    const slow = (rate: number, decay?: number) => ({ groups: [{ tag: 'slow', rate, decay }] });
    expect(await boundOf(slow(0.1), { tags: ['slow'] })).toBeCloseTo(2, 12);
    expect(await boundOf(slow(0.5, 1), { tags: ['slow'] })).toBeCloseTo(2 / (0.5 * (4 + 1)), 12);
    // ∇L = (1, 4), its norm √17; what is clipped does not answer.
    expect(await boundOf({ clipNorm: 1 })).toBeCloseTo(Math.sqrt(17) / 2, 5);
    expect(await boundOf({ clipValue: 2 })).toBeCloseTo(2, 12);
  });

  it('follows the method: Runge–Kutta steps, and motion with a mass', async () => {
    const [flow] = (await readingsOf({ type: 'gradient-flow', params: { rate: 0.7 } })) ?? [];
    expect(flow?.theory).toBeCloseTo(2.785293563405282 / 4, 12);
    expect(flow?.met).toBe(false);
    const [motion] = (await readingsOf({ type: 'underdamped-langevin', params: { mass: 9 } })) ?? [];
    expect(motion?.theory).toBeCloseTo(3, 12);
  });

  it('is nothing for Adam, which has no such bound', async () => {
    expect(await readingsOf({ type: 'adam', params: {} })).toEqual([]);
  });

  it('is what a check gets that asks for its optimizer', async () => {
    const stable = { type: 'check-stable', params: { ofOptimizer: true, rate: 77 } };
    const at = (rate: number) => checksOf(bowl({ type: 'sgd', params: { rate, momentum: 0.5 } }, { stable }));
    expect(await at(0.7)).toMatchObject([{ node: 'stable', value: 0.7, met: true }]);
    expect(await at(0.8)).toMatchObject([{ node: 'stable', value: 0.8, met: false }]);
  });

  it('is told with the values of a run, where somebody watches', async () => {
    const model = await openModel(
      { ...bowl({ type: 'sgd', params: { rate: 0.3 } }), run: { steps: 2 } },
      { engine: 'reference' },
    );
    const told = [];
    for await (const event of model.run({ checks: () => true }))
      if (event.type === 'values') told.push(event.readings?.map(({ met }) => met));
    expect(told).toEqual([[true], [true]]);
  });
});
