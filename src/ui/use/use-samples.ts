/** Samples of the model that is drawn, in the state that it has; drawn anew when something changes that decides them. */
import { useEffect, useState } from 'react';
import { isOn } from '../run/run-state.ts';
import { useEditorState, useSession, useSessionState } from '../session/hooks.ts';
import type { Predicted } from '../worker/worker-client.ts';

/** Milliseconds after the last change. */
const PAUSE = 120;

type Drawn = Predicted | 'refused';

/** What the Probes show of them, by port. Undefined where that is not known yet. */
export function useSamples(count: number, seed: number): Drawn | undefined {
  const { client, editor } = useSession();
  const trained = useSessionState((s) => s.trained);
  const on = useSessionState((s) => isOn(s.run));
  const revision = useEditorState((s) => s.structureRevision);
  const [drawn, setDrawn] = useState<Drawn>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state and the drawing are what is asked about.
  useEffect(() => {
    if (on) return;
    let isLast = true;
    const timer = setTimeout(() => {
      void client
        .sample(editor.getState().document, count, seed)
        .then((found) => isLast && setDrawn(found ?? 'refused'));
    }, PAUSE);
    return () => {
      isLast = false;
      clearTimeout(timer);
    };
  }, [client, editor, trained, on, revision, count, seed]);
  return drawn;
}
