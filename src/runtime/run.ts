/**
 * The training loop. Deterministic: what a run computes depends on the compiled document, the engine and
 * the seed, never on a clock, on how often the host breathes, or on who watches.
 */
import { type Diagnostic, diagnose } from '../base/diagnostic.ts';
import type { Compiled } from '../compiler/types.ts';
import { elements } from '../ir/program.ts';
import { type Engine, EngineError, type MetricsLog } from '../numeric/engine.ts';
import { type Position, takeCheckpoint } from './checkpoint.ts';
import { findCulprit } from './culprit.ts';
import { loadData } from './data.ts';
import { diagnosticOf } from './engine-faults.ts';
import type { RunEvent, RunOptions } from './events.ts';
import { evaluateHeldBack } from './held-back.ts';
import { initialise, type State } from './initialise.ts';
import { show } from './inspect.ts';
import { createRecorder } from './recorder.ts';
import { inexactness, restore } from './restore.ts';
import { readState, type Session, writeState } from './session.ts';
import { createSessions } from './sessions.ts';

/** A run reports about this many times, however long it is. */
const REPORTS = 200;

const failed = (step: number, ...diagnostics: Diagnostic[]): RunEvent => ({
  type: 'failed',
  step,
  diagnostics,
});

/** Ends with `finished` or with `failed`. */
export async function* run(
  compiled: Compiled,
  engine: Engine,
  options: RunOptions = {},
): AsyncGenerator<RunEvent, void, void> {
  if (!compiled.train) return yield failed(0, diagnose('nothing-to-run', {}));
  const steps = options.steps ?? compiled.run.steps;
  const { from } = options;
  const seed = options.seed ?? from?.seed ?? compiled.run.seed;
  const { evaluateEvery } = compiled.run;

  const { value: data = [], diagnostics } = await loadData(compiled.data, options.data);
  if (diagnostics.length > 0) return yield failed(0, ...diagnostics);
  const sessions = createSessions(
    compiled,
    engine,
    { data, seed, position: from?.position },
    options.memoryLimit,
  );
  const recorder = createRecorder();
  function* flush(): Generator<RunEvent> {
    const progress = recorder.flush();
    if (progress) yield progress;
  }
  let done = from?.step ?? 0;

  try {
    const train = await sessions.open('train');
    const heldBack = data.length > 0 && data.every(({ split }) => split.test.length > 0);
    const evaluation = compiled.evaluate && heldBack ? await sessions.open('evaluate') : undefined;

    const restored = from && restore(compiled, from, seed);
    /** The last state that was looked at and found finite. */
    let good = { step: done, state: restored?.state ?? initialise(compiled.state, seed) };
    writeState(train, good.state);
    yield {
      type: 'started',
      engine: engine.name,
      seed,
      from: done,
      steps,
      parameters: compiled.state.reduce((n, s) => n + (s.trainable ? elements(s.shape) : 0), 0),
      bytes: sessions.bytes(),
    };

    if (restored) {
      const inexact = inexactness(compiled, engine, from, seed);
      yield {
        type: 'restored',
        step: done,
        report: restored.report,
        diagnostics: inexact ? [inexact] : [],
      };
    }

    /** Ends the run by naming what went wrong between the last good state and this step. */
    async function* blame(step: number): AsyncGenerator<RunEvent> {
      yield* flush();
      const culprit = await findCulprit(train, good.state, good.step, step);
      yield failed(culprit.step, culprit.diagnostic);
    }

    const reportEvery = Math.max(1, Math.ceil(steps / REPORTS));
    let metrics: Record<string, number> = {};
    let held: Record<string, number> = {};
    const checkpoint = (state: State) => {
      const position: Position = { step: done, rows: train.rowsBefore(done) };
      const latest = { ...from?.metrics, ...metrics, ...held };
      return takeCheckpoint(compiled, {
        engine,
        seed,
        position,
        metrics: latest,
        state,
      });
    };
    while (done < steps && !options.signal?.aborted) {
      const stride = Math.min(
        steps - done,
        train.mostAtOnce,
        options.stride?.() ?? Infinity,
        reportEvery - (done % reportEvery),
        evaluation ? evaluateEvery - (done % evaluateEvery) : Infinity,
      );
      const { log, finite, fault } = await take(train, done, stride);
      recorder.add(done, log, finite);
      done += finite;
      if (fault) throw fault;
      if (finite < stride) return yield* blame(done);
      metrics = row(log, stride - 1);

      if (done % reportEvery === 0 || done === steps || options.holding?.()) {
        const state = await readState(train, compiled.state);
        if (!finiteState(state)) return yield* blame(done - 1);
        good = { step: done, state };
        yield* flush();
        const [ports, tensors] = [options.probes?.() ?? [], options.tensors?.() ?? []];
        if (ports.length + tensors.length > 0)
          yield {
            type: 'values',
            step: done,
            ...(await show(compiled, sessions, state, done, { ports, tensors })),
          };
      }

      if (evaluation && (done % evaluateEvery === 0 || done === steps)) {
        const state = await readState(train, compiled.state);
        writeState(evaluation, state);
        held = await evaluateHeldBack(evaluation, done);
        if (!Object.values(held).every(Number.isFinite)) {
          yield* flush();
          const { diagnostic } = await findCulprit(evaluation, state, 0, evaluation.passes - 1);
          return yield failed(done, diagnostic);
        }
        yield { type: 'evaluated', step: done, metrics: held };
      }

      if (options.checkpointNow?.(done)) {
        const state = await readState(train, compiled.state);
        if (!finiteState(state)) return yield* blame(done - 1);
        yield { type: 'checkpoint', step: done, checkpoint: checkpoint(state) };
      }

      const breath = options.breathe?.(done);
      if (breath) await breath;
    }
    yield* flush();
    const state = await readState(train, compiled.state);
    if (!finiteState(state)) return yield* blame(done - 1);
    const last = checkpoint(state);
    yield {
      type: 'finished',
      step: done,
      metrics: last.metrics,
      stopped: done < steps,
      checkpoint: last,
    };
  } catch (error) {
    yield* flush();
    yield failed(done, diagnosticOf(error, compiled.train.plan));
  } finally {
    sessions.dispose();
  }
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
