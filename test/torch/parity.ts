/**
 * `npm run test:torch`: every node type and optimizer against its own PyTorch export. `--only TYPE[,TYPE]`, `--json`,
 * `--templates` (instead: the loss curves of the templates that train).
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { installEverything } from '../../src/catalogue/everything.ts';
import { type AnyNodeDefinition, catalogue } from '../../src/catalogue/index.ts';
import { describeSetting, settingsOf } from './cases.ts';
import { CannotCompare, type Comparison, compareNode, type Found } from './jobs.ts';
import { PARITY } from './probe-node.ts';
import { templateComparisons } from './templates.ts';
import { compareTraining, optimizerDocuments } from './training.ts';

interface Row {
  readonly type: string;
  readonly settings: string;
  readonly referenceError: number;
  readonly wasmError: number;
  readonly fault?: string;
}

const root = process.cwd();
const folder = join(root, 'build/torch');
const bounds = { reference: 1e-9, wasm: 2e-5, template: 1e-6 };

/** A Python with PyTorch, if there is one. */
function findPython(): string | undefined {
  const asks = 'import importlib.util, sys; sys.exit(importlib.util.find_spec("torch") is None)';
  const known = [process.env.TORCH_PYTHON, 'python3', '/usr/bin/python3', 'python'].filter(
    (name) => name !== undefined,
  );
  return known.find((python) => spawnSync(python, ['-c', asks], { stdio: 'ignore' }).status === 0);
}

const numberOf = (x: number | string): number =>
  typeof x === 'number' ? x : x === 'nan' ? Number.NaN : x === 'inf' ? Infinity : -Infinity;

/** The largest error, relative to 1 and to what is expected. */
function errorOf(found: readonly number[], expected: readonly (number | string)[]): number {
  if (found.length !== expected.length) return Infinity;
  let worst = 0;
  for (const [i, written] of expected.entries()) {
    const [x, e] = [found[i] as number, numberOf(written)];
    if (x === e || (Number.isNaN(x) && Number.isNaN(e))) continue;
    const error = Math.abs(x - e) / Math.max(1, Math.abs(e));
    worst = Math.max(worst, Number.isNaN(error) ? Infinity : error);
  }
  return worst;
}

function judge(
  { type, settings, ours, ambiguous = [] }: Comparison,
  theirs: Record<string, Found & { readonly error?: string }>,
  bound: number,
): Row {
  const exact = theirs.float64;
  const single = theirs.float32;
  const failed = exact?.error ?? single?.error;
  if (!exact || failed !== undefined)
    return { type, settings, referenceError: Infinity, wasmError: Infinity, fault: String(failed).trim() };
  const faults: string[] = [];
  const errors = { reference: 0, wasm: 0 };
  const names = new Set([...Object.keys(exact), ...Object.keys(ours.reference)]);
  const expectedOf = (name: string, like: ArrayLike<number> | undefined) =>
    exact[name] ?? (/^(first|second) /.test(name) ? new Array<number>(like?.length ?? 0).fill(0) : []);
  for (const name of ambiguous) names.delete(name);
  for (const name of names)
    for (const side of ['reference', 'wasm'] as const) {
      if (side === 'wasm' && single === undefined) continue;
      const own = ours[side][name];
      const expected = expectedOf(name, own);
      // A gradient that never was asked for is 0.
      const found = own ?? (/^(first|second) /.test(name) ? expected.map(() => 0) : []);
      const error = errorOf(found, expected);
      const theirOwn = single?.[name] ? errorOf(single[name].map(numberOf), expected) : 0;
      const limit = side === 'reference' ? bound : Math.max(bounds.wasm, theirOwn);
      errors[side] = Math.max(
        errors[side],
        side === 'wasm' && error <= theirOwn ? Math.min(error, bounds.wasm) : error,
      );
      if (error > limit)
        faults.push(
          `${side} ${name}: ${error.toExponential(2)}; ours ${brief(found)} torch ${brief(expected.map(numberOf))}`,
        );
    }
  return {
    type,
    settings,
    referenceError: errors.reference,
    wasmError: errors.wasm,
    ...(faults.length > 0 && { fault: faults.slice(0, 6).join('\n      ') }),
  };
}

const brief = (numbers: readonly number[]): string =>
  `[${numbers
    .slice(0, 6)
    .map((x) => Number(x.toPrecision(7)))
    .join(', ')}${numbers.length > 6 ? ', …' : ''}]`;

/** Long lists of numbers go into a file of their own, as PyTorch reads them; in their place stands where. */
function withoutNumbers(
  value: unknown,
  chunks: (Float32Array | Float64Array)[],
  at: { bytes: number },
): unknown {
  if (Array.isArray(value)) {
    if (value.length <= 64 || !value.every((x) => typeof x === 'number'))
      return value.map((one) => withoutNumbers(one, chunks, at));
    const isSingle = value.every((x) => Math.fround(x) === x);
    const numbers = isSingle ? Float32Array.from(value) : Float64Array.from(value);
    const from = Math.ceil(at.bytes / numbers.BYTES_PER_ELEMENT) * numbers.BYTES_PER_ELEMENT;
    if (from > at.bytes) chunks.push(new Float32Array((from - at.bytes) / 4));
    chunks.push(numbers);
    at.bytes = from + numbers.byteLength;
    return { numbers: isSingle ? 'float32' : 'float64', from, count: numbers.length };
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, withoutNumbers(one, chunks, at)]),
  );
}

