/** The training run of the worker: one at a time; a newer one stops the older and waits for its end. */
import { bestSoFar, watchedByDefault } from '../base/best-so-far.ts';
import { isError } from '../base/diagnostic.ts';
import { fetchReadings } from '../catalogue/packs.ts';
import type { EngineName } from '../numeric/engine.ts';
import { pathsOf } from '../runtime/checkpoint.ts';
import { type Checkpoint, createThrottle, openModel, type Throttle, traced } from '../runtime/index.ts';
import { type Mirror, runnable } from './mirror.ts';
import type { Reply, requestSchema } from './protocol.ts';
import { createRewinding } from './rewinding.ts';
import { createHistory, type RunHistory } from './run-history.ts';
import type { HostServices } from './services.ts';
import { stateFiles } from './state-files.ts';
import { createWatch, type Watched } from './watch.ts';

type Request<T> = Extract<ReturnType<typeof requestSchema.parse>, { type: T }>;

/** Milliseconds between two states that the page is given to keep. */
const BETWEEN_CHECKPOINTS = 2000;
/** Writing states takes at most one part in so many of a run's time. */
const KEEPING = 20;

interface Going {
  readonly throttle: Throttle;
  shown: Watched;
  /** The page wants the state now. */
  isWanted: boolean;
  done: Promise<void>;
}

export interface Training {
  start(request: Request<'run'>): void;
  /** Pause, resume, step, stop, keep and probe mean the run that goes on. */
  tell(request: Request<'pause' | 'resume' | 'step' | 'stop' | 'keep' | 'probe'>): void;
  /** When no run goes on; undefined when none does. */
  done(): Promise<void> | undefined;
  /** What training has made of the document's state so far. */
  trained(): Checkpoint | undefined;
  /** Takes a file for that; undefined: first values. */
  take(request: Request<'state'>): void;
  /** Makes what the state was after an earlier step, or a later one that was computed before, the state. */
  rewind(request: Request<'rewind'>): void;
  /** How parameters, gradients and updates were after some of the run's steps. */
  layers(request: Request<'layers'>): Promise<void>;
  /** Nobody looks at layers any more. */
  rest(): void;
}

export interface TrainingServices extends HostServices {
  readonly mirror: Mirror;
  readonly post: (reply: Reply) => void;
  readonly crash: (id: number) => (error: unknown) => void;
}

/** The plans of a run. One that goes on follows the paths that it has followed so far, so that no digit changes. */
function plansFor(mirror: Mirror, engine: EngineName, from: Checkpoint | undefined) {
  const options = runnable(mirror, engine, from?.dtype);
  const outcome = mirror.compiled(options);
  const now = outcome.value ? pathsOf(outcome.value) : {};
  const same = Object.entries(from?.paths ?? {}).every(([key, path]) => now[key] === path);
  return from && !same ? mirror.compiled({ ...options, paths: from.paths }) : outcome;
}

/** When the page is given the state: now and then, when it asks, and while the run is paused. */
function createHandover(now: () => number, mine: Going) {
  let last = { at: now(), cost: 0 };
  return {
    isDue: () =>
      mine.isWanted ||
      mine.throttle.isPaused() ||
      now() - last.at >= Math.max(BETWEEN_CHECKPOINTS, KEEPING * last.cost),
    give(state: () => void): void {
      const begun = now();
      mine.isWanted = false;
      state();
      last = { at: now(), cost: now() - begun };
    },
  };
}

interface TrainParts extends Omit<TrainingServices, 'crash'> {
  readonly history: RunHistory;
  readonly trained: () => Checkpoint | undefined;
  readonly tellTrained: (id: number, checkpoint: Checkpoint) => void;
}

