/**
 * The one clock of a document's pictures. It goes along time, the axis t of what is drawn, or along the recorded
 * values of the run; both places stay where they were while the other is gone along. Places are 0 … 1, so that
 * inputs with different numbers of moments over the same time keep step.
 */
import { createStore, type StoreApi } from 'zustand';
import { readPortKey } from '../../base/path.ts';
import { timeAxis } from '../../catalogue/picture-axes.ts';
import type { EditorState } from '../../editor/index.ts';
import type { DocumentSession } from '../session/document-session.ts';
import type { SessionState } from '../session/session-state.ts';
import { picturedPorts } from '../worker/evaluation.ts';

export type Along = 'time' | 'run';
export const speeds = [0.25, 0.5, 1, 2, 4] as const;

export interface ClockState {
  readonly time: number;
  readonly run: number;
  readonly isPlaying: boolean;
  readonly speed: number;
  /** Moments of the longest input with an axis t; 1 without. */
  readonly moments: number;
  /** Recorded steps of the last run, of the drawing as it is. */
  readonly steps: readonly number[];
  /** Along what the user wants it to go, where both are there. */
  readonly chosen: Along | undefined;
}

export interface Clock {
  readonly store: StoreApi<ClockState>;
  toggle(): void;
  pause(): void;
  /** One moment, or one recorded step, on or back. */
  step(by: 1 | -1): void;
  seek(place: number): void;
  setSpeed(speed: number): void;
  go(along: Along): void;
  /** A picture that moves is seen: played once of itself, unless motion is not wanted. */
  seen(): void;
}

/** Along what a clock goes; undefined where nothing moves. */
export function alongOf({ moments, steps, chosen }: ClockState): Along | undefined {
  const has = { time: moments > 1, run: steps.length > 1 };
  if (chosen && has[chosen]) return chosen;
  return has.time ? 'time' : has.run ? 'run' : undefined;
}

/** How many places there are to step to. */
export const placesOf = (state: ClockState): number =>
  alongOf(state) === 'run' ? state.steps.length : state.moments;

/** Which of the recorded steps is shown; −1 where there is none. */
export const frameOf = ({ run, steps }: ClockState): number => Math.round(run * (steps.length - 1));

/** Moments played in a second at speed 1; a play takes no less and no more than so many seconds. */
const perSecond = 30;
const [shortest, longest] = [2.5, 12];

const clocks = new WeakMap<DocumentSession, Clock>();

export function clockOf(session: DocumentSession): Clock {
  let clock = clocks.get(session);
  if (!clock) {
    clock = createClock(session);
    clocks.set(session, clock);
  }
  return clock;
}

const calm = () => matchMedia('(prefers-reduced-motion: reduce)');

function createClock({ editor, state: session }: DocumentSession): Clock {
  const store = createStore<ClockState>()(() => ({
    time: 1,
    run: 1,
    isPlaying: false,
    speed: 1,
    moments: momentsIn(editor.getState()),
    steps: stepsOf(editor.getState(), session.getState()),
    chosen: undefined,
  }));
  const get = store.getState;
  let frame = 0;
  let wasSeen = false;

  editor.subscribe(() => {
    const now = editor.getState();
    const [moments, steps] = [momentsIn(now), stepsOf(now, session.getState())];
    if (moments !== get().moments || steps !== get().steps) store.setState({ moments, steps });
  });
  session.subscribe((now) => {
    const steps = stepsOf(editor.getState(), now);
    if (steps !== get().steps) store.setState({ steps });
  });
  calm().addEventListener('change', ({ matches }) => {
    if (matches) pause();
  });

  const move = (place: number) => {
    const along = alongOf(get());
    if (along) store.setState({ [along]: Math.max(0, Math.min(1, place)) });
  };
  const place = () => get()[alongOf(get()) ?? 'time'];

  function pause(): void {
    cancelAnimationFrame(frame);
    if (get().isPlaying) store.setState({ isPlaying: false });
  }

  function play(): void {
    const along = alongOf(get());
    if (!along) return;
    if (place() >= 1) move(0);
    store.setState({ isPlaying: true });
    let before = performance.now();
    const tick = (now: number) => {
      const seconds = Math.min(longest, Math.max(shortest, placesOf(get()) / perSecond));
      move(place() + ((now - before) / 1000) * (get().speed / seconds));
      before = now;
      if (place() >= 1) store.setState({ isPlaying: false });
      else frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
  }

  return {
    store,
    pause,
    toggle: () => (get().isPlaying ? pause() : play()),
    step(by) {
      pause();
      const last = placesOf(get()) - 1;
      if (last > 0) move((Math.round(place() * last) + by) / last);
    },
    seek(to) {
      pause();
      move(to);
    },
    setSpeed: (speed) => store.setState({ speed }),
    go(chosen) {
      pause();
      store.setState({ chosen });
    },
    seen() {
      if (wasSeen) return;
      wasSeen = true;
      if (!calm().matches && document.visibilityState === 'visible') play();
    },
  };
}

/** Sizes of axes named t on the wires into pictures; the greatest. */
function momentsIn(state: EditorState): number {
  let most = 1;
  for (const key of picturedPorts(state)) {
    const { node, port } = readPortKey(key);
    const axis = state.checked.nodes[node]?.inputTypes[port]?.axes.find(({ name }) => name === timeAxis);
    most = Math.max(most, axis?.size ?? 1);
  }
  return most;
}

const none: readonly number[] = [];
const stepsByFrames = new WeakMap<object, readonly number[]>();

/** Steps that were recorded of the drawing as it is now. */
function stepsOf({ structureRevision }: EditorState, { run }: SessionState): readonly number[] {
  if (run.revision !== structureRevision) return none;
  const frames = run.frames.all();
  let steps = stepsByFrames.get(frames);
  if (!steps) {
    steps = frames.map(({ step }) => step);
    stepsByFrames.set(frames, steps);
  }
  return steps;
}
