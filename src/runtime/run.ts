/**
 * The training loop. Deterministic: what a run computes depends on the compiled document, the engine and
 * the seed, never on a clock, on how often the host breathes, or on who watches.
 */
import { type Diagnostic, diagnose } from '../base/diagnostic.ts';
import type { Compiled } from '../compiler/types.ts';
import { elements } from '../ir/program.ts';
import { type Engine, ThreadLost } from '../numeric/engine.ts';
import { type Position, takeCheckpoint } from './checkpoint.ts';
import { findCulprit } from './culprit.ts';
import { loadData } from './data.ts';
import type { RunEvent, RunOptions } from './events.ts';
import { evaluateHeldBack } from './held-back.ts';
import { initialise, type State } from './initialise.ts';
import { createRecorder } from './recorder.ts';
import { inexactness, restore } from './restore.ts';
import { readState, valuesOf, writeState } from './session.ts';
import { createSessions, MemoryRefusal } from './sessions.ts';

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

  const { value: data = [], diagnostics } = await loadData(compiled.data);
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
    function* blame(step: number): Generator<RunEvent> {
      yield* flush();
      const culprit = findCulprit(train, good.state, good.step, step);
      yield failed(culprit.step, culprit.diagnostic);
    }

    const reportEvery = Math.max(1, Math.ceil(steps / REPORTS));
    let metrics: Record<string, number> = {};
    let held: Record<string, number> = {};
    const checkpoint = () => {
      const position: Position = { step: done, rows: train.rowsBefore(done) };
      const latest = { ...from?.metrics, ...metrics, ...held };
      return takeCheckpoint(compiled, {
        engine,
        seed,
        position,
        metrics: latest,
        state: readState(train, compiled.state),
      });
    };
    while (done < steps && !options.signal?.aborted) {
      train.feed(done);
      train.executable.step();
      metrics = train.metrics();
      if (!allFinite(metrics)) return yield* blame(done);
      recorder.add(done, metrics);
      done++;

      if (done % reportEvery === 0 || done === steps || options.holding?.()) {
        const state = readState(train, compiled.state);
        if (!finiteState(state)) return yield* blame(done - 1);
        good = { step: done, state };
        yield* flush();
        const ports = options.probes?.() ?? [];
        if (ports.length > 0) {
          const forward = await sessions.open('forward');
          yield { type: 'values', step: done, values: valuesOf(forward, state, done, ports) };
        }
      }

      if (evaluation && (done % compiled.run.evaluateEvery === 0 || done === steps)) {
        const state = readState(train, compiled.state);
        writeState(evaluation, state);
        held = evaluateHeldBack(evaluation);
        if (!allFinite(held)) {
          yield* flush();
          const { diagnostic } = findCulprit(evaluation, state, 0, evaluation.passes - 1);
          return yield failed(done, diagnostic);
        }
        yield { type: 'evaluated', step: done, metrics: held };
      }

      if (options.checkpointNow?.(done)) {
        if (!finiteState(readState(train, compiled.state))) return yield* blame(done - 1);
        yield { type: 'checkpoint', step: done, checkpoint: checkpoint() };
      }

      const breath = options.breathe?.(done);
      if (breath) await breath;
    }
    yield* flush();
    if (!finiteState(readState(train, compiled.state))) return yield* blame(done - 1);
    const last = checkpoint();
    yield {
      type: 'finished',
      step: done,
      metrics: last.metrics,
      stopped: done < steps,
      checkpoint: last,
    };
  } catch (error) {
    yield* flush();
    if (error instanceof MemoryRefusal) yield failed(0, error.diagnostic);
    else if (error instanceof ThreadLost)
      yield failed(done, diagnose('thread-lost', {}, { reason: error.reason }));
    else throw error;
  } finally {
    sessions.dispose();
  }
}

const allFinite = (metrics: Readonly<Record<string, number>>): boolean =>
  Object.values(metrics).every(Number.isFinite);

function finiteState(state: State): boolean {
  for (const values of state.values()) {
    for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  }
  return true;
}
