/**
 * The training loop. Deterministic: what a run computes depends on the compiled document, the engine and
 * the seed, never on a clock, on how often the run yields to its host, or on who watches.
 */
import { bestSoFar, watchedByDefault } from '../base/best-so-far.ts';
import { type Diagnostic, diagnose } from '../base/diagnostic.ts';
import type { Compiled } from '../compiler/types.ts';
import { elements } from '../ir/program.ts';
import { type Engine, EngineError, type MetricsLog } from '../numeric/engine.ts';
import { evaluatedState } from './averages.ts';
import { type Position, takeCheckpoint } from './checkpoint.ts';
import { measureChecks } from './checks.ts';
import { type DataFacts, factsOf, loadData } from './data.ts';
import { diagnosticOf } from './engine-faults.ts';
import type { RunEvent, RunOptions } from './events.ts';
import { findCulprit } from './find-culprit.ts';
import { initialise, type State } from './initialise.ts';
import { show } from './inspect.ts';
import { createRecorder } from './recorder.ts';
import { inexactness, restore } from './restore.ts';
import { readState, type Session, writeState } from './session.ts';
import { createSessions } from './sessions.ts';
import { validate } from './validation.ts';
import { checkColumns } from './wrong-choices.ts';

/** A run reports about this many times, however long it is. */
const REPORTS = 200;

const failed = (step: number, ...diagnostics: Diagnostic[]): RunEvent => ({
  type: 'failed',
  step,
  diagnostics,
});

/** What a run computes with, and how far it is. */
interface Loop {
  readonly data: DataFacts;
  readonly compiled: Compiled;
  readonly engine: Engine;
  readonly options: RunOptions;
  readonly sessions: ReturnType<typeof createSessions>;
  readonly recorder: ReturnType<typeof createRecorder>;
  readonly seed: number;
  readonly steps: number;
  /** Steps that were taken, those before the checkpoint included. */
  done: number;
}

function* flush(recorder: Loop['recorder']): Generator<RunEvent> {
  const progress = recorder.flush();
  if (progress) yield progress;
}

/** Ends with `finished` or with `failed`. */
export async function* run(
  compiled: Compiled,
  engine: Engine,
  options: RunOptions = {},
): AsyncGenerator<RunEvent, void, void> {
  if (!compiled.train) return yield failed(0, diagnose('nothing-to-train', {}));
  const { from } = options;
  const seed = options.seed ?? from?.seed ?? compiled.run.seed;
  const { value: data = [], diagnostics } = await loadData(compiled.data, options.data);
  const wrong = [...diagnostics, ...checkColumns(compiled.choices, data)];
  if (wrong.length > 0) return yield failed(0, ...wrong);
  const fed = { data, seed, position: from?.position };
  const loop: Loop = {
    data: factsOf(data),
    compiled,
    engine,
    options,
    sessions: createSessions(compiled, engine, fed, options.memoryLimit),
    recorder: createRecorder(),
    seed,
    steps: options.steps ?? compiled.run.steps,
    done: from?.step ?? 0,
  };
  try {
    yield* trainOn(loop);
  } catch (error) {
    yield* flush(loop.recorder);
    yield failed(loop.done, diagnosticOf(error, compiled.train.plan));
  } finally {
    loop.sessions.dispose();
  }
}

const started = ({ compiled, engine, seed, steps, done, sessions }: Loop): RunEvent => ({
  type: 'started',
  engine: engine.name,
  seed,
  from: done,
  steps,
  parameters: compiled.state.reduce((n, s) => n + (s.trainable ? elements(s.shape) : 0), 0),
  bytes: sessions.bytes(),
});

