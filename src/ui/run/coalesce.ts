/**
 * Gathers changes and hands them on together, so that what tells a thousand things a second is drawn a
 * few times a second. A later change of the same key replaces the earlier.
 */
export interface Coalescer<T> {
  add(change: Partial<T>): void;
  /** Hands on what waits, now. */
  flush(): void;
}

/** At most one hand-over in `pause` milliseconds. */
export function createCoalescer<T extends object>(
  pause: number,
  apply: (change: Partial<T>) => void,
): Coalescer<T> {
  let waiting: Partial<T> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const change = waiting;
    waiting = undefined;
    if (change) apply(change);
  };
  return {
    add(change) {
      waiting = { ...waiting, ...change };
      timer ??= setTimeout(flush, pause);
    },
    flush,
  };
}
