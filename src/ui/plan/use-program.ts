/** The plan of the whole graph, from the worker, a moment after each change of the graph's structure or its contraction paths. */
import { useEffect, useState } from 'react';
import type { Description } from '../../worker/protocol.ts';
import { follow } from '../session/follow.ts';
import { useSession } from '../session/hooks.ts';

/** Milliseconds after the last change. */
const PAUSE = 200;

/** `undefined` until it is known, `null` where there is none. */
/** `costs`: with what each node takes. */
export function useProgram(costs = false): Description | null | undefined {
  const { editor, client } = useSession();
  const [known, setKnown] = useState<Description | null>();
  useEffect(
    () =>
      follow(
        editor,
        PAUSE,
        ({ structureRevision, document }) => [structureRevision, document.plan],
        async ({ document }, signal) => {
          const plan = await client.describe(document, costs);
          if (!signal.aborted) setKnown(plan ?? null);
        },
      ).end,
    [editor, client, costs],
  );
  return known;
}
