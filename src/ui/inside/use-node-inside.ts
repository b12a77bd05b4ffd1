/** What a node is made of, asked of the worker anew when the document, its state or the node changes. */
import { useEffect, useState } from 'react';
import type { PathText } from '../../base/path.ts';
import { follow } from '../session/follow.ts';
import { useSession } from '../session/hooks.ts';
import { together } from '../session/session-state.ts';
import type { InsideReply } from '../worker/worker-client.ts';

/** Milliseconds after the last change. */
const PAUSE = 150;

/** `undefined` until it is known, `null` where there is nothing to see. */
export function useNodeInside(node: PathText): InsideReply | null | undefined {
  const session = useSession();
  const [known, setKnown] = useState<{ readonly node: PathText; readonly inside: InsideReply | null }>();
  useEffect(() => {
    const { client } = session;
    return follow(
      together(session),
      PAUSE,
      (s) => [s.editor.structureRevision, s.session.trained],
      async ({ editor: { document } }, signal) => {
        const inside = await client.inside(document, node);
        if (!signal.aborted) setKnown({ node, inside: inside ?? null });
      },
    ).end;
  }, [session, node]);
  return known?.node === node ? known.inside : undefined;
}
