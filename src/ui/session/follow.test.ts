import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand';
import { follow } from './follow.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function start(most?: number) {
  const store = createStore(() => ({ revision: 0, place: 0 }));
  const done: { revision: number; signal: AbortSignal }[] = [];
  const following = follow(
    store,
    100,
    ({ revision }) => [revision],
    ({ revision }, signal) => {
      done.push({ revision, signal });
    },
    most,
  );
  return { store, done, following };
}

describe('follow', () => {
  it('does the work a moment after the last change of what it depends on', () => {
    const { store, done } = start();
    store.setState({ revision: 1 });
    vi.advanceTimersByTime(90);
    store.setState({ revision: 2 });
    vi.advanceTimersByTime(90);
    expect(done).toEqual([]);
    vi.advanceTimersByTime(10);
    expect(done).toMatchObject([{ revision: 2 }]);
    store.setState({ place: 5 });
    vi.advanceTimersByTime(1000);
    expect(done).toHaveLength(1);
  });

  it('waits no longer than the ceiling under changes without a pause', () => {
    const { store, done } = start(250);
    for (let revision = 1; revision <= 10; revision++) {
      store.setState({ revision });
      vi.advanceTimersByTime(50);
    }
    expect(done).toMatchObject([{ revision: 5 }, { revision: 10 }]);
  });

  it('gives up what is going on when there is another change', () => {
    const { store, done } = start();
    vi.advanceTimersByTime(100);
    expect(done[0]?.signal.aborted).toBe(false);
    store.setState({ revision: 1 });
    expect(done[0]?.signal.aborted).toBe(true);
  });

  it('does it again on demand, and no more after the end', () => {
    const { store, done, following } = start();
    vi.advanceTimersByTime(100);
    following.again(7);
    vi.advanceTimersByTime(7);
    expect(done).toHaveLength(2);
    store.setState({ revision: 1 });
    following.end();
    vi.advanceTimersByTime(1000);
    expect(done).toHaveLength(2);
    expect(done[1]?.signal.aborted).toBe(true);
  });
});
