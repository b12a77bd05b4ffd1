/**
 * Everything the compiler does for speed or room alone can be switched off: the numbers of a training step
 * stay what they are, and where a graph gives occasion, the plan does not.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { parseGraph } from '../../graph-schema/parse.ts';
import { keyFrom, uniform } from '../../src/base/random.ts';
import { type CompileOptions, compile } from '../../src/compiler/index.ts';
import { choiceNames } from '../../src/compiler/plan/planner-choices.ts';
import { rewriteNames } from '../../src/ir/passes/index.ts';
import type { Plan } from '../../src/ir/plan.ts';
import { elements } from '../../src/ir/program.ts';
import { engines } from '../../src/numeric/index.ts';

type Switches = NonNullable<CompileOptions['without']>;

const folders = ['../../templates/', '../bench/graphs/'].map((path) => new URL(path, import.meta.url));
const files = folders.flatMap((folder) =>
  readdirSync(folder).flatMap((name) => (name.endsWith('.json') ? [new URL(name, folder)] : [])),
);

/** What a graph trains or, if it does not, shows. */
/** Without what saves room an evaluation of a thousand pictures takes more than usual; it is planned, and not run. */
const memoryLimit = 2 ** 32;

function planOf(document: GraphDocument, without: Switches): Plan {
  const { value, diagnostics } = compile(document, { dtype: 'float64', without, memoryLimit });
  if (!value)
    throw new Error(`${document.name} does not compile: ${diagnostics.map(({ message }) => message.en)}`);
  return (value.train ?? value.forward).plan;
}

/** Everything that can be read after two steps, by name. */
async function numbersOf(plan: Plan): Promise<Map<string, ArrayLike<number>>> {
  const executable = await (await engines.wasm()).load(plan);
  for (const [name, { buffer, role }] of Object.entries(plan.inputs)) {
    const drawn = uniform(keyFrom(3, name), elements(plan.buffers[buffer]?.shape ?? []));
    // Row numbers and classes are whole: any other gives NaN.
    const isWhole = role === 'data' || name.endsWith('.indices');
    executable.write(name, isWhole ? drawn.map(Math.round) : drawn);
  }
  await executable.advance(2);
  const state = Object.keys(plan.inputs).filter((name) => plan.inputs[name]?.role === 'state');
  const numbers = new Map<string, ArrayLike<number>>();
  for (const name of [...Object.keys(plan.outputs), ...state]) numbers.set(name, await executable.read(name));
  executable.dispose();
  return numbers;
}

const axes = (...sizes: (readonly [name: string, size: number])[]) => ({
  axes: sizes.map(([name, size]) => ({ name, size })),
});

/**
 * What the other graphs do not have: a reshape before an activation, numbers known beforehand, and a
 * function of a few numbers that are repeated.
 */
const reshaped = {
  format: 'tensorloom',
  version: 3,
  name: 'reshaped',
  nodes: {
    x: { type: 'input', params: axes(['b', 4], ['r', 64], ['c', 8]) },
    target: { type: 'input', params: axes(['b', 4], ['p', 512]) },
    table: { type: 'tensor', params: { ...axes(['k', 3], ['h', 8]), fill: 'normal', seed: 1 } },
    total: { type: 'contract', params: { expression: 'kh->h' } },
    linear: { type: 'linear', params: { units: 8, name: 'h' } },
    shifted: { type: 'add', params: {} },
    few: { type: 'input', params: axes(['h', 8]) },
    ones: { type: 'tensor', params: { ...axes(['b', 4], ['r', 64]), fill: 'ones' } },
    repeated: { type: 'contract', params: { expression: 'h,br->brh' } },
    squashed: { type: 'activation', params: { function: 'sigmoid' } },
    scaled: { type: 'multiply', params: {} },
    flat: { type: 'flatten', params: {} },
    active: { type: 'activation', params: { function: 'tanh' } },
    loss: { type: 'mse', params: {} },
    optimizer: { type: 'sgd', params: {} },
  },
  edges: {
    1: { from: { node: 'x', port: 'out' }, to: { node: 'linear', port: 'x' } },
    2: { from: { node: 'table', port: 'out' }, to: { node: 'total', port: 'a' } },
    3: { from: { node: 'linear', port: 'y' }, to: { node: 'shifted', port: 'a' } },
    4: { from: { node: 'total', port: 'out' }, to: { node: 'shifted', port: 'b' } },
    5: { from: { node: 'shifted', port: 'out' }, to: { node: 'scaled', port: 'a' } },
    10: { from: { node: 'few', port: 'out' }, to: { node: 'repeated', port: 'a' } },
    11: { from: { node: 'ones', port: 'out' }, to: { node: 'repeated', port: 'b' } },
    12: { from: { node: 'repeated', port: 'out' }, to: { node: 'squashed', port: 'x' } },
    13: { from: { node: 'squashed', port: 'y' }, to: { node: 'scaled', port: 'b' } },
    14: { from: { node: 'scaled', port: 'out' }, to: { node: 'flat', port: 'x' } },
    6: { from: { node: 'flat', port: 'y' }, to: { node: 'active', port: 'x' } },
    7: { from: { node: 'active', port: 'y' }, to: { node: 'loss', port: 'prediction' } },
    8: { from: { node: 'target', port: 'out' }, to: { node: 'loss', port: 'target' } },
    9: { from: { node: 'loss', port: 'loss' }, to: { node: 'optimizer', port: 'loss' } },
  },
  layout: { nodes: {} },
};

