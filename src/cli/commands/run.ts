/** `tensorloom run`: trains a graph, or evaluates one that has nothing to train. */

import { type BestSoFar, bestSoFar, watchedByDefault } from '../../base/best-so-far.ts';
import { type Diagnostic, isError } from '../../base/diagnostic.ts';
import { visible } from '../../base/visible.ts';
import type { Compiled } from '../../compiler/index.ts';
import { repeatsOf } from '../../compiler/repeat/state-names.ts';
import type { Plan } from '../../ir/plan.ts';
import type { Decision } from '../../numeric/threads/threaded-engine.ts';
import { createThrottle, type Model, openModel } from '../../runtime/index.ts';
import {
  type Call,
  type CliCommand,
  type CommandResult,
  numberOption,
  seedOption,
  textOption,
  UsageError,
} from '../command.ts';
import { mustBeWritable, mustNotOverwrite, readGraph } from '../command-files.ts';
import { dataBeside } from '../data-beside.ts';
import {
  chosenDtype,
  chosenEngine,
  dtypeOption,
  engineOption,
  openEngine,
  threadsOption,
} from '../engine-options.ts';
import { loadForeign, mapOption, withMatch } from '../foreign-state.ts';
import type { Io } from '../io.ts';
import { probedPorts } from '../probes.ts';
import { checksJson, checksText, metricsText, valuesText } from '../results.ts';
import { loadState, openStateFile, restoredText, type StateFile } from '../state-file.ts';
import { after, nothingYet, type Summary } from '../summary.ts';
import { openTrace, type TraceFile } from '../trace-file.ts';
import { refusalWithFixes } from '../tried-fixes.ts';
import { writeValues } from '../values-file.ts';

interface Settings {
  readonly steps: number | undefined;
  /** Steps that the state to go on from has done. */
  readonly begunAt: number;
  /** That state is another program's. */
  readonly isForeign: boolean;
  /** Where the state goes at the end, and every so many steps. */
  readonly file: StateFile | undefined;
  readonly saveEvery: number | undefined;
  readonly ports: readonly string[];
  readonly trace: TraceFile | undefined;
  /** Where the state of the best evaluation goes, and how evaluations are judged. */
  readonly bestFile: StateFile | undefined;
  readonly judge: BestSoFar | undefined;
  readonly watched: string;
  readonly patience: number | undefined;
  /** Names of the state whose norms are traced. */
  readonly norms: readonly string[];
  readonly live: boolean;
}

