/**
 * `npm run -s bench:einsum`: published tensor networks contracted by `einsum`'s compiled plan, by torch and
 * by numpy, one thread each, in turn, in float32. Values are checked against numpy's float64 first. The others
 * are given our order, so that only its execution is compared. Networks lie beside the checkout.
 * `--only NAME,NAME`, `--ms N`, `--json`: {"networks": [{"name", "ms", "torchMs", "numpyMs"}]}.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { parseNetwork } from '../../src/cli/network-file.ts';
import { enableRelaxedSimd } from '../../src/cli/relaxed-simd.ts';
import { operandName, planEinsum, resultName } from '../../src/compiler/networks/plan-einsum.ts';
import { findPath, type Network } from '../../src/contraction/index.ts';
import { engines } from '../../src/numeric/index.ts';
import { operandsOf } from './einsum/operands.ts';
import { type Python, startPython } from './engines/python.ts';
import { type Timed, timeInTurn } from './engines/rounds.ts';
import { hasSignal, median, relativeError } from './engines/statistics.ts';
import { columns } from './engines/table.ts';
import { timeSteps } from './engines/time-steps.ts';

const networksFolder = '../shared/bench/contraction';
const TOLERANCE = 1e-5;

const say = (line: string) => console.error(line);

interface Result {
  readonly name: string;
  readonly ms: number | null;
  readonly torchMs: number | null;
  readonly numpyMs: number | null;
  /** What comes before the first run: the search for an order, and the plan and its code. */
  readonly searchMs: number;
  readonly compileMs: number;
  readonly log10Flops: number;
  /** Of our values, from float64. */
  readonly error: number | null;
}

async function measure(
  name: string,
  network: Network,
  python: Python | undefined,
  folder: string,
  milliseconds: number,
): Promise<Result> {
  const operands = operandsOf(name, network);
  const begin = performance.now();
  const { path, flops } = findPath(network);
  const found = performance.now();
  const { plan } = planEinsum(network, 'float32');
  const executable = await (await engines.wasm()).load(plan);
  const compiled = performance.now();
  for (const [k, data] of operands.entries()) executable.write(operandName(k), data);
  await executable.advance(1);
  const values = await executable.read(resultName);
  if (!hasSignal(values)) throw new Error(`${name}: the result is zero throughout`);

  const contenders: Timed[] = [];
  let error: number | null = null;
  if (python) {
    const [file, result] = [`${folder}/operands.f32`, `${folder}/result.f64`];
    writeFileSync(file, Buffer.concat(operands.map((data) => new Uint8Array(data.buffer))));
    const { inputs, output, sizes } = network;
    const libraries = (await python.ask({
      op: 'prepare',
      inputs,
      output,
      sizes,
      path,
      file,
      result,
    })) as string[];
    const bytes = readFileSync(result);
    const exact = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    error = relativeError(values, exact);
    for (const library of libraries) {
      const time = (ms: number) =>
        python.ask({ op: 'time', library, milliseconds: ms }) as ReturnType<Timed['time']>;
      contenders.push({ name: library, time });
    }
  }
  const right = error === null || error <= TOLERANCE;
  if (!right) say(`${name}: WRONG by ${error?.toExponential(1)}, not timed`);
  else
    contenders.unshift({
      name: 'ours',
      time: async (ms) => ({
        '': (await timeSteps((steps) => executable.advance(steps), ms)).seconds,
      }),
    });
  const { seconds, faults } = await timeInTurn(contenders, milliseconds);
  for (const [who, fault] of Object.entries(faults)) say(`${name}, ${who}: ${fault}`);
  executable.dispose();
  const milli = (who: string) => (seconds[who] ? 1000 * median(seconds[who]) : null);
  return {
    name,
    ms: milli('ours'),
    torchMs: milli('torch'),
    numpyMs: milli('numpy'),
    searchMs: found - begin,
    compileMs: compiled - found,
    log10Flops: Math.log10(flops),
    error,
  };
}

const figure = (value: number | null): string => (value === null ? '–' : value.toPrecision(3));

function tableText(results: readonly Result[]): string {
  const over = (a: number | null, b: number | null) => figure(a === null || b === null ? null : b / a);
  const rows = results.map((r) => [
    r.name,
    figure(r.ms),
    figure(r.torchMs),
    over(r.ms, r.torchMs),
    figure(r.numpyMs),
    over(r.ms, r.numpyMs),
    figure(r.searchMs),
    figure(r.compileMs),
    r.log10Flops.toFixed(2),
    r.error === null ? '–' : r.error.toExponential(1),
  ]);
  const headings = [
    'network',
    'ms',
    'torch',
    'ratio',
    'numpy',
    'ratio',
    'search ms',
    'plan ms',
    'log₁₀ flops',
    'error',
  ];
  return columns([headings, ...rows]);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: '' },
      ms: { type: 'string', default: '1000' },
      json: { type: 'boolean', default: false },
    },
  });
  const list = `${networksFolder}/exec.json`;
  if (!existsSync(list)) {
    say('The networks to contract are not beside this checkout: nothing to measure.');
    if (values.json) console.log(JSON.stringify({ networks: [] }));
    return;
  }
  const only = values.only.split(',').filter((name) => name !== '');
  const names = (JSON.parse(readFileSync(list, 'utf8')) as { instance: string }[])
    .map(({ instance }) => instance)
    .filter((name) => only.length === 0 || only.includes(name));
  enableRelaxedSimd();
  const peer = 'test/bench/einsum/pairwise_peer.py';
  const python = startPython(peer, ['torch', 'numpy']) ?? startPython(peer, ['numpy']);
  if (!python)
    say('No python3 here has numpy: values are not checked, and there is nothing to compare with.');
  const folder = mkdtempSync(`${tmpdir()}/tensorloom-bench-`);
  try {
    const results: Result[] = [];
    for (const name of names) {
      const file = readFileSync(`${networksFolder}/instances/${name}.json`, 'utf8');
      const network = parseNetwork(file).value?.network;
      if (!network) throw new Error(`${name}.json is no network`);
      results.push(await measure(name, network, python, folder, Number(values.ms)));
    }
    console.log(values.json ? JSON.stringify({ networks: results }) : tableText(results));
  } finally {
    python?.close();
    rmSync(folder, { recursive: true });
  }
}

await main();
