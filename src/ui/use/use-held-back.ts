/** Rows that were held back, as the model judges them in the state there is; asked anew when that changes. */
import { useEffect, useState } from 'react';
import type { JudgedRows } from '../../worker/protocol.ts';
import { isOn } from '../run/run-state.ts';
import { useEditorState, useSession, useSessionState } from '../session/hooks.ts';

/** More rows are not looked at one by one. */
const MOST = 2000;
/** Milliseconds after the last change. */
const PAUSE = 150;

/** Undefined where they are not known yet, or not wanted. */
export function useHeldBack(isWanted: boolean): JudgedRows | undefined {
  const { client, editor } = useSession();
  const trained = useSessionState((s) => s.trained);
  const on = useSessionState((s) => isOn(s.run));
  const revision = useEditorState((s) => s.structureRevision);
  const [found, setFound] = useState<JudgedRows>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state and the drawing are what is asked about.
  useEffect(() => {
    if (on || !isWanted) return;
    let isLast = true;
    const timer = setTimeout(() => {
      void client.heldBack(editor.getState().document, MOST).then((held) => isLast && setFound(held));
    }, PAUSE);
    return () => {
      isLast = false;
      clearTimeout(timer);
    };
  }, [client, editor, trained, on, revision, isWanted]);
  return found;
}
