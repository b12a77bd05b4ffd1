/**
 * What the worker tells of one run, turned into what the page shows of it. A fast run tells more than
 * can be drawn: curves take in every point, the page is drawn anew a few times a second.
 */
import type { StoreApi } from 'zustand';
import { bestSoFar, watchedByDefault } from '../../base/best-so-far.ts';
import type { ToldEvent } from '../../worker/protocol.ts';
import type { SessionState } from '../session/session-state.ts';
import type { RunListener } from '../worker/worker-client.ts';
import { createCoalescer } from './coalesce.ts';
import { type RecordedFrame, recordPorts } from './frames.ts';
import type { RunPhase, RunState } from './run-state.ts';

/** Milliseconds between two drawings. */
const REDRAW = 120;
/** Milliseconds over which the step rate is taken. */
const RATE_WINDOW = 1000;

/** The part of a document's state that a run writes. */
export type ShownRun = Pick<StoreApi<SessionState>, 'getState' | 'setState'>;

/** `onEnd` is called once, when the run is over of itself. `pictures`: ports of which frames are kept. */
export function createRunListener(
  state: ShownRun,
  onEnd: () => void,
  pictures: () => readonly string[] = () => [],
): RunListener {
  const { curves, frames, ...begun } = state.getState().run;
  const evaluations = judgeEvaluations(begun);
  let { drawn, step } = begun;
  // A run that had to begin again from an earlier state tells steps again that are drawn.
  let drawnTo = step;
  const rateAt = rateMeter(step);
  let metrics: Readonly<Record<string, number>> = {};
  let open = true;

  const show = (change: Partial<RunState>, rest: Partial<SessionState> = {}) =>
    state.setState(({ run }) => ({ ...rest, run: { ...run, ...change } }));
  const soon = createCoalescer<RunState>(REDRAW, (change) => open && show(change));
  const shownSoon = createCoalescer<SessionState['shown']>(
    REDRAW,
    (change) => open && state.setState(({ shown }) => ({ shown: { ...shown, ...change } })),
  );
  const end = (phase: RunPhase, change: Partial<RunState>) => {
    soon.flush();
    shownSoon.flush();
    show({ phase, ...change });
    open = false;
    onEnd();
  };

  const record = (frame: RecordedFrame) =>
    recordPorts(frames, frame, pictures()) && soon.add({ drawn: ++drawn });

  const hear = (event: ToldEvent) => {
    switch (event.type) {
      case 'started': {
        const { seed, steps, engine, parameters } = event;
        show({ seed, steps, engine, parameters });
        drawnTo = Math.max(drawnTo, event.from);
        break;
      }
      case 'progress': {
        const again = Math.max(0, drawnTo - event.from);
        curves.addTraining(event.from + again, newsIn(event, again));
        metrics = { ...metrics, ...lastIn(event) };
        step = endOf(event) ?? step;
        drawnTo = Math.max(drawnTo, step);
        soon.add({ metrics, step, rate: rateAt(step), drawn: ++drawn });
        break;
      }
      case 'evaluated':
        if (evaluations.areNews(event)) curves.addEvaluation(event.step, event.metrics);
        metrics = { ...metrics, ...event.metrics };
        soon.add({ metrics, best: evaluations.best(), drawn: ++drawn });
        break;
      case 'values': {
        const { type: _, ...numbers } = event;
        shownSoon.add(numbers);
        record(event);
        break;
      }
      case 'checked':
        shownSoon.add({ checks: event.checks });
        break;
      case 'restored':
        show({ diagnostics: event.diagnostics });
        state.setState({ fit: event.report });
        break;
      case 'checkpoint':
        break;
      case 'failed':
        end('failed', { step: event.step, diagnostics: event.diagnostics });
        break;
      case 'finished':
        metrics = { ...metrics, ...event.metrics };
        end(event.stopped ? 'stopped' : 'finished', evaluations.atEnd(event, metrics));
        break;
    }
  };

  const whileOpen =
    <T>(hear: (told: T) => void) =>
    (told: T) =>
      open && hear(told);
  return {
    event: whileOpen(hear),
    paused(at) {
      soon.flush();
      if (open) show({ phase: 'paused', step: at });
    },
    frame: whileOpen(record),
    trained: whileOpen((trained) => show({ made: trained }, { trained })),
    resumed(at) {
      step = at;
      soon.add({ step });
    },
    threads: whileOpen((sharing) => show({ sharing })),
    lost: whileOpen((diagnostics) => end('failed', { step, diagnostics })),
  };
}

/** The best of a run's evaluations, and what they make of its end: early where too many were no better. */
function judgeEvaluations({ document, best }: Pick<RunState, 'document' | 'best'>) {
  const { patience, watch = watchedByDefault } = document?.run ?? {};
  const all = bestSoFar(watch, undefined, best);
  const since = bestSoFar(watch, patience);
  let last = -1;
  return {
    best: all.best,
    atEnd: ({ step, stopped }: Extract<ToldEvent, { type: 'finished' }>, metrics: RunState['metrics']) => ({
      step,
      metrics,
      isEarly: stopped && since.isOver(),
    }),
    /** Takes them in; a run that had to begin again from an earlier state tells some again. */
    areNews({ step, metrics }: Extract<ToldEvent, { type: 'evaluated' }>): boolean {
      if (step <= last) return false;
      last = step;
      all.hear(step, metrics);
      since.hear(step, metrics);
      return true;
    },
  };
}

type Progress = Extract<ToldEvent, { type: 'progress' }>;

/** What it tells beyond the first `again` steps. */
const newsIn = ({ metrics }: Progress, again: number): Progress['metrics'] =>
  Object.fromEntries(Object.entries(metrics).map(([name, list]) => [name, list.slice(again)]));

const lastIn = ({ metrics }: Progress): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(metrics).map(([name, list]) => [name, list.at(-1) ?? Number.NaN]));

/** Steps done after it, where it tells of some. */
const endOf = ({ from, metrics }: Progress): number | undefined => {
  const last = Object.values(metrics).at(-1);
  return last && from + last.length;
};

/** Steps per second over the last moment. */
function rateMeter(from: number): (step: number) => number {
  let marks: readonly { readonly at: number; readonly step: number }[] = [
    { at: performance.now(), step: from },
  ];
  let rate = 0;
  return (step) => {
    const at = performance.now();
    const recent = marks.filter((m) => at - m.at < RATE_WINDOW);
    // A slow run tells less often than that.
    marks = [...(recent.length > 0 ? recent : marks.slice(-1)), { at, step }];
    const [first] = marks;
    if (first && at > first.at) rate = (1000 * (step - first.step)) / (at - first.at);
    return rate;
  };
}
