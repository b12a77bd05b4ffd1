/**
 * Work that follows something that changes: it is done a moment after each change of what it depends on, and
 * what it was at is given up when the next change comes.
 */

/** An editor, or anything else that has a state and says when it changes. */
export interface Followed<S> {
  getState(): S;
  subscribe(listener: () => void): () => void;
}

export interface Following {
  /** The work is done anew though nothing has changed, after the pause or after so many milliseconds. */
  again(pause?: number): void;
  /** Gives up what is going on, and what waits. */
  end(): void;
}

/**
 * `work` is done `pause` milliseconds from now, and from every change of what `watch` picks out of the state;
 * under changes that follow each other faster, `most` milliseconds after the first of them.
 * Its signal is aborted when there is another change, and at the end.
 */
export function follow<S>(
  { getState, subscribe }: Followed<S>,
  pause: number,
  watch: (state: S) => readonly unknown[],
  work: (state: S, signal: AbortSignal) => void | Promise<void>,
  most = Number.POSITIVE_INFINITY,
): Following {
  let seen = watch(getState());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let going = new AbortController();
  /** When the first change came that no work has followed yet. */
  let waitsSince: number | undefined;

  function giveUp(): void {
    clearTimeout(timer);
    going.abort();
  }

  function schedule(wait: number): void {
    giveUp();
    going = new AbortController();
    const { signal } = going;
    timer = setTimeout(() => {
      waitsSince = undefined;
      void work(getState(), signal);
    }, wait);
  }

  function again(wait = pause): void {
    waitsSince = undefined;
    schedule(wait);
  }

  const unsubscribe = subscribe(() => {
    const watched = watch(getState());
    if (watched.length === seen.length && watched.every((value, i) => Object.is(value, seen[i]))) return;
    seen = watched;
    const now = performance.now();
    waitsSince ??= now;
    schedule(Math.min(pause, Math.max(0, waitsSince + most - now)));
  });
  again();
  return {
    again,
    end() {
      unsubscribe();
      giveUp();
    },
  };
}
