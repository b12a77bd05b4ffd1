/** The time of a film, in steps: played by the screen's frames, moved by hand. Nothing moves where motion is unwelcome. */
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { secondsAt, timeAt } from './pace.ts';

const calm = () => matchMedia('(prefers-reduced-motion: reduce)');

/** Whether the user asks for less motion. */
export const useCalm = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      const query = calm();
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => calm().matches,
  );

export interface FilmClock {
  /** From 0 to the number of steps. */
  readonly time: number;
  readonly playing: boolean;
  readonly speed: number;
  /** Goes there at once. */
  seek(time: number): void;
  /** Plays to the end, or from the beginning again; or stops. */
  toggle(): void;
  /** Plays what is left of the step that begins or goes on here; the next one where it is at an end. */
  forward(): void;
  /** To the beginning of this step. */
  back(): void;
  /** Plays one step. */
  show(step: number): void;
  setSpeed(speed: number): void;
}

/** `pace`: seconds of each step. */
export function useFilmClock(pace: readonly number[]): FilmClock {
  const isCalm = useCalm();
  const [raw, setTime] = useState(0);
  const [goal, setGoal] = useState<number>();
  const [speed, setSpeed] = useState(1);
  const end = pace.length;
  const time = Math.min(raw, end);
  const now = useRef(time);
  now.current = time;

  useEffect(() => {
    if (goal === undefined) return;
    let before: number | undefined;
    let frame = requestAnimationFrame(function next(stamp) {
      const passed = before === undefined ? 0 : (speed * (stamp - before)) / 1000;
      before = stamp;
      const reached = timeAt(pace, secondsAt(pace, now.current) + passed);
      now.current = Math.min(reached, goal);
      setTime(now.current);
      if (now.current >= goal) setGoal(undefined);
      else frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [goal, speed, pace]);

  const actions = useMemo(() => {
    const seek = (to: number) => {
      setGoal(undefined);
      setTime(Math.min(end, Math.max(0, to)));
    };
    const playTo = (to: number) => (isCalm ? seek(to) : setGoal(Math.min(end, to)));
    return {
      seek,
      toggle() {
        if (goal !== undefined) return setGoal(undefined);
        if (now.current >= end) setTime(0);
        playTo(end);
      },
      forward: () => playTo(Math.floor(now.current) + 1),
      back: () => seek(Math.ceil(now.current) - 1),
      show(step: number) {
        if (isCalm) return seek(step + 1);
        setTime(step);
        setGoal(step + 1);
      },
      setSpeed,
    };
  }, [end, goal, isCalm]);
  return { time, playing: goal !== undefined, speed, ...actions };
}