/** Two recurrences, of which one is short. */
const recurrent = {
  format: 'tensorloom',
  version: 3,
  name: 'recurrent',
  nodes: {
    x: { type: 'input', params: axes(['b', 4], ['t', 12], ['i', 3]) },
    first: { type: 'recurrent', params: { units: 5, name: 'h' } },
    short: { type: 'input', params: axes(['b', 4], ['s', 2], ['j', 5]) },
    second: { type: 'recurrent', params: { units: 5, name: 'h' } },
    sums: { type: 'contract', params: { expression: 'bth,bsh->bh' } },
    target: { type: 'input', params: axes(['b', 4], ['h', 5]) },
    loss: { type: 'mse', params: {} },
    optimizer: { type: 'sgd', params: {} },
  },
  edges: {
    1: { from: { node: 'x', port: 'out' }, to: { node: 'first', port: 'x' } },
    2: { from: { node: 'short', port: 'out' }, to: { node: 'second', port: 'x' } },
    3: { from: { node: 'first', port: 'y' }, to: { node: 'sums', port: 'a' } },
    4: { from: { node: 'second', port: 'y' }, to: { node: 'sums', port: 'b' } },
    5: { from: { node: 'sums', port: 'out' }, to: { node: 'loss', port: 'prediction' } },
    6: { from: { node: 'target', port: 'out' }, to: { node: 'loss', port: 'target' } },
    7: { from: { node: 'loss', port: 'loss' }, to: { node: 'optimizer', port: 'loss' } },
  },
  layout: { nodes: {} },
};

/**
 * Ensembles of a lesson are large for their statistics, which are not asked for here; and line after line a search
 * makes differences of rounding larger.
 */
function withFewMembers(document: GraphDocument): GraphDocument {
  const few = structuredClone(document);
  for (const { type, params } of Object.values(few.nodes)) {
    if (type === 'lbfgs' || type === 'conjugate-gradient') params.iterations = 1;
    if (Array.isArray(params.axes))
      params.axes = params.axes.map((axis) =>
        typeof axis === 'object' && axis !== null && 'name' in axis && axis.name === 'chain'
          ? { ...axis, size: 16 }
          : axis,
      );
  }
  return few;
}

/** The project's graphs with few samples at a time, and those. */
const documents = [
  ...files.map((file): unknown => JSON.parse(readFileSync(file, 'utf8'))),
  reshaped,
  recurrent,
].map((graph): GraphDocument => {
  const { value } = parseGraph(graph);
  if (!value) throw new Error('a graph of the project is none');
  return withFewMembers(value.dims.B === undefined ? value : { ...value, dims: { ...value.dims, B: 2 } });
});

/** What a contraction costs is what the switches change: graphs that measure it are not compared. */
const compared = documents.filter(
  ({ nodes }) => !Object.values(nodes).some(({ type }) => type === 'contraction-cost'),
);

/** Steps of more multiply-adds than this would take long. */
const mostFlops = 2.5e7;
const flops = ({ steps }: Plan) => steps.reduce((sum, step) => sum + step.flops, 0);

interface Sample {
  readonly document: GraphDocument;
  readonly plan: Plan;
  readonly numbers: Map<string, ArrayLike<number>>;
}

describe('what the compiler does for speed or room', () => {
  const samples: Sample[] = [];
  beforeAll(async () => {
    for (const document of compared) {
      const plan = planOf(document, []);
      if (flops(plan) <= mostFlops) samples.push({ document, plan, numbers: await numbersOf(plan) });
    }
  }, 120_000);

  const all = [...rewriteNames, ...choiceNames];
  const cases = [...all.map((name): Switches => [name]), rewriteNames, choiceNames, all];
  it.each(cases.map((without) => ({ without })))('can be switched off: $without', async ({ without }) => {
    let changed = 0;
    for (const { document, plan, numbers } of samples) {
      const other = planOf(document, without);
      if (JSON.stringify(other) === JSON.stringify(plan)) continue;
      changed++;
      const others = await numbersOf(other);
      for (const [name, wanted] of numbers)
        expectNear(`${document.name} ${name}`, others.get(name) ?? [], wanted);
    }
    expect(changed).toBeGreaterThan(0);
  });
});

function expectNear(name: string, actual: ArrayLike<number>, wanted: ArrayLike<number>): void {
  expect(actual.length, name).toBe(wanted.length);
  const scale = Array.from(wanted).reduce(
    (most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most),
    1e-6,
  );
  const far = Array.from(wanted).findIndex(
    (x, i) => !(Object.is(x, actual[i]) || Math.abs(x - (actual[i] as number)) <= 1e-9 * scale),
  );
  if (far >= 0) expect.fail(`${name}[${far}] is ${actual[far]} instead of ${wanted[far]}`);
}
