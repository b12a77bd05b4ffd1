/**
 * Runs of a document that came before the one that is shown, to be compared with it and restored: bounded in number
 * and in memory, those that are pinned last of all.
 */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { Trained } from '../worker/worker-client.ts';
import type { Curve, Series } from './curves.ts';
import type { RunState } from './run-state.ts';

export interface PastRun
  extends Pick<
    RunState,
    | 'number'
    | 'step'
    | 'seed'
    | 'engine'
    | 'metrics'
    | 'fork'
    | 'begun'
    | 'whole'
    | 'tried'
    | 'parameters'
    | 'best'
    | 'isEarly'
  > {
  readonly curves: readonly Curve[];
  /** What it ran. */
  readonly document: GraphDocument;
  /** Undefined where there was no room for it. */
  readonly state: Trained | undefined;
  readonly pinned: boolean;
}

/** Limits: runs, and bytes of their states. */
const MOST = 40;
const MOST_BYTES = 2 ** 25;

/** What there is to keep of a run; undefined where it has computed nothing, or what it ran is not known. */
export function pastOf(run: RunState): PastRun | undefined {
  const { document, made, curves } = run;
  const points = curves.all();
  if (!document || points.length === 0) return undefined;
  const { number, step, seed, engine, metrics, fork, begun, whole, tried, parameters, best, isEarly } = run;
  const kept = points.map(({ name, train, test }) => ({ name, train: copied(train), test: copied(test) }));
  return {
    ...{ number, step, seed, engine, metrics, fork, begun, whole, tried, parameters, best, isEarly },
    ...{ curves: kept, document, state: made, pinned: false },
  };
}

const copied = ({ steps, values, group }: Series): Series => ({
  steps: [...steps],
  values: [...values],
  group,
});

/** The curves as far as a step: what goes on from there adds the losses from `step` on, each before its update. */
export const curvesUpTo = (step: number, curves: readonly Curve[]) =>
  curves.map(({ name, train, test }) => ({ name, train: upTo(step - 1, train), test: upTo(step, test) }));

function upTo(last: number, { steps, values, group }: Series) {
  const count = steps.filter((step) => step <= last).length;
  return { steps: steps.slice(0, count), values: values.slice(0, count), group };
}

/** The newest last. Of what is too much the oldest goes that is not pinned; then states, of the oldest first. */
export function withRun(runs: readonly PastRun[], run: PastRun | undefined): readonly PastRun[] {
  if (!run) return runs;
  const all = [...runs.filter(({ number }) => number !== run.number), run];
  while (all.length > MOST) {
    const oldest = all.findIndex(({ pinned }) => !pinned);
    all.splice(Math.max(0, oldest), 1);
  }
  let room = MOST_BYTES;
  const isKept = new Map<PastRun, boolean>();
  for (const one of [...all].reverse().sort((a, b) => Number(b.pinned) - Number(a.pinned))) {
    room -= one.state?.bytes.length ?? 0;
    isKept.set(one, room >= 0);
  }
  return all.map((one) => (isKept.get(one) ? one : { ...one, state: undefined }));
}

export const withoutRun = (runs: readonly PastRun[], number: number): readonly PastRun[] =>
  runs.filter((run) => run.number !== number);

export const pinRun = (runs: readonly PastRun[], number: number, pinned: boolean): readonly PastRun[] =>
  runs.map((run) => (run.number === number ? { ...run, pinned } : run));
