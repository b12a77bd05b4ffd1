/** Going back in a run, and forth again: a newer wish, or a run that begins, ends the older. */
import { type Checkpoint, createThrottle, type Throttle } from '../runtime/index.ts';
import type { HostServices } from './services.ts';

interface Wish {
  readonly id: number;
  readonly step: number;
  readonly whole: boolean;
}

export interface RewindingParts {
  readonly services: HostServices;
  /** The state after a step, where it can be had. */
  at(wish: Wish, throttle: Throttle): Promise<Checkpoint | undefined>;
  isRunning(): boolean;
  found(id: number, state: Checkpoint): void;
  refused(id: number): void;
  crash(id: number): (error: unknown) => void;
}

export interface Rewinding {
  start(wish: Wish): void;
  stop(): void;
  done(): Promise<void> | undefined;
}

export function createRewinding({
  services,
  at,
  isRunning,
  found,
  refused,
  crash,
}: RewindingParts): Rewinding {
  let current: { readonly throttle: Throttle; done: Promise<void> } | undefined;

  async function go(wish: Wish, throttle: Throttle): Promise<void> {
    const state = isRunning() ? undefined : await at(wish, throttle);
    if (state && !isRunning() && current?.throttle === throttle) found(wish.id, state);
    else refused(wish.id);
  }

  return {
    start(wish) {
      current?.throttle.stop();
      const mine = { throttle: createThrottle(services), done: Promise.resolve() };
      current = mine;
      mine.done = go(wish, mine.throttle)
        .catch(crash(wish.id))
        .finally(() => {
          if (current === mine) current = undefined;
        });
    },
    stop: () => current?.throttle.stop(),
    done: () => current?.done,
  };
}
