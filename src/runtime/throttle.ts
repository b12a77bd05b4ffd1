/**
 * How a host holds a run: pause, resume, one step, stop; and lets its event loop turn now and then. The
 * run itself knows only `breathe`, `holding` and `signal`. The clock and the turn come from the host.
 */
import type { RunOptions } from './events.ts';

export interface Throttle extends Required<Pick<RunOptions, 'breathe' | 'holding' | 'signal'>> {
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
  readonly turn: () => Promise<void>;
  /** Milliseconds between two turns. */
  readonly interval?: number;
  /** The run is held after `step` steps. */
  readonly onPaused?: (step: number) => void;
}

export function createThrottle({ now, turn, interval = 16, onPaused }: ThrottleOptions): Throttle {
  let stopped = false;
  let paused = false;
  /** Steps asked for while paused that the run has not begun. */
  let owed = 0;
  let release: (() => void) | undefined;
  let turned = now();

  const letGo = () => {
    release?.();
    release = undefined;
  };

  async function rest(): Promise<void> {
    await turn();
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
    holding: () => paused,
    breathe(step) {
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