/** One run, to its end. */
async function train(
  { mirror, post, history, trained, tellTrained, ...services }: TrainParts,
  request: Request<'run'>,
  mine: Going,
): Promise<void> {
  const { id, engine: name, seed, steps, threads } = request;
  const from = request.goOn ? trained() : undefined;
  const document = mirror.document();
  const plans = plansFor(mirror, name, from);
  const { value: compiled, diagnostics } = plans;
  if (!document || !compiled || diagnostics.some(isError)) return post({ type: 'refused', id, diagnostics });
  await fetchReadings(document);
  const engine = await services.engine(name, threads, (plan, decision) => {
    if (plan === compiled.train?.plan) post({ type: 'threads', id, ...decision });
  });
  const model = await openModel(document, { engine, seed, from, plans, data: services.data });
  const past = history.past();
  past.begin({ document, plans, engine: name, seed, from });
  const watch = createWatch(() => mine.shown, mine.throttle, services.now);
  const handover = createHandover(services.now, mine);
  const judge = bestSoFar(compiled.run.watch ?? watchedByDefault);
  for await (const event of model.run({
    steps: (from?.step ?? 0) + (steps ?? compiled.run.steps),
    ...watch.wanted,
    checkpointNow: (step) => judge.isBest(step) || past.wants() || handover.isDue(),
    ...mine.throttle,
  })) {
    if (watch.heard(event) && event.type === 'values') {
      post({ type: 'frame', id, step: event.step, values: event.values });
      continue;
    }
    if (event.type === 'finished' || event.type === 'checkpoint') {
      past.keep(event.checkpoint, judge.isBest(event.step));
      const isLast = event.type === 'finished';
      if (isLast || handover.isDue()) handover.give(() => tellTrained(id, event.checkpoint));
      if (!isLast) continue;
    }
    if (event.type === 'evaluated') judge.hear(event.step, event.metrics);
    if (event.type === 'failed') past.failed(event.step);
    post({ type: 'event', id, event: traced(event) });
  }
}

export function createTraining({ mirror, post, crash, ...services }: TrainingServices): Training {
  let going: Going | undefined;
  let trained: Checkpoint | undefined;
  const history = createHistory({
    services,
    mirror,
    trained: () => trained,
    plansFor: (from) => plansFor(mirror, from.engine, from),
  });

  function tellTrained(id: number, checkpoint: Checkpoint): void {
    const { step, seed, metrics } = checkpoint;
    trained = checkpoint;
    const bytes = stateFiles().writeCheckpoint(checkpoint);
    post({ type: 'trained', id, bytes, step, seed, metrics: { ...metrics } });
  }

  const rewinding = createRewinding({
    services,
    at({ step, whole }, throttle) {
      if (whole) history.know();
      return history.past().at(step, throttle);
    },
    isRunning: () => going !== undefined,
    found: tellTrained,
    refused: (id) => post({ type: 'refused', id, diagnostics: [] }),
    crash,
  });

  return {
    start(request) {
      const previous = going;
      previous?.throttle.stop();
      rewinding.stop();
      history.rest();
      const throttle = createThrottle({
        ...services,
        onPaused: (step) => post({ type: 'paused', id: request.id, step }),
      });
      const mine: Going = { throttle, shown: request, isWanted: false, done: Promise.resolve() };
      going = mine;
      mine.done = (async () => {
        // Otherwise at once: it runs the document as it is now.
        if (previous) await previous.done;
        await train(
          { ...services, mirror, post, history, trained: () => trained, tellTrained },
          request,
          mine,
        );
      })()
        .catch(crash(request.id))
        .finally(() => {
          if (going === mine) going = undefined;
        });
    },
    tell(request) {
      if (!going) return;
      if (request.type === 'probe') going.shown = request;
      else if (request.type === 'keep') going.isWanted = true;
      else going.throttle[request.type]();
    },
    done: () => going?.done ?? rewinding.done(),
    trained: () => trained,
    rewind: rewinding.start,
    async layers({ id, whole, ...wish }) {
      if (whole && !going) history.know();
      post({ type: 'layers', id, ...(await history.layers(wish, going !== undefined)) });
    },
    rest: history.rest,
    take({ id, file, bytes }) {
      history.forget();
      const read = bytes && stateFiles().readCheckpoint(bytes, file);
      if (!read) trained = undefined;
      else if (read.value) tellTrained(id, read.value);
      else post({ type: 'refused', id, diagnostics: read.diagnostics });
    },
  };
}
