/**
 * Layers through training: norms, histograms and updates of parameters after some of a run's steps. Fetched when
 * somebody looks. Steps are those whose state is kept, and where these are few also others, computed again from
 * them; a step of training more tells the update, one of the gradients' program the gradients.
 */
import { isError } from '../base/diagnostic.ts';
import type { Compiled } from '../compiler/types.ts';
import { EngineError } from '../numeric/engine.ts';
import { loadData } from '../runtime/data.ts';
import { Refusal } from '../runtime/engine-faults.ts';
import { type Checkpoint, restore } from '../runtime/index.ts';
import { initialise, type State } from '../runtime/initialise.ts';
import { type LayerPoint, layerStatistics } from '../runtime/layer-statistics.ts';
import { readState, type Session, writeState } from '../runtime/session.ts';
import { createSessions, type Sessions } from '../runtime/sessions.ts';
import type { Past, Stretch } from './past.ts';
import type { HostServices } from './services.ts';

export interface LayersWish {
  /** The step whose state is shown: it comes first. */
  readonly shown: number;
  /** Steps that are known already. */
  readonly have: readonly number[];
}

export interface LayersFound {
  readonly points: readonly LayerPoint[];
  /** Whether there is more to be found by asking again. */
  readonly isMore: boolean;
}

/** Steps over a whole run, at least. */
const STEPS = 32;
/** Milliseconds for one answer: while a run is on, and while none is. */
const PATIENCE = { on: 50, over: 200 };
/** Milliseconds between two turns of the event loop. */
const TURN = 16;

/**
 * Which steps to look at, the first one first. `kept`: those whose state is there, in their order. `mayCompute`:
 * whether others may be computed, so that there is one in each 32nd of the run.
 */
export function stepsToLookAt(
  kept: readonly number[],
  { shown, have }: LayersWish,
  mayCompute: boolean,
): readonly number[] {
  const [first, last] = [kept[0], kept.at(-1)];
  if (first === undefined || last === undefined) return [];
  const apart = (last - first) / STEPS;
  const taken = [...have];
  const chosen: number[] = [];
  const take = (step: number, distance: number) => {
    if (taken.some((other) => Math.abs(other - step) <= distance)) return;
    taken.push(step);
    chosen.push(step);
  };
  if (first <= shown && shown <= last) take(shown, 0);
  for (const step of [first, last]) take(step, 0);
  for (const step of kept) take(step, apart / 2);
  if (mayCompute) for (let i = 1; i < STEPS; i++) take(Math.round(first + i * apart), apart / 2);
  const [head, ...rest] = chosen;
  return head === undefined ? [] : [head, ...rest.sort((a, b) => a - b)];
}

interface Opened {
  readonly stretch: Stretch;
  readonly compiled: Compiled;
  readonly sessions: Sessions;
  readonly train: Session;
  /** Undefined where no gradients are to be had. */
  readonly gradients: Session | undefined;
  /** Steps done in the state that `train` holds. */
  at: number | undefined;
}

interface Looking {
  readonly past: Pick<Past, 'nearest' | 'known'>;
  readonly services: HostServices;
  readonly trained: () => Checkpoint | undefined;
  /** Lets the event loop turn, where it is time for that. */
  readonly turn: () => Promise<void>;
}

/** The programs of one stretch of a run; undefined where they cannot be had. */
async function open(stretch: Stretch, { data, engine }: HostServices): Promise<Opened | undefined> {
  const { value: compiled } = stretch.plans;
  if (!compiled?.train) return undefined;
  const { value: loaded = [], diagnostics } = await loadData(compiled.data, data);
  if (diagnostics.some(isError)) return undefined;
  const seed = stretch.seed ?? stretch.from?.seed ?? compiled.run.seed;
  const fed = { data: loaded, seed, position: stretch.from?.position };
  const sessions = createSessions(compiled, await engine(stretch.engine, 1), fed);
  try {
    const train = await sessions.open('train');
    const gradients = compiled.gradients && (await sessions.open('gradients'));
    return { stretch, compiled, sessions, train, gradients, at: undefined };
  } catch (error) {
    sessions.dispose();
    throw error;
  }
}

