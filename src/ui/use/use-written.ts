/** Texts that a model of language writes; written anew when what is asked for changes, or the state that writes. */
import { useEffect, useState } from 'react';
import { isOn } from '../run/run-state.ts';
import { useEditorState, useSession, useSessionState } from '../session/hooks.ts';
import type { WriteRequest, Written } from '../worker/worker-client.ts';

/** Milliseconds after the last change. */
const PAUSE = 120;

/** Undefined before the first character; `refused` where it cannot be computed. */
export function useWritten(wish: WriteRequest): Written | 'refused' | undefined {
  const { client, editor } = useSession();
  const trained = useSessionState((s) => s.trained);
  const on = useSessionState((s) => isOn(s.run));
  const revision = useEditorState((s) => s.structureRevision);
  const [written, setWritten] = useState<Written | 'refused'>();
  const asked = JSON.stringify(wish);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state and the drawing are what is asked about.
  useEffect(() => {
    if (on) return;
    let end: (() => void) | undefined;
    const timer = setTimeout(() => {
      const { document } = editor.getState();
      end = client.write(document, JSON.parse(asked) as WriteRequest, (told) =>
        setWritten(told ?? 'refused'),
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      end?.();
    };
  }, [client, editor, trained, on, revision, asked]);
  return written;
}
