/**
 * Better contraction paths, looked for while the user is at leisure: a moment after the last change, and
 * never beside a run. What is found goes into the document, so that the page, the worker and the command line
 * follow it alike; the next change puts an end to the search.
 */
import { isError } from '../../base/diagnostic.ts';
import type { Editor, EditorState } from '../../editor/index.ts';
import { follow } from '../session/follow.ts';
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
  /** How many times fewer operations the found paths take than the first ones. */
  readonly onGain: (gain: number) => void;
}

/** Looks for better paths for the editor's graph now and after each change; the result stops it. */
export function improveAtLeisure({
  editor,
  improve,
  mayLook,
  onLeisure,
  onGain,
}: LeisureOptions): () => void {
  /** Networks that were looked at, or whose path the user has sent away: once is enough. */
  const settled = new Set<string>();
  let finished: readonly unknown[] = [];
  /** The document as the user has left it, and as the search has: what that writes is no change to follow. */
  let { document: users } = editor.getState();
  let ours = users;
  let keeping = false;
  let found = users.plan?.found ?? {};

  /** What a path may depend on. */
  const situation = ({ structureRevision, document }: EditorState) => [structureRevision, document.plan];
  const isFinished = (state: EditorState) => situation(state).every((part, i) => part === finished[i]);

  function keep(paths: Readonly<Record<string, string>>): void {
    keeping = true;
    editor.dispatch({ type: 'foundPaths', paths });
    keeping = false;
    ours = editor.getState().document;
    found = ours.plan?.found ?? {};
  }

  function look({ document, checked }: EditorState): () => void {
    const now = document.plan?.found ?? {};
    const forgotten = Object.keys(found).filter((key) => !Object.hasOwn(now, key));
    for (const key of forgotten) settled.add(key);
    found = now;
    // What the others gain is known when they are looked at again.
    if (forgotten.length > 0) onGain(1);
    if (checked.diagnostics.some(isError)) {
      onGain(1);
      return () => {};
    }
    if (!mayLook() || isFinished(editor.getState())) return () => {};
    return improve(document, { ...effort, without: [...settled] }, (news) => {
      for (const key of news.settled) settled.add(key);
      if (Object.keys(news.paths).length > 0) keep(news.paths);
      onGain(news.gain);
      if (news.final) finished = situation(editor.getState());
    });
  }

  const following = follow(
    editor,
    PAUSE,
    ({ document }) => {
      if (!keeping && document !== ours) users = document;
      return [users];
    },
    (state, signal) => signal.addEventListener('abort', look(state)),
  );
  const unsubscribe = onLeisure(() => following.again());
  return () => {
    following.end();
    unsubscribe();
  };
}
