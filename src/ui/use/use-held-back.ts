/** Rows that were held back, as the model judges them in the state there is; asked anew when that changes, while it trains too. */
import { useEffect, useState } from 'react';
import type { JudgedRows } from '../../worker/protocol.ts';
import { isOn } from '../run/run-state.ts';
import { useEditorState, useSession, useSessionState } from '../session/hooks.ts';

/** More rows are not looked at one by one. */
const MOST = 2000;
/** Milliseconds after the last change. */
const PAUSE = 150;

/** Milliseconds between two states that a run hands over to be looked at. */
const LIVE = 700;

/** Undefined where they are not known yet, or not wanted. */
export function useHeldBack(isWanted: boolean): JudgedRows | undefined {
  const { client, editor, run } = useSession();
  const trained = useSessionState((s) => s.trained);
  const on = useSessionState((s) => isOn(s.run));
  const revision = useEditorState((s) => s.structureRevision);
  const [found, setFound] = useState<JudgedRows>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state and the drawing are what is asked about.
  useEffect(() => {
    if (!isWanted) return;
    let isLast = true;
    const timer = setTimeout(() => {
      void client.heldBack(editor.getState().document, MOST).then((held) => isLast && setFound(held));
    }, PAUSE);
    return () => {
      isLast = false;
      clearTimeout(timer);
    };
  }, [client, editor, trained, revision, isWanted]);
  useEffect(() => {
    if (!on || !isWanted) return;
    client.followRun(true);
    const timer = setInterval(run.keep, LIVE);
    return () => {
      clearInterval(timer);
      client.followRun(false);
    };
  }, [client, run, on, isWanted]);
  return found;
}
