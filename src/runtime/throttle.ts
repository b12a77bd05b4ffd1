/**
 * How a host holds a run: pause, resume, one step, stop; and lets its event loop turn now and then. The
 * run itself knows only `stride`, `yieldNow`, `isPaused` and `signal`. The clock and the turn come from the host.
 */
import type { RunOptions } from './events.ts';

export interface Throttle extends Required<Pick<RunOptions, 'stride' | 'yieldNow' | 'isPaused' | 'signal'>> {
  pause(): void;
  resume(): void;
  /** While paused: exactly one more training step. */
  step(): void;
  stop(): void;
}

export interface ThrottleOptions {
  /** Milliseconds from any fixed moment. */
  readonly now: () => number;
  /** Lets the host's event loop handle what is waiting. */
  readonly yieldToEventLoop: () => Promise<void>;
  /** Milliseconds between two turns. */
  readonly interval?: number;
  /** The run is held after `step` steps. */
  readonly onPaused?: (step: number) => void;
}

/** A stride takes this part of the interval, so that turns come late by no more. */
const PART = 1 / 4;

export function createThrottle({
  now,
  yieldToEventLoop,
  interval = 16,
  onPaused,
}: ThrottleOptions): Throttle {
  let stopped = false;
  let paused = false;
  /** Steps asked for while paused that the run has not begun. */
  let owed = 0;
  let release: (() => void) | undefined;
  let turned = now();
  /** Steps at a time; when and after how many steps the last of them began. */
  let stride = 1;
  const begun = { time: turned, step: 0 };

  const letGo = () => {
    release?.();
    release = undefined;
  };

  /** By what the last steps took; it grows slowly, since the first are the slowest. */
  function setStride(step: number): void {
    const steps = step - begun.step;
    if (steps > 0) {
      const inTime = (interval * PART * steps) / (now() - begun.time);
      stride = Math.max(1, Math.floor(Math.min(2 * stride, inTime)));
    }
  }

  async function rest(): Promise<void> {
    await yieldToEventLoop();
    turned = now();
  }

  function hold(step: number): Promise<void> {
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    onPaused?.(step);
    return held;
  }

  return {
    signal: {
      get aborted() {
        return stopped;
      },
    },
    isPaused: () => paused,
    stride() {
      begun.time = now();
      return paused ? 1 : stride;
    },
    yieldNow(step) {
      setStride(step);
      begun.step = step;
      if (stopped) return undefined;
      if (paused) {
        if (owed === 0) return hold(step);
        owed--;
      }
      return now() - turned >= interval ? rest() : undefined;
    },
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
      owed = 0;
      letGo();
    },
    step() {
      if (!paused) return;
      if (release) letGo();
      else owed++;
    },
    stop() {
      stopped = true;
      letGo();
    },
  };
}
