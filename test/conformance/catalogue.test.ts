/** Every example of every node type, on everything that executes graphs: types, values, first and second derivatives. */
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { keyFrom, normal } from '../../src/base/random.ts';
import type { Example } from '../../src/catalogue/define.ts';
import { type AnyNodeDefinition, catalogue } from '../../src/catalogue/index.ts';
import { check } from '../../src/compiler/index.ts';
import { axesOf, countOf, exampleGraph, stateOf, trainingGraph, valuesOf } from '../support/example-graph.ts';
import { runners } from '../support/runners.ts';

const cases = catalogue.flatMap((definition) =>
  definition.examples.map((example, i) => ({
    name: `${definition.type} ${i + 1}`,
    definition,
    example: example as Example,
  })),
);

const graphOf = (definition: AnyNodeDefinition, example: Example) =>
  example.training ? trainingGraph(definition, example) : exampleGraph(definition, example);

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const e = expected[i] as number;
    // An infinity is met by itself alone.
    const error = actual[i] === e ? 0 : Math.abs((actual[i] as number) - e) / Math.max(1, Math.abs(e));
    expect(error, `element ${i}: ${actual[i]} for ${e}`).toBeLessThanOrEqual(tolerance);
  }
}

describe('types', () => {
  it.each(cases)('$name', ({ definition, example }) => {
    const { nodes, diagnostics } = check(graphOf(definition, example));
    expect(diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
    for (const [port, { axes }] of Object.entries(example.expect)) {
      const shown = nodes.node?.outputTypes[port]?.axes.map((a) => `${a.name} ${a.size}`).join(', ');
      expect(shown).toBe(axes);
    }
  });
  it('covers every node type that has ports to test', () => {
    const without = catalogue.filter((d) => d.examples.length === 0).map((d) => d.type);
    // A data set needs its data: the templates and the run tests exercise it.
    expect(without).toEqual(['dataset']);
  });

  it('has a literal answer for every type, that somebody else computed', () => {
    const isAnswered = ({ training, check, expect }: Example) =>
      training !== undefined ||
      check !== undefined ||
      Object.values(expect).some(({ values }) => values !== undefined);
    const without = catalogue.filter((d) => d.category !== 'picture' && !d.examples.some(isAnswered));
    // The numbers of data sets are held by their own tests; a probe computes nothing, as pictures do.
    expect(without.map((d) => d.type)).toEqual(['dataset', 'probe']);
  });
});

describe.each(runners)('values on $name', ({ run, train, check: measure, tolerance }) => {
  const valued = cases.filter(({ example }) => Object.values(example.expect).some((e) => e.values));
  it.each(valued)('$name', async ({ definition, example }) => {
    const values = await run(exampleGraph(definition, example), stateOf(example));
    for (const [port, { values: expected }] of Object.entries(example.expect))
      if (expected) expectClose(values[`node.${port}`] ?? [], expected, tolerance);
  });

  it.each(cases.filter(({ example }) => example.check))('$name', async ({ definition, example }) => {
    const { value, theory, residual, met } = await measure(exampleGraph(definition, example));
    const expected = example.check as NonNullable<Example['check']>;
    expectClose([value], [expected.value], tolerance);
    expect(theory === undefined).toBe(expected.theory === undefined);
    expectClose([theory ?? 0], [expected.theory ?? 0], tolerance);
    if (Number.isNaN(expected.residual)) expect(residual).toBeNaN();
    else expectClose([residual], [expected.residual], tolerance);
    expect(met).toBe(expected.met);
  });

  it.each(cases.filter(({ example }) => example.training))('$name', async ({ definition, example }) => {
    const after = Object.entries(example.training?.after ?? {});
    const steps = Math.max(...after.map(([step]) => Number(step)));
    const reached = await train(trainingGraph(definition, example), 'theta.value', steps);
    for (const [step, expected] of after) expectClose(reached[Number(step) - 1] ?? [], expected, tolerance);
  });
});

/** Σ w·output as a scalar, and its gradient by one input, weighted again and differentiated again by another. */
function derivativeGraph(definition: AnyNodeDefinition, example: Example, by: string): GraphDocument {
  const document = exampleGraph(definition, example);
  const [port = '', { axes = '' } = {}] = Object.entries(example.expect)[0] ?? [];
  const inputAxes = axesOf(example.inputs?.[by]?.axes ?? '');
  const tensor = (names: ReturnType<typeof axesOf>, seed: number) => ({
    type: 'tensor',
    params: { axes: names, fill: 'values', values: [...normal(keyFrom(seed, 'weights'), countOf(names))] },
  });
  Object.assign(document.nodes, {
    weights: tensor(axesOf(axes), 1),
    // Squared, so that even a linear node has a second derivative.
    bent: { type: 'activation', params: { function: 'square' } },
    total: { type: 'contract', params: {} },
    slope: { type: 'gradient', params: {} },
    direction: tensor(inputAxes, 2),
    along: { type: 'contract', params: {} },
    ...Object.fromEntries(
      Object.keys(example.inputs ?? {}).map((p) => [`curve-${p}`, { type: 'gradient', params: {} }]),
    ),
  });
  const wire = (from: string, to: string) => {
    const [fromNode = '', fromPort = ''] = from.split('.');
    const [toNode = '', toPort = ''] = to.split('.');
    document.edges[`${from}>${to}`] = {
      from: { node: fromNode, port: fromPort },
      to: { node: toNode, port: toPort },
    };
  };
  wire(`node.${port}`, 'bent.x');
  wire('bent.y', 'total.a');
  wire('weights.out', 'total.b');
  wire('total.out', 'slope.of');
  wire(`in-${by}.out`, 'slope.by');
  wire('slope.out', 'along.a');
  wire('direction.out', 'along.b');
  for (const p of Object.keys(example.inputs ?? {})) {
    wire('along.out', `curve-${p}.of`);
    wire(`in-${p}.out`, `curve-${p}.by`);
  }
  return document;
}

/** Central differences of a scalar port by the numbers on one input. */
async function differences(
  scalar: (values: readonly number[]) => Promise<number>,
  at: readonly number[],
  step: number,
): Promise<number[]> {
  const slopes: number[] = [];
  for (const i of at.keys()) {
    const moved = (by: number) => at.map((x, j) => (i === j ? x + by : x));
    slopes.push(((await scalar(moved(step))) - (await scalar(moved(-step)))) / (2 * step));
  }
  return slopes;
}

const differentiable = cases.flatMap(({ name, definition, example }) =>
  Object.keys(definition.outputs.length === 0 ? {} : (example.inputs ?? {}))
    .filter((port) => !example.notDifferentiable?.includes(port))
    .map((by) => ({ name: `${name} by ${by}`, definition, example, by })),
);

describe.each(runners.filter((r) => r.double))('derivatives on $name', ({ open }) => {
  it.each(differentiable)('$name', async ({ definition, example, by }) => {
    // Compiled once: inputs are parameters, which take other numbers without that.
    const opened = await open(derivativeGraph(definition, example, by));
    const state = stateOf(example);
    const values = await opened.values(state);
    const scalarAt = (node: 'total' | 'along', moving: string) => async (numbers: readonly number[]) => {
      const port = `${node}.out`;
      return (await opened.values({ ...state, [`in-${moving}.value`]: numbers }, [port]))[
        port
      ]?.[0] as number;
    };
    const first = await differences(scalarAt('total', by), valuesOf(example, by), 1e-5);
    expectClose(values['slope.out'] ?? [], first, 1e-7);
    for (const moving of Object.keys(example.inputs ?? {})) {
      if (example.notDifferentiable?.includes(moving)) continue;
      const second = await differences(scalarAt('along', moving), valuesOf(example, moving), 1e-5);
      expectClose(values[`curve-${moving}.out`] ?? [], second, 1e-6);
    }
    opened.close();
  });
});
