/**
 * `npm run -s bench:engines`: models trained and tensors multiplied by Tensorloom, by PyTorch on the same
 * processor, and by the other engines in JavaScript, one thread each, in turn. Numbers are checked against
 * float64 before anything is timed.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { serialize } from '../../graph-schema/serialize.ts';
import { startChromium } from './engines/chromium.ts';
import {
  COMPILE_ROW,
  type CompileTime,
  compileRows,
  LAYERS,
  type LoopRate,
  RECURRENCE_ROW,
  REPEAT_ROW,
  REPEATS,
  recurrence,
  repeatLayers,
  stackLayers,
} from './engines/compile-time.ts';
import type { Names } from './engines/contender.ts';
import type { Errors } from './engines/host.ts';
import { type Remote, serveTask, startHost } from './engines/node-host.ts';
import { type Options, parseOptions, usage } from './engines/options.ts';
import { installPeers } from './engines/peers.ts';
import { type Python, startPython } from './engines/python.ts';
import { writeCase } from './engines/reference.ts';
import { type Timed, timeInTurn } from './engines/rounds.ts';
import {
  BEFORE,
  type Contestant,
  type Measured,
  OURS,
  PROCESSOR,
  rowOf,
  tableText,
} from './engines/table.ts';
import { traceText } from './engines/trace-text.ts';
import { findWorkload, tensorsOf, type Workload } from './engines/workloads.ts';

const others: readonly Names[] = ['jax-js', 'tfjs-wasm', 'onnxruntime-web'];

/** How far single precision may be from float64. Others are held to less: fast sums round in their own way. */
const tolerance = { ours: 1e-5, others: 1e-3 };

/** This file, bundled: it serves an engine when it is forked. */
const program = fileURLToPath(import.meta.url);

/** Fresh processes that time a compilation. */
const COMPILES = 5;

const say = (line: string) => console.error(line);
const told = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function main(options: Options): Promise<void> {
  const cases = mkdtempSync(`${tmpdir()}/tensorloom-bench-`);
  const torch = options.against === undefined ? startTorch() : undefined;
  const peers = options.against === undefined ? installPeers(say) : undefined;
  const names = [OURS, ...(peers === undefined ? [] : others)];
  const hosts = await startHosts(options, names, cases, peers ?? '');
  try {
    const isFair = torch !== undefined && (await introduce(torch));
    const ours = hosts.get(OURS) as Remote;
    const [load = 0] = loadavg();
    if (load > 1)
      say(`The machine is busy (load ${load.toFixed(1)}): trust ratios more than rates, and neither much.`);
    const results: Measured[] = [];
    const ceilings: number[] = [];
    for (const name of options.only.filter((n) => !compileRows.includes(n))) {
      const measured = await measure(findWorkload(name), hosts, { torch, isFair }, cases, options);
      results.push(measured);
      for (const [who, fault] of Object.entries(measured.faults)) say(`  ${who}: ${fault}`);
      ceilings.push((await ours.ask({ op: 'ceiling' })).flopsPerSecond);
      if (options.trace && !(OURS in measured.faults)) {
        const trace = await ours.ask({ op: 'trace' });
        (options.json ? say : console.log)(`\n${name}\n${traceText(trace)}\n`);
      }
    }
    // Whatever else the machine does can only lower it.
    const ceiling = Math.max(...ceilings);
    const rows = results.map((measured) => rowOf(measured, ceiling));
    const compiles = await timeCompiles(options.only, cases);
    if (options.json) {
      console.log(JSON.stringify({ workloads: rows, ...compiles }));
    } else {
      if (rows.length > 0)
        console.log(
          `${tableText(rows)}\n\nceiling of 128-bit Wasm: ${(ceiling / 1e9).toFixed(1)} GFLOP/s a core`,
        );
      for (const [name, row] of Object.entries(compiles)) console.log(`${name}: ${compileText(row)}`);
    }
  } finally {
    torch?.close();
    for (const host of hosts.values()) await host.close();
    rmSync(cases, { recursive: true });
  }
}