export const run: CliCommand = {
  usage: 'run GRAPH.json',
  about: 'train the graph, or evaluate it when it has no optimizer',
  operands: { min: 1, max: 1 },
  options: {
    steps: {
      type: 'string',
      value: 'N',
      help: 'training steps in all; the graph says how many when left out',
    },
    seed: { type: 'string', value: 'S', help: 'seed of every random number' },
    from: {
      type: 'string',
      value: 'FILE',
      help: 'go on from a saved state, with its seed, engine and precision',
    },
    map: mapOption,
    save: { type: 'string', value: 'FILE', help: 'save the state there (safetensors), also on Ctrl-C' },
    'save-every': { type: 'string', value: 'N', help: 'save it every N steps too' },
    'save-best': { type: 'string', value: 'FILE', help: 'save the state of the best evaluation there' },
    patience: {
      type: 'string',
      value: 'N',
      help: 'stop after N evaluations on held-back rows without a better one; the graph may say so when left out',
    },
    norms: {
      type: 'boolean',
      help: 'with --trace FILE.csv: the norm of every parameter and of its gradient too',
    },
    watch: {
      type: 'string',
      value: 'METRIC',
      help: 'what --patience and --save-best go by: what the graph says when left out, or testLoss',
    },
    engine: engineOption,
    dtype: dtypeOption,
    threads: threadsOption,
    memory: { type: 'string', value: 'BYTES', help: 'refuse to use more than this' },
    values: {
      type: 'string',
      value: 'FILE.npz',
      help: 'write what the Probes show, every number of it, or without Probes all values: np.load(FILE)["node.port"]',
    },
    trace: {
      type: 'string',
      value: 'FILE.jsonl',
      help: 'write every event there, one JSON object a line, when the run ends; with --from, behind what is there. FILE.csv: step, metric and value of each',
    },
  },
  async run(call, io) {
    const memoryLimit = numberOption(call, 'memory', 'positive');
    const [steps, seed] = [numberOption(call, 'steps', 'whole'), seedOption(call)];
    const asked = chosenDtype(call);
    const saveEvery = saveEveryOf(call);
    const path = call.operands[0] as string;
    const names = ['from', 'save', 'trace', 'values', 'save-best'];
    const [fromPath, savePath, tracePath, valuesPath, bestPath] = names.map((name) => textOption(call, name));
    const written = [
      { role: '--save', path: savePath },
      { role: '--trace', path: tracePath },
      { role: '--values', path: valuesPath },
      { role: '--save-best', path: bestPath },
    ];
    // A state may replace the one that the run goes on from.
    await mustNotOverwrite(written, [{ role: 'the graph', path }], io);
    await mustNotOverwrite(written.slice(1), [{ role: '--from', path: fromPath }], io);
    for (const other of [tracePath, valuesPath]) if (other !== undefined) await mustBeWritable(other, io);
    const file = savePath === undefined ? undefined : await openStateFile(savePath, io);
    const bestFile = bestPath === undefined ? undefined : await openStateFile(bestPath, io);
    const { value: document, diagnostics } = await readGraph(path, io);
    if (!document) return refused(diagnostics);
    const foreign = await loadForeign(call, document, io);
    const loaded = foreign || fromPath === undefined ? undefined : await loadState(fromPath, io);
    const unread = [foreign, loaded].find((read) => read && !read.value);
    if (unread) return refused([...diagnostics, ...unread.diagnostics]);

    let training: Plan | undefined;
    let threads: Decision | undefined;
    const engine = await openEngine(chosenEngine(call, loaded?.value?.engine), call, io, (plan, decision) => {
      if (plan === training) threads = decision;
    });
    const from = foreign?.value?.checkpoint(engine, seed) ?? loaded?.value;
    const model = await openModel(document, {
      ...{ engine, dtype: asked, seed, memoryLimit, from },
      data: dataBeside(path, io),
    });
    const { value: compiled, diagnostics: told } = model.compiled();
    const said = [...diagnostics, ...told];
    if (!compiled) return refused(refusalWithFixes(document, said));
    training = compiled.train?.plan;
    if (file && !training)
      throw new UsageError('--save: the graph has no optimizer, so there is no state to save');
    const watched = textOption(call, 'watch') ?? compiled.run.watch ?? watchedByDefault;
    const patience = numberOption(call, 'patience', 'positive') ?? compiled.run.patience;
    const judge = judgeOf(call, watched, patience, compiled.evaluations.length > 0);

    const settings: Settings = {
      steps,
      begunAt: from?.step ?? 0,
      isForeign: foreign !== undefined,
      ...{ file, bestFile, judge, watched, patience, norms: normsOf(call, compiled, tracePath) },
      saveEvery,
      ports: probedPorts(document),
      trace: tracePath === undefined ? undefined : await openTrace(tracePath, from !== undefined, io),
      live: io.terminal && call.options.json !== true,
    };
    try {
      const answer = training
        ? await trained(model, settings, io, () => threads)
        : await evaluated(model, settings);
      const { ports } = settings;
      const unwritten =
        valuesPath === undefined
          ? []
          : await writeValues(model, ports.length > 0 ? ports : undefined, valuesPath, io);
      const ok = answer.ok && unwritten.length === 0;
      const told = withMatch(answer, foreign?.value?.match);
      return { ...told, ok, diagnostics: [...said, ...answer.diagnostics, ...unwritten] };
    } finally {
      await settings.trace?.end();
    }
  },
};

/** Parameters by the names that files know. */
function normsOf(call: Call, { state }: Compiled, trace: string | undefined): readonly string[] {
  if (call.options.norms !== true) return [];
  if (!trace?.endsWith('.csv')) throw new UsageError('--norms needs --trace FILE.csv to write to');
  return state
    .filter(({ trainable }) => trainable)
    .flatMap((spec) => repeatsOf(spec).map(({ name }) => name));
}

