/**
 * What changes often and concerns few: values while a run goes on, the wire in hand, what the pointer
 * is over. Each is a store of its own, read by the parts that show it, so that nothing else is redrawn.
 */
import { useSyncExternalStore } from 'react';
import type { PortRef } from '../../../base/edit.ts';
import { type EditorState, type Fits, fits, type WireEnd } from '../../../editor/index.ts';
import type { TensorValue } from '../props.ts';

export class Store<T> {
  #listeners = new Set<() => void>();
  #state: T;

  constructor(state: T) {
    this.#state = state;
  }

  readonly get = (): T => this.#state;

  set(state: T): void {
    if (Object.is(state, this.#state)) return;
    this.#state = state;
    this.notify();
  }

  notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** A part of a store; the component is drawn anew when that part is another object. */
export const useStoreValue = <T, U>(store: Store<T>, select: (state: T) => U): U =>
  useSyncExternalStore(store.subscribe, () => select(store.get()));

export type Values = Readonly<Record<string, TensorValue>>;

export interface Held {
  readonly end: WireEnd;
  readonly fits: Fits;
}

export type PortHighlight = 'held' | 'candidate' | 'fits' | 'misfit' | 'dim';

/** Milliseconds of a frame that may go into finding out which ports fit. */
const budget = 6;

/** The wire in hand, while one is being drawn by mouse, touch or keyboard. */
export class HeldWire extends Store<Held | undefined> {
  #frame = 0;

  take(end: WireEnd, state: EditorState): void {
    this.set({ end, fits: fits(state, end) });
    this.#explore(0);
  }

  drop(): void {
    cancelAnimationFrame(this.#frame);
    this.set(undefined);
  }

  /** Tries the candidates one after the other, a few in each frame. */
  #explore(next: number): void {
    this.#frame = requestAnimationFrame(() => {
      const held = this.get();
      if (!held) return;
      const { candidates } = held.fits;
      const start = performance.now();
      let i = next;
      for (; i < candidates.length && performance.now() - start < budget; i++)
        held.fits.verdict(candidates[i] as PortRef);
      this.notify();
      if (i < candidates.length) this.#explore(i);
    });
  }

  /** How a port is highlighted now; undefined when no wire is held. */
  highlight(port: PortRef, direction: WireEnd['direction']): PortHighlight | undefined {
    const held = this.get();
    if (!held) return undefined;
    const { end } = held;
    if (end.node === port.node && end.port === port.port && end.direction === direction) return 'held';
    if (end.direction === direction || !held.fits.isCandidate(port)) return 'dim';
    const verdict = held.fits.known(port);
    if (!verdict) return 'candidate';
    return verdict.fits ? 'fits' : 'misfit';
  }
}