async function* trainOn(loop: Loop): AsyncGenerator<RunEvent, void, void> {
  const { compiled, engine, options, sessions, recorder, seed, steps } = loop;
  const { from } = options;
  const { evaluateEvery } = compiled.run;
  const train = await sessions.open('train');
  const evaluations = await sessions.openEvaluations();
  const evaluates = evaluations.length > 0;

  const restored = from && restore(compiled, from, seed);
  /** The last state that was looked at and found finite. */
  let good = { step: loop.done, state: restored?.state ?? initialise(compiled.state, seed) };
  writeState(train, good.state);
  yield started(loop);
  if (restored) {
    const inexact = inexactness(compiled, engine, from, seed);
    const diagnostics = inexact ? [inexact] : [];
    yield { type: 'restored', step: loop.done, report: restored.report, diagnostics };
  }

  /** Ends the run by naming what went wrong between the last good state and this step. */
  async function* blame(step: number): AsyncGenerator<RunEvent> {
    yield* flush(recorder);
    const found = await findCulprit({ sessions, session: train }, good.state, good.step, step);
    yield failed(found.step, found.diagnostic);
  }

  const { patience = compiled.run.patience, watch = compiled.run.watch ?? watchedByDefault } = options;
  const judge = bestSoFar(watch, patience);
  const reportEvery = Math.max(1, Math.ceil(steps / REPORTS));
  let metrics: Record<string, number> = {};
  let validation: Record<string, number> = {};
  const checkpoint = (state: State) => {
    const position: Position = { step: loop.done, rows: train.rowsBefore(loop.done) };
    const latest = { ...from?.metrics, ...metrics, ...validation };
    return takeCheckpoint(compiled, { engine, seed, position, metrics: latest, data: loop.data, state });
  };
  while (loop.done < steps && !options.signal?.aborted && !judge.isOver()) {
    const asked = options.stride?.() ?? Infinity;
    const toReport = reportEvery - (loop.done % reportEvery);
    const toEvaluation = evaluates ? evaluateEvery - (loop.done % evaluateEvery) : Infinity;
    const stride = Math.min(steps - loop.done, train.mostAtOnce, asked, toReport, toEvaluation);
    const { log, finite, fault } = await take(train, loop.done, stride);
    recorder.add(loop.done, log, finite);
    loop.done += finite;
    if (fault) throw fault;
    if (finite < stride) return yield* blame(loop.done);
    if (recorder.isFull()) yield* flush(recorder);
    metrics = row(log, stride - 1);

    if (loop.done % reportEvery === 0 || loop.done === steps || options.isPaused?.()) {
      const state = await readState(train, compiled.state);
      if (!finiteState(state)) return yield* blame(loop.done - 1);
      good = { step: loop.done, state };
      yield* flush(recorder);
      yield* watched(loop, state);
    }

    if (evaluates && (loop.done % evaluateEvery === 0 || loop.done === steps)) {
      const state = evaluatedState(await readState(train, compiled.state), compiled.state);
      validation = {};
      for (const evaluation of evaluations) {
        writeState(evaluation, state);
        const measured = await validate(evaluation, loop.done);
        validation = { ...validation, ...measured };
        if (Object.values(measured).every(Number.isFinite)) continue;
        yield* flush(recorder);
        const found = await findCulprit({ sessions, session: evaluation }, state, loop.done, loop.done);
        return yield failed(loop.done, found.diagnostic);
      }
      judge.hear(loop.done, validation);
      yield { type: 'evaluated', step: loop.done, metrics: validation };
    }

    if (options.checkpointNow?.(loop.done)) {
      const state = await readState(train, compiled.state);
      if (!finiteState(state)) return yield* blame(loop.done - 1);
      yield { type: 'checkpoint', step: loop.done, checkpoint: checkpoint(state) };
    }

    const yielded = options.yieldNow?.(loop.done);
    if (yielded) await yielded;
  }
  yield* flush(recorder);
  const state = await readState(train, compiled.state);
  if (!finiteState(state)) return yield* blame(loop.done - 1);
  if (compiled.checks) {
    const { value: checks = [], diagnostics } = await measureChecks(compiled, sessions, state, loop.done);
    yield { type: 'checked', step: loop.done, checks, diagnostics };
  }
  const last = checkpoint(state);
  yield {
    type: 'finished',
    step: loop.done,
    metrics: last.metrics,
    stopped: loop.done < steps,
    checkpoint: last,
  };
}

/** What the host asks to see of the state. */
async function* watched(loop: Loop, state: State): AsyncGenerator<RunEvent> {
  const { compiled, sessions, options, done: step } = loop;
  const isLast = step === loop.steps;
  const wanted = {
    ports: options.probes?.(isLast) ?? [],
    tensors: options.tensors?.(isLast) ?? [],
    closely: options.closely?.(),
  };
  // What is checked at the end has an event of its own.
  const isAsked = options.checks?.() === true;
  const isChecked = isAsked && !isLast && compiled.checks !== undefined;
  const isRead = isAsked && compiled.readings !== undefined;
  if (wanted.ports.length + wanted.tensors.length === 0 && !isChecked && !isRead) return;
  const shown = await show(compiled, sessions, state, step, wanted);
  const measure = async (kind: 'checks' | 'readings') =>
    (await measureChecks(compiled, sessions, state, step, kind)).value;
  const checks = isChecked ? await measure('checks') : undefined;
  const readings = isRead ? await measure('readings') : undefined;
  yield { type: 'values', step, ...shown, ...(checks && { checks }), ...(readings && { readings }) };
}

/** Takes steps: what they have logged, how many came before the first that is not finite, and what ended them. */
async function take(
  session: Session,
  from: number,
  count: number,
): Promise<{ log: MetricsLog; finite: number; fault?: EngineError }> {
  try {
    const log = await session.advance(from, count);
    return { log, finite: finiteRows(log, count) };
  } catch (fault) {
    if (!(fault instanceof EngineError)) throw fault;
    const { log } = fault;
    return { log, finite: finiteRows(log, Object.values(log)[0]?.length ?? 0), fault };
  }
}

function finiteRows(log: MetricsLog, count: number): number {
  const firsts = Object.values(log).map((column) => column.findIndex((value) => !Number.isFinite(value)));
  return Math.min(count, ...firsts.filter((first) => first >= 0));
}

const row = (log: MetricsLog, i: number): Record<string, number> =>
  Object.fromEntries(Object.entries(log).map(([name, values]) => [name, values[i] as number]));

function finiteState(state: State): boolean {
  for (const values of state.values()) {
    for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  }
  return true;
}