const stateOf = ({ stretch: { seed }, compiled }: Opened, from: Checkpoint | undefined): State =>
  from ? restore(compiled, from, seed).state : initialise(compiled.state, seed ?? compiled.run.seed);

/** Brings the training program to the state after `step` steps. False where that takes too long: it goes on from there. */
async function goTo(
  opened: Opened,
  step: number,
  until: number,
  { past, services: { now }, trained, turn }: Looking,
): Promise<boolean> {
  const { train } = opened;
  const here = trained();
  const near = here?.step === step ? here : past.nearest(step)?.from;
  const from = near?.step ?? 0;
  if (opened.at === undefined || opened.at > step || opened.at < from) {
    writeState(train, stateOf(opened, near));
    opened.at = from;
  }
  for (let stride = 1; opened.at < step; ) {
    if (now() > until) return false;
    const count = Math.min(stride, step - opened.at, train.mostAtOnce);
    const begun = now();
    await train.advance(opened.at, count);
    opened.at += count;
    stride = now() - begun > TURN / 2 ? Math.max(1, stride >> 1) : 2 * stride;
    await turn();
  }
  return true;
}

/** What there is to see in the state that the training program holds; one step more is then taken in it. */
async function lookHere(opened: Opened, step: number, { turn }: Looking): Promise<LayerPoint> {
  const { train, gradients, compiled } = opened;
  const before = await readState(train, compiled.state);
  const by = new Map<string, ArrayLike<number>>();
  if (gradients) {
    writeState(gradients, before);
    await gradients.advance(step, 1);
    for (const { name } of compiled.state) {
      const read = await gradients.read(name);
      if (read) by.set(name, read.data);
    }
    await turn();
  }
  await train.advance(step, 1);
  opened.at = step + 1;
  const after = await readState(train, compiled.state);
  return { step, layers: layerStatistics(compiled.state, before, after, by) };
}

export interface Layers {
  find(wish: LayersWish, isOn: boolean): Promise<LayersFound>;
  /** Gives back what looking has taken. */
  rest(): void;
}

export function createLayers(
  past: Looking['past'],
  services: HostServices,
  trained: Looking['trained'],
): Layers {
  const { now, yieldToEventLoop } = services;
  let opened: Opened | undefined;
  let turned = now();
  /** One wish after the other: they share what is opened. */
  let last: Promise<unknown> = Promise.resolve();

  const looking: Looking = {
    past,
    services,
    trained,
    async turn() {
      if (now() - turned < TURN) return;
      await yieldToEventLoop();
      turned = now();
    },
  };

  function close(): void {
    opened?.sessions.dispose();
    opened = undefined;
  }

  async function lookAt(step: number, until: number): Promise<LayerPoint | 'unknown' | 'later'> {
    const stretch = past.nearest(step)?.stretch;
    if (!stretch) return 'unknown';
    if (opened?.stretch !== stretch) {
      close();
      opened = await open(stretch, services);
    }
    if (!opened) return 'unknown';
    const isThere = await goTo(opened, step, until, looking);
    return isThere ? lookHere(opened, step, looking) : 'later';
  }

  async function find(wish: LayersWish, isOn: boolean): Promise<LayersFound> {
    const until = now() + (isOn ? PATIENCE.on : PATIENCE.over);
    const points: LayerPoint[] = [];
    try {
      for (const step of stepsToLookAt(past.known(), wish, !isOn)) {
        const point = points.length > 0 && now() > until ? 'later' : await lookAt(step, until);
        if (point === 'later') return { points, isMore: true };
        if (point === 'unknown') break;
        points.push(point);
      }
    } catch (error) {
      // There is no room for it beside the run, say: what was found is shown.
      if (!(error instanceof Refusal || error instanceof EngineError)) throw error;
      close();
    }
    return { points, isMore: false };
  }

  const inTurn = <T>(work: () => T | Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };

  return {
    find: (wish, isOn) => inTurn(() => find(wish, isOn)),
    rest: () => void inTurn(close),
  };
}
