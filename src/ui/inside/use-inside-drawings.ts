/** The drawings of a node's inside, one for each phase, laid out in a worker. */
import { useEffect, useState } from 'react';
import type { InsideGraph, InsidePhase } from '../../worker/protocol.ts';
import { withLayouter } from '../layout/layout-worker-client.ts';
import { type CardWords, drawInside, type InsideDrawing } from './inside-drawing.ts';

export type InsideDrawings = Readonly<Record<InsidePhase, InsideDrawing>>;

/** `undefined` until they are there; a text where they cannot be made. */
export function useInsideDrawings(
  graph: InsideGraph | undefined,
  wordsOf: (card: InsideGraph['cards'][number]) => CardWords,
): InsideDrawings | string | undefined {
  const [made, setMade] = useState<InsideDrawings | string>();
  useEffect(() => {
    if (!graph) return;
    const stopping = new AbortController();
    const draw = async () => {
      const drawings = await withLayouter(stopping.signal, async (layout) => ({
        forward: await drawInside(graph, 'forward', wordsOf, layout),
        backward: await drawInside(graph, 'backward', wordsOf, layout),
      }));
      if (!stopping.signal.aborted) setMade(drawings);
    };
    draw().catch((reason: unknown) => {
      if (!stopping.signal.aborted) setMade(reason instanceof Error ? reason.message : String(reason));
    });
    return () => stopping.abort();
  }, [graph, wordsOf]);
  return made;
}