function startTorch(): Python | undefined {
  const torch = startPython('test/bench/engines/torch_peer.py', ['torch', 'numpy']);
  if (!torch)
    say('No python3 here has torch: no ratio to it, and numbers are only held against our own float64.');
  return torch;
}

/** Whether it is an opponent: without a BLAS made for this processor its products take ten times as long. */
async function introduce(torch: Python): Promise<boolean> {
  const { version, blas } = (await torch.ask({ op: 'hello' })) as { version: string; blas: string };
  say(`torch ${version}, one thread, BLAS: ${blas}.`);
  const isFair = blas !== 'reference';
  if (!isFair)
    say(
      '  That is the slow reference BLAS: it only checks numbers. Install libopenblas0-pthread to race it.',
    );
  return isFair;
}

async function startHosts(
  { host, against }: Options,
  names: readonly Names[],
  cases: string,
  peers: string,
): Promise<ReadonlyMap<Contestant, Remote>> {
  if (host === 'chromium') return startChromium(names, cases, peers);
  const hosts = names.map((engine): [Contestant, Remote] => [
    engine,
    startHost(program, { engine, cases, peers }),
  ]);
  if (against !== undefined) hosts.splice(1, 0, [BEFORE, startHost(against, { engine: OURS, cases, peers })]);
  return new Map(hosts);
}

async function measure(
  workload: Workload,
  hosts: ReadonlyMap<Contestant, Remote>,
  { torch, isFair }: { readonly torch: Python | undefined; readonly isFair: boolean },
  cases: string,
  { milliseconds }: Options,
): Promise<Measured> {
  const { name, flops } = workload;
  say(`${name} …`);
  const faults: Record<string, string> = {};
  const contenders: Timed[] = [];
  try {
    await writeCase(cases, { workload, document: graphOf(name), tensors: tensorsOf(workload) }, torch);
  } catch (error) {
    return { name, flops, seconds: {}, faults: { [OURS]: `no reference: ${told(error)}` } };
  }
  for (const [engine, { ask, used }] of hosts) {
    try {
      const errors = await ask({ op: 'prepare', workload: name });
      const fault = faultIn(errors, engine, workload);
      say(`  ${engine}: off by ${errorText(errors)}`);
      if (fault) faults[engine] = `WRONG, not timed: ${fault}`;
      else
        contenders.push({
          name: engine,
          time: async (ms): Promise<Record<string, number>> => {
            const before = used?.();
            const timed = await ask({ op: 'time', milliseconds: ms });
            const inAll = before === undefined ? undefined : (used?.() ?? Number.NaN) - before;
            // The step before the first that is counted has used the processor too.
            const processor = inAll === undefined ? timed.processorSeconds : inAll / (timed.steps + 1);
            return { '': timed.seconds, [PROCESSOR]: processor };
          },
        });
    } catch (error) {
      faults[engine] = told(error);
    }
  }
  if (torch && isFair) {
    await torch.ask({ op: 'prepare', folder: cases, workload: name });
    const time = (ms: number) => torch.ask({ op: 'time', milliseconds: ms }) as ReturnType<Timed['time']>;
    contenders.splice(1, 0, { name: 'torch', time });
  }
  const timed = await timeInTurn(contenders, milliseconds);
  return { name, flops, seconds: timed.seconds, faults: { ...faults, ...timed.faults } };
}

/** A row of compile times: of a repeat also those of two repeats, and what a step takes. */
type CompileRow = CompileTime & {
  readonly ofTwo?: CompileTime;
  /** Characters that the file has more than that of one repeat. */
  readonly longer?: number;
  readonly rate?: LoopRate;
};