/** How evaluations are judged, where that is asked for. */
function judgeOf(
  call: Call,
  watched: string,
  patience: number | undefined,
  evaluates: boolean,
): BestSoFar | undefined {
  const asked = ['patience', 'save-best', 'watch'].find((name) => call.options[name] !== undefined);
  if (asked === undefined && (patience === undefined || !evaluates)) return undefined;
  if (!evaluates) throw new UsageError(`--${asked}: no rows are held back, so nothing is evaluated`);
  return bestSoFar(watched);
}

function saveEveryOf(call: Call): number | undefined {
  const every = numberOption(call, 'save-every', 'whole');
  if (every === 0) throw new UsageError('--save-every takes a number from 1, not "0"');
  if (every !== undefined && call.options.save === undefined)
    throw new UsageError('--save-every needs --save FILE to save to');
  return every;
}

const refused = (diagnostics: readonly Diagnostic[]): CommandResult => ({
  ok: false,
  diagnostics,
  json: {},
  text: '',
});

async function evaluated(model: Model, { ports, trace }: Settings): Promise<CommandResult> {
  const wanted = { ports: ports.length > 0 ? ports : undefined, checks: true };
  const { value, diagnostics } = await model.inspect(wanted);
  if (!value) return refused(diagnostics);
  const { values, metrics, tensors, checks = [] } = value;
  const { seed, engine } = model;
  await trace?.write({ type: 'values', step: 0, values, metrics, tensors, checks });
  await trace?.end();
  const said = [...diagnostics, ...(trace?.faults() ?? [])];
  return {
    ok: !said.some(isError) && checks.every(({ met }) => met),
    diagnostics: said,
    json: { steps: 0, seed, engine: engine.name, metrics: {}, values, checks: checksJson(checks) },
    text: [valuesText(values), checksText(checks)].filter((part) => part !== '').join('\n'),
  };
}

async function trained(
  model: Model,
  settings: Settings,
  io: Io,
  decided: () => Decision | undefined,
): Promise<CommandResult> {
  const { ports, trace, live, begunAt, file, saveEvery, bestFile, judge } = settings;
  const { engine, seed, dtype } = model;
  let [summary, done]: [Summary, number] = [nothingYet, begunAt];
  const begun = io.now();
  const yieldToEventLoop = () => new Promise<void>((resolve) => setImmediate(resolve));
  const throttle = createThrottle({ now: io.now, yieldToEventLoop, interval: TURN });
  const isBest = (step: number) => bestFile !== undefined && judge?.isBest(step) === true;
  const isSaved = (step: number) => saveEvery !== undefined && step % saveEvery === 0;
  let keepAt = begun + KEEP_EVERY;
  for await (const event of model.run({
    steps: settings.steps,
    checkpointNow: (step) => isSaved(step) || isBest(step) || (file !== undefined && io.now() >= keepAt),
    ...{ signal: io.signal, watch: settings.watched, patience: settings.patience },
    probes: () => ports,
    tensors: () => settings.norms,
    // The thread hears that it is to stop only when its event loop turns.
    stride: () =>
      Math.min(throttle.stride(), saveEvery === undefined ? Infinity : saveEvery - (done % saveEvery)),
    yieldNow(step) {
      done = step;
      return throttle.yieldNow(step);
    },
  })) {
    if (event.type === 'evaluated') judge?.hear(event.step, event.metrics);
    if (event.type === 'checkpoint' && isBest(event.step)) await bestFile?.save(event.checkpoint);
    if (file && event.type === 'checkpoint' && !isSaved(event.step)) {
      const before = io.now();
      file.keep(event.checkpoint);
      keepAt = io.now() + Math.max(KEEP_EVERY, KEEP_SHARE * (io.now() - before));
      continue;
    }
    await trace?.write(event);
    summary = after(summary, event);
    if (event.type === 'checkpoint' || event.type === 'finished') await file?.save(event.checkpoint);
    if (live) io.out(`${CLEAR_LINE}${progressText(summary, begunAt, io.now() - begun)}`);
  }
  if (live) io.out(CLEAR_LINE);
  await trace?.end();

  const seconds = (io.now() - begun) / 1000;
  const { steps, metrics, values, checks, stopped, failed, restored } = summary;
  const areFinite = Object.values(values).every(
    ({ count, min, max }) => count === 0 || Number.isFinite(max - min),
  );
  // What is trained is finite to here; what a Probe shows beside it may still not be.
  const shown = failed || areFinite ? [] : (await model.inspect({ ports })).diagnostics;
  const diagnostics = [
    ...summary.diagnostics,
    ...shown,
    ...(file?.faults() ?? []),
    ...(bestFile?.faults() ?? []),
    ...(trace?.faults() ?? []),
  ];
  const stepsPerSecond = seconds > 0 ? Math.max(0, steps - begunAt) / seconds : 0;
  const ended = failed ? 'failed after' : stopped ? 'stopped after' : 'finished';
  const pace = `${seconds.toFixed(2)} s (${Math.round(stepsPerSecond)} steps/s)`;
  const threads = decided();
  return {
    ok: !failed && !diagnostics.some(isError) && checks.every(({ met }) => met),
    diagnostics,
    json: {
      steps,
      seed,
      engine: engine.name,
      dtype,
      variant: engine.variant,
      stopped,
      metrics,
      ...(ports.length > 0 ? { values } : {}),
      checks: checksJson(checks),
      seconds,
      stepsPerSecond,
      ...(threads && { threads }),
      ...(restored ? { restored: { step: begunAt, ...restored } } : {}),
      ...(file?.saved() === true && { saved: file.path }),
      ...(judge && { best: bestJson(settings) }),
    },
    text: [
      restored && !settings.isForeign ? restoredText(begunAt, restored) : '',
      restored && begunAt >= summary.total
        ? 'no steps are left to take; --steps N takes them up to N in all'
        : '',
      `${ended} ${steps} steps in ${pace}, seed ${seed}, engine ${engine.name}`,
      threads ? threadsText(threads) : '',
      metricsText(metrics, '\n'),
      valuesText(values),
      checksText(checks),
      bestText(settings),
      file?.saved() ? `saved to ${visible(file.path)}` : '',
    ]
      .filter((part) => part !== '')
      .join('\n'),
  };
}

