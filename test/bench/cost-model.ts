/**
 * `npm run -s bench:cost-model`: what a contraction takes on this machine, as so many nanoseconds for each
 * multiply-add, each element of an intermediate tensor, each step, and each product of a batch: see
 * src/contraction/pricing/machine.ts, whose defaults these are. Networks of several kinds are contracted by the default
 * engine along the orders that are found, and the figures fitted to the times.
 * `--json`: the figures, and "cases": [{"name", "ms", "predictedMs"}].
 */
import { parseArgs } from 'node:util';
import { operandName, planEinsum } from '../../src/compiler/networks/plan-einsum.ts';
import {
  explainSteps,
  findPath,
  type MachineCosts,
  machine,
  type Network,
  secondsOf,
} from '../../src/contraction/index.ts';
import { engines } from '../../src/numeric/index.ts';
import { fitParameters } from './cost-model/fit.ts';
import { columns } from './engines/table.ts';

/** A ring of n tensors whose bonds alternate between two sizes. */
function ring(n: number, a: number, b: number): Network {
  const inputs = Array.from({ length: n }, (_, k) => [k, (k + 1) % n]);
  return { inputs, output: [], sizes: inputs.map((_, k) => (k % 2 === 0 ? a : b)) };
}

/** A lattice of tensors with bonds between neighbours. */
function lattice(rows: number, width: number, size: number): Network {
  const inputs = Array.from({ length: rows * width }, (): number[] => []);
  let bonds = 0;
  for (let k = 0; k < inputs.length; k++) {
    for (const next of [(k + 1) % width === 0 ? -1 : k + 1, k + width]) {
      if (next < 0 || next >= inputs.length) continue;
      inputs[k]?.push(bonds);
      inputs[next]?.push(bonds++);
    }
  }
  return { inputs, output: [], sizes: new Array<number>(bonds).fill(size) };
}

/** Vectors multiplied out: nothing but elements made. */
const outer = (n: number, size: number): Network => ({
  inputs: Array.from({ length: n }, (_, k) => [k]),
  output: Array.from({ length: n }, (_, k) => k),
  sizes: new Array<number>(n).fill(size),
});

/** Matrices under one batch index. */
const batch = (n: number, b: number, size: number): Network => ({
  inputs: Array.from({ length: n }, (_, k) => [0, k + 1, k + 2]),
  output: [0, 1, n + 1],
  sizes: [b, ...new Array<number>(n + 1).fill(size)],
});

/** Vectors multiplied element by element. */
const elementwise = (n: number, size: number): Network => ({
  inputs: Array.from({ length: n }, () => [0]),
  output: [0],
  sizes: [size],
});

const cases: Readonly<Record<string, Network>> = {
  'ring 4 × 96, 64': ring(4, 96, 64),
  'ring 4 × 256, 192': ring(4, 256, 192),
  'ring 6 × 384, 320': ring(6, 384, 320),
  'ring 60 × 9, 8': ring(60, 9, 8),
  'lattice 4 × 4, 2': lattice(4, 4, 2),
  'lattice 6 × 6, 3': lattice(6, 6, 3),
  'lattice 4 × 5, 4': lattice(4, 5, 4),
  'lattice 5 × 5, 6': lattice(5, 5, 6),
  'lattice 8 × 8, 2': lattice(8, 8, 2),
  'lattice 3 × 40, 3': lattice(3, 40, 3),
  'lattice 3 × 12, 6': lattice(3, 12, 6),
  'outer 3 × 64': outer(3, 64),
  'outer 4 × 30': outer(4, 30),
  'outer 2 × 1200': outer(2, 1200),
  'batch 6 × 64, 16': batch(6, 64, 16),
  'batch 4 × 16, 48': batch(4, 16, 48),
  'batch 12 × 512, 4': batch(12, 512, 4),
  'batch 4 × 2048, 2': batch(4, 2048, 2),
  'batch 4 × 8192, 2': batch(4, 8192, 2),
  'batch 4 × 4096, 3': batch(4, 4096, 3),
  'batch 4 × 2048, 4': batch(4, 2048, 4),
  'batch 6 × 1024, 6': batch(6, 1024, 6),
  'batch 6 × 512, 8': batch(6, 512, 8),
  'batch 4 × 256, 16': batch(4, 256, 16),
  'batch 3 × 64, 32': batch(3, 64, 32),
  'elementwise 4 × 32768': elementwise(4, 32768),
  'elementwise 8 × 2048': elementwise(8, 2048),
};

const rounds = 4;

/** The least of several means, each over a stretch of some milliseconds. */
async function timeOf(network: Network): Promise<number> {
  const { plan } = planEinsum(network, 'float32');
  const executable = await (await engines.wasm()).load(plan);
  try {
    for (const [k, labels] of network.inputs.entries()) {
      const count = labels.reduce((p, l) => p * (network.sizes[l] as number), 1);
      executable.write(operandName(k), new Float32Array(count).fill(0.1));
    }
    await executable.advance(1);
    let least = Number.POSITIVE_INFINITY;
    for (let stretch = 0; stretch < 4; stretch++) {
      const begin = performance.now();
      let steps = 0;
      do {
        await executable.advance(1);
        steps++;
      } while (performance.now() - begin < 15);
      least = Math.min(least, (performance.now() - begin) / steps);
    }
    return least * 1e-3;
  } finally {
    executable.dispose();
  }
}

const { values: options } = parseArgs({ options: { json: { type: 'boolean' } } });
const measured = Object.entries(cases).map(([name, network]) => ({
  name,
  network,
  given: explainSteps(findPath(network), network),
  measured: Number.POSITIVE_INFINITY,
}));
// Round by round, so that a disturbance does not meet all measurements of one case.
for (let round = 0; round < rounds; round++) {
  for (const known of measured) known.measured = Math.min(known.measured, await timeOf(known.network));
}
const figures = Object.keys(machine) as (keyof MachineCosts)[];
const costsOf = (parameters: readonly number[]) =>
  Object.fromEntries(figures.map((name, i) => [name, parameters[i] ?? 0])) as unknown as MachineCosts;
const start = figures.map((name) => machine[name]);
const costs = costsOf(
  fitParameters(measured, start, (steps, parameters) => secondsOf(steps, costsOf(parameters))),
);
const rows = measured.map(({ name, given, measured }) => ({
  name,
  ms: measured * 1e3,
  predictedMs: secondsOf(given, costs) * 1e3,
}));
if (options.json) console.log(JSON.stringify({ ...costs, cases: rows }));
else {
  console.log(
    columns([
      ['network', 'ms', 'predicted', 'ratio'],
      ...rows.map((r) => [
        r.name,
        r.ms.toPrecision(3),
        r.predictedMs.toPrecision(3),
        (r.predictedMs / r.ms).toFixed(2),
      ]),
    ]),
  );
  const told = figures.map((name) => `${name} ${costs[name].toPrecision(3)} ns`);
  console.log(`\n${told.join(', ')}`);
}
