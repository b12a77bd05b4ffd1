/** Layers of the run that is shown, while somebody looks: asked of the worker until all is known, and on while it runs. */
import { useEffect, useState } from 'react';
import type { LayerPoint } from '../../worker/protocol.ts';
import { withPoints } from '../run/layer-history.ts';
import { isOn, type RunState } from '../run/run-state.ts';
import type { DocumentSession } from '../session/document-session.ts';
import { useSession, useSessionState } from '../session/hooks.ts';

/** Milliseconds between two questions while a run is on. */
const PAUSE = 250;

interface Known {
  /** The number of the run. */
  readonly of: number;
  readonly points: readonly LayerPoint[];
}

/** What was found is there again when somebody looks again. */
const found = new WeakMap<DocumentSession, Known>();

export interface RunLayers {
  readonly points: readonly LayerPoint[];
  readonly isLooking: boolean;
}

export function useLayers({ number, whole, ...run }: RunState): RunLayers {
  const session = useSession();
  const on = isOn(run);
  const shown = useSessionState((s) => s.trained?.step ?? 0);
  const [layers, setLayers] = useState<Known>();
  const [isLooking, setIsLooking] = useState(true);

  useEffect(() => {
    const { client, editor } = session;
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const known = () => {
      const before = found.get(session);
      return before?.of === number ? before : { of: number, points: [] };
    };
    async function ask(): Promise<void> {
      const have = known().points.map(({ step }) => step);
      const reply = await client.layers(editor.getState().document, { shown, have, whole });
      if (!isWanted) return;
      const all = { of: number, points: withPoints(known().points, reply?.points ?? []) };
      found.set(session, all);
      setLayers(all);
      const isMore = reply?.isMore === true;
      setIsLooking(isMore);
      if (isMore && !on) await ask();
      else if (on) timer = setTimeout(() => void ask(), PAUSE);
    }
    setLayers(known());
    setIsLooking(true);
    void ask();
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [session, number, whole, on, shown]);

  useEffect(() => session.client.restLayers, [session]);
  return { points: layers?.of === number ? layers.points : [], isLooking };
}
