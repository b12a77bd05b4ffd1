/**
 * What the worker tells of one run, turned into what the page shows of it. A fast run tells more than
 * can be drawn: curves take in every point, the page is drawn anew a few times a second.
 */
import type { StoreApi } from 'zustand';
import type { ToldEvent } from '../../worker/protocol.ts';
import type { SessionState } from '../session/session-state.ts';
import type { RunListener } from '../worker/worker-client.ts';
import { createCoalescer } from './coalesce.ts';
import type { RunPhase, RunState } from './run-state.ts';

/** Milliseconds between two drawings. */
const REDRAW = 120;
/** Milliseconds over which the step rate is taken. */
const RATE_WINDOW = 1000;

/** The part of a document's state that a run writes. */
export type ShownRun = Pick<StoreApi<SessionState>, 'getState' | 'setState'>;

/** `onEnd` is called once, when the run is over of itself. */
export function createRunListener(state: ShownRun, onEnd: () => void): RunListener {
  let { drawn, step } = state.getState().run;
  const { curves } = state.getState().run;
  // A run that had to begin again from an earlier state tells steps again that are drawn.
  let drawnTo = step;
  let evaluatedTo = -1;
  const rateAt = rateMeter(step);
  let metrics: Readonly<Record<string, number>> = {};
  let open = true;

  const show = (change: Partial<RunState>) => state.setState(({ run }) => ({ run: { ...run, ...change } }));
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
        const news = Object.entries(event.metrics).map(([name, list]) => [name, list.slice(again)] as const);
        curves.addTraining(event.from + again, Object.fromEntries(news));
        for (const [name, list] of Object.entries(event.metrics)) {
          metrics = { ...metrics, [name]: list.at(-1) ?? Number.NaN };
          step = event.from + list.length;
        }
        drawnTo = Math.max(drawnTo, step);
        soon.add({ metrics, step, rate: rateAt(step), drawn: ++drawn });
        break;
      }
      case 'evaluated':
        if (event.step > evaluatedTo) curves.addEvaluation(event.step, event.metrics);
        evaluatedTo = Math.max(evaluatedTo, event.step);
        metrics = { ...metrics, ...event.metrics };
        soon.add({ metrics, drawn: ++drawn });
        break;
      case 'values': {
        const { type: _, ...numbers } = event;
        shownSoon.add(numbers);
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
        end(event.stopped ? 'stopped' : 'finished', { step: event.step, metrics });
        break;
    }
  };

  return {
    event(event) {
      if (open) hear(event);
    },
    paused(at) {
      soon.flush();
      if (open) show({ phase: 'paused', step: at });
    },
    trained(trained) {
      if (open) state.setState({ trained });
    },
    resumed(at) {
      step = at;
      soon.add({ step });
    },
    threads(sharing) {
      if (open) show({ sharing });
    },
    lost(diagnostics) {
      if (open) end('failed', { step, diagnostics });
    },
  };
}

/** Steps per second over the last moment. */
function rateMeter(from: number): (step: number) => number {
  let marks: readonly { readonly at: number; readonly step: number }[] = [
    { at: performance.now(), step: from },
  ];
  let rate = 0;
  return (step) => {
    const at = performance.now();
    marks = [...marks.filter((m) => at - m.at < RATE_WINDOW), { at, step }];
    const [first] = marks;
    if (first && at > first.at) rate = (1000 * (step - first.step)) / (at - first.at);
    return rate;
  };
}