async function timeCompiles(only: readonly string[], cases: string): Promise<Record<string, CompileRow>> {
  const rows: Record<string, CompileRow> = {};
  const put = (file: string, document: GraphDocument) => {
    writeFileSync(`${cases}/${file}`, JSON.stringify(document));
    return file;
  };
  const block = graphIn('test/bench/graphs/transformer.json');
  if (only.includes(COMPILE_ROW) && block)
    rows[COMPILE_ROW] = await timeFresh(cases, put('stack.json', stackLayers(block, LAYERS)));
  if (only.includes(RECURRENCE_ROW))
    rows[RECURRENCE_ROW] = await timeFresh(cases, put('recurrence.json', recurrence(1000)));
  const template = graphIn('templates/digits-transformer.graph.json');
  if (only.includes(REPEAT_ROW) && template) {
    const file = put('repeat.json', repeatLayers(template, REPEATS));
    const ofTwo = await timeFresh(cases, put('two.json', repeatLayers(template, 2)));
    const time = await timeFresh(cases, file);
    const host = startHost(program, { engine: OURS, cases, peers: '' });
    const length = (repeat: number) => serialize(repeatLayers(template, repeat)).length;
    const longer = length(REPEATS) - length(1);
    rows[REPEAT_ROW] = { ...time, ofTwo, longer, rate: await host.ask({ op: 'loop', file }) };
    await host.close();
  }
  return rows;
}

/** The fastest of a few processes that have compiled nothing before. */
async function timeFresh(cases: string, file: string): Promise<CompileTime> {
  const times: CompileTime[] = [];
  for (let i = 0; i < COMPILES; i++) {
    const fresh = startHost(program, { engine: OURS, cases, peers: '' });
    times.push(await fresh.ask({ op: 'compile', file }));
    await fresh.close();
  }
  const total = ({ compileMs, loadMs }: CompileTime) => compileMs + loadMs;
  return times.reduce((best, time) => (total(time) < total(best) ? time : best));
}

function compileText({ compileMs, compileCpuMs, loadMs, steps, ofTwo, longer, rate }: CompileRow): string {
  const parts = [
    `${(compileMs + loadMs).toFixed(0)} ms in a fresh process, ${compileMs.toFixed(0)} to compile (${compileCpuMs.toFixed(0)} of processor time) and ${loadMs.toFixed(0)} to load ${steps} steps`,
  ];
  if (ofTwo)
    parts.push(`${(compileCpuMs / ofTwo.compileCpuMs).toFixed(2)} times what two repeats take to compile`);
  if (rate)
    parts.push(
      `checked in ${rate.checkMs.toFixed(1)} ms of processor time, ${rate.firstCheckMs.toFixed(1)} the first time`,
      `a step takes ${rate.loopMs.toFixed(1)} ms, ${rate.writtenOutMs.toFixed(1)} written out: ${(rate.writtenOutMs / rate.loopMs).toFixed(2)} of its rate`,
    );
  if (longer !== undefined) parts.push(`its file has ${longer} characters more than of one`);
  return parts.join('; ');
}

const graphOf = (name: string): GraphDocument | undefined => graphIn(`test/bench/graphs/${name}.json`);

const graphIn = (file: string): GraphDocument | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as GraphDocument) : undefined;

function faultIn(
  { loss, values, later, worst }: Errors,
  engine: Contestant,
  workload: Workload,
): string | undefined {
  const most = engine === OURS ? tolerance.ours : tolerance.others;
  if (!(loss <= most)) return `loss off by ${loss.toExponential(1)}`;
  if (!(values <= most)) return `${worst} off by ${values.toExponential(1)}`;
  if (later !== null && !(later <= (workload.later ?? most)))
    return `loss after training off by ${later.toExponential(1)}`;
  return undefined;
}

const errorText = ({ loss, values, later, worst }: Errors): string =>
  `${values.toExponential(1)} (${worst}), loss ${loss.toExponential(1)}, later ${later?.toExponential(1) ?? '–'}`;

/** Undefined where the arguments make no sense; the user is told how they should be. */
function asked(): Options | undefined {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    say(`${told(error)}\n\n${usage}`);
    process.exitCode = 2;
    return undefined;
  }
}

if (!serveTask()) {
  const options = asked();
  if (options) await main(options);
}
