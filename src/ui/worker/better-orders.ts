/**
 * Better orders of contraction, looked for while the user is at leisure: a moment after the last change, and
 * never beside a run. What is found goes into the document, so that the page, the worker and the command line
 * follow it alike; the next change puts an end to the search.
 */
import { isError } from '../../base/diagnostic.ts';
import type { Editor } from '../../editor/index.ts';
import type { WorkerClient } from './worker-client.ts';

/** Milliseconds after the last change. */
const PAUSE = 1000;

/** Seconds of search, for one network and for all. */
const effort = { seconds: 3, secondsInAll: 12 };

export interface LeisureOptions {
  readonly editor: Pick<Editor, 'getState' | 'subscribe' | 'dispatch'>;
  readonly improve: WorkerClient['improve'];
  /** Whether there is leisure, and a listener for when that may have changed. */
  readonly mayLook: () => boolean;
  readonly onLeisure: (listener: () => void) => () => void;
  /** How many times fewer operations the found orders make than the first ones. */
  readonly onGain: (gain: number) => void;
}

/** Looks for better orders of the editor's graph now and after each change; the result stops it. */
export function improveAtLeisure({
  editor,
  improve,
  mayLook,
  onLeisure,
  onGain,
}: LeisureOptions): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop: (() => void) | undefined;
  /** Networks that were looked at, or whose order the user has sent away: once is enough. */
  const settled = new Set<string>();
  let seen = editor.getState().document;
  let finished: ReturnType<typeof situation> | undefined;
  let keeping = false;

  /** What an order may depend on. */
  function situation() {
    const { structureRevision, document } = editor.getState();
    return { structureRevision, plan: document.plan };
  }

  function isFinished(): boolean {
    const { structureRevision, plan } = situation();
    return finished?.structureRevision === structureRevision && finished.plan === plan;
  }

  function look(): void {
    const { document } = editor.getState();
    stop = improve(
      { document, ...effort, without: [...settled] },
      ({ settled: done, orders, gain, final }) => {
        for (const key of done) settled.add(key);
        if (Object.keys(orders).length > 0) {
          keeping = true;
          editor.dispatch({ type: 'foundOrders', orders });
          keeping = false;
          seen = editor.getState().document;
        }
        onGain(gain);
        if (final) finished = situation();
      },
    );
  }

  function consider(): void {
    clearTimeout(timer);
    stop?.();
    stop = undefined;
    const sound = !editor.getState().checked.diagnostics.some(isError);
    if (!sound) onGain(1);
    if (sound && mayLook() && !isFinished()) timer = setTimeout(look, PAUSE);
  }

  function onChange(): void {
    const { document } = editor.getState();
    if (keeping || document === seen) return;
    const now = document.plan?.found ?? {};
    const forgotten = Object.keys(seen.plan?.found ?? {}).filter((key) => !Object.hasOwn(now, key));
    for (const key of forgotten) settled.add(key);
    // What the others gain is known when they are looked at again.
    if (forgotten.length > 0) onGain(1);
    seen = document;
    consider();
  }

  consider();
  const unsubscribe = [editor.subscribe(onChange), onLeisure(consider)];
  return () => {
    clearTimeout(timer);
    stop?.();
    for (const end of unsubscribe) end();
  };
}