function bestJson({ judge, watched, bestFile }: Settings) {
  const best = judge?.best();
  return best && { metric: watched, ...best, ...(bestFile?.saved() === true && { saved: bestFile.path }) };
}

function bestText({ judge, watched, bestFile }: Settings): string {
  const best = judge?.best();
  if (!judge) return '';
  if (!best) return `no evaluation had “${visible(watched)}”`;
  const saved = bestFile?.saved() ? `, saved to ${visible(bestFile.path)}` : '';
  return `best ${visible(watched)} ${best.value} after ${best.step} steps${saved}`;
}

/** Steps, how fast they come, how long the rest takes, and metrics. */
function progressText({ steps, total, metrics }: Summary, begunAt: number, elapsed: number): string {
  const perSecond = elapsed > 0 ? ((steps - begunAt) / elapsed) * 1000 : 0;
  const left = perSecond > 0 ? Math.ceil((total - steps) / perSecond) : undefined;
  const pace = left === undefined ? '' : `${Math.round(perSecond)} steps/s, ${durationText(left)} left  `;
  return `${steps}/${total}  ${pace}${visible(metricsText(metrics))}`;
}

/** 1:05, 2:03:04. */
function durationText(seconds: number): string {
  const two = (n: number) => String(Math.floor(n) % 60).padStart(2, '0');
  const minutes = seconds / 60;
  return minutes < 60
    ? `${Math.floor(minutes)}:${two(seconds)}`
    : `${Math.floor(minutes / 60)}:${two(minutes)}:${two(seconds)}`;
}

const threadsText = ({ threads, tried, gain }: Decision): string =>
  threads > 1
    ? `${threads} threads: they take ${gain.toFixed(2)} times the steps of one`
    : `one thread: ${tried} take ${gain.toFixed(2)} times its steps`;

/** Milliseconds between two turns of the event loop. */
const TURN = 50;
/** Milliseconds from one state that is kept to the next, and how many times longer than keeping one takes. */
const KEEP_EVERY = 2000;
const KEEP_SHARE = 20;
const CLEAR_LINE = '\r\u001b[K';
