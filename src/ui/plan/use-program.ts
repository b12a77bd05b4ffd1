/** The plan of the whole graph, from the worker, a moment after each change of the graph's structure or its orders. */
import { useEffect, useState } from 'react';
import type { Description } from '../../worker/protocol.ts';
import { useEditorState, useSession } from '../session/hooks.ts';

/** Milliseconds after the last change. */
const PAUSE = 200;

/** `undefined` until it is known, `null` where there is none. */
export function useProgram(): Description | null | undefined {
  const { editor, client } = useSession();
  const revision = useEditorState((s) => s.structureRevision);
  const orders = useEditorState((s) => s.document.plan);
  const [known, setKnown] = useState<Description | null>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision and the orders stand for the document.
  useEffect(() => {
    let live = true;
    const timer = setTimeout(async () => {
      const plan = await client.describe(editor.getState().document);
      if (live) setKnown(plan ?? null);
    }, PAUSE);
    return () => {
      live = false;
      clearTimeout(timer);
    };
  }, [editor, client, revision, orders]);
  return known;
}