function inPython(
  python: string,
  comparisons: readonly Comparison[],
): Record<string, Found & { readonly error?: string }>[] {
  if (comparisons.length === 0) return [];
  mkdirSync(folder, { recursive: true });
  const [jobs, numbers, results] = ['jobs.json', 'numbers.bin', 'results.json'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  const chunks: (Float32Array | Float64Array)[] = [new Float64Array(1)];
  const at = { bytes: 8 };
  const written = comparisons.map(({ job }) => withoutNumbers(job, chunks, at));
  writeFileSync(jobs, JSON.stringify(written));
  writeFileSync(
    numbers,
    Buffer.concat(chunks.map(({ buffer, byteLength }) => Buffer.from(buffer, 0, byteLength))),
  );
  const { status } = spawnSync(python, [join(root, 'test/torch/harness.py'), jobs, numbers, results], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  if (status !== 0) throw new Error('the Python process failed');
  return JSON.parse(readFileSync(results, 'utf8'));
}

type Attempt = Parameters<typeof templateComparisons>[1];

async function nodeComparisons(only: ReadonlySet<string> | undefined, attempt: Attempt): Promise<string[]> {
  const missing: string[] = [];
  for (const definition of catalogue as readonly AnyNodeDefinition[]) {
    const { type, torch, category } = definition;
    if (type === PARITY || (only && !only.has(type))) continue;
    if (torch === undefined) missing.push(type);
    if (typeof torch !== 'function' || category === 'data' || category === 'output') continue;
    if (category === 'optimizer')
      for (const { document, settings } of optimizerDocuments(definition))
        await attempt(type, settings, () => compareTraining(type, document, settings, 20));
    else
      for (const setting of settingsOf(definition)) {
        const settings = describeSetting(setting);
        await attempt(type, settings, () => compareNode(definition, setting, settings));
      }
  }
  return missing;
}

async function main(): Promise<number> {
  installEverything();
  const args = process.argv.slice(2);
  const at = args.indexOf('--only');
  const only = at < 0 ? undefined : new Set((args[at + 1] ?? '').split(','));
  const python = findPython();
  if (python === undefined) {
    console.log('There is no Python with PyTorch here: nothing was compared.');
    return 0;
  }
  const begin = performance.now();
  const failed: Row[] = [];
  const isTemplates = args.includes('--templates');
  const comparisons: Comparison[] = [];
  const attempt: Attempt = async (type, settings, make) => {
    try {
      comparisons.push(await make());
    } catch (error) {
      const fault = error instanceof CannotCompare ? error.message : String((error as Error).stack);
      failed.push({ type, settings, referenceError: Infinity, wasmError: Infinity, fault });
    }
  };
  let missing: readonly string[] = [];
  if (isTemplates) await templateComparisons(only, attempt);
  else missing = await nodeComparisons(only, attempt);
  const theirs = inPython(python, comparisons);
  const rows = [
    ...comparisons.map((one, i) =>
      judge(one, theirs[i] ?? {}, isTemplates ? bounds.template : bounds.reference),
    ),
    ...failed,
  ];
  const faulty = rows.filter(({ fault }) => fault !== undefined);
  const isOptimizer = (type: string) => catalogue.find((d) => d.type === type)?.category === 'optimizer';
  if (args.includes('--json')) {
    const plain = rows.map(({ fault: _, wasmError, ...row }) => (isTemplates ? row : { ...row, wasmError }));
    const parts = isTemplates
      ? { templates: plain }
      : {
          nodes: plain.filter(({ type }) => !isOptimizer(type)),
          optimizers: plain.filter(({ type }) => isOptimizer(type)),
        };
    console.log(JSON.stringify({ ...parts, missing }));
    return faulty.length > 0 ? 1 : 0;
  }
  const types = [...new Set(rows.map(({ type }) => type))];
  for (const type of types) {
    const own = rows.filter((row) => row.type === type);
    const bad = own.filter(({ fault }) => fault !== undefined);
    const worst = (side: 'referenceError' | 'wasmError') =>
      Math.max(...own.map((row) => row[side])).toExponential(1);
    console.log(
      `${bad.length > 0 ? 'FAILED' : 'ok    '}  ${type.padEnd(28)} ${String(own.length).padStart(3)} settings   ${isTemplates ? 'error' : 'reference'} ${worst('referenceError')}${isTemplates ? '' : `   wasm ${worst('wasmError')}`}`,
    );
    for (const { settings, fault } of bad) console.log(`    ${settings}\n      ${fault}`);
  }
  if (missing.length > 0) console.log(`\nWithout PyTorch yet: ${missing.join(', ')}`);
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(`\n${types.length} types, ${rows.length} settings, ${faulty.length} disagree (${seconds} s)`);
  return faulty.length > 0 ? 1 : 0;
}

process.exit(await main());
