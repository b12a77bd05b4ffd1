/** The curves of a run, with those of earlier runs behind them or beside them in a table. */
import { lazy, Suspense, useState } from 'react';
import { useT } from '../locale.ts';
import type { PastRun } from '../run/past-runs.ts';
import { trains } from '../run/run-control.ts';
import type { RunState } from '../run/run-state.ts';
import { useEditorState, useSessionState } from '../session/hooks.ts';
import { dock } from '../strings/dock.ts';
import { rewindWords } from '../strings/rewind-words.ts';
import { Runs } from './Runs.tsx';

// The chart library is fetched when there is a curve to draw.
const Charts = lazy(() => import('./Charts.tsx'));

const none: readonly PastRun[] = [];

export function RunCurves({ run }: { readonly run: RunState }) {
  const t = useT();
  const past = useSessionState((s) => s.pastRuns);
  const [compares, setCompares] = useState(false);
  const [behind, setBehind] = useState(true);
  const [smoothing, setSmoothing] = useState(0);
  const hasPast = past.length > 0;
  if (run.drawn === 0 && !hasPast) return run.diagnostics.length === 0 ? <Invitation /> : null;
  const tab = (isOfRuns: boolean, label: string) => (
    <button type="button" aria-pressed={compares === isOfRuns} onClick={() => setCompares(isOfRuns)}>
      {label}
    </button>
  );
  return (
    <>
      <div className="run-view">
        {(hasPast || run.drawn > 0) && (
          <fieldset className="segments" aria-label={t(rewindWords.view)}>
            {tab(false, t(rewindWords.curves))}
            {tab(
              true,
              hasPast ? t(rewindWords.compareCount, { count: past.length + 1 }) : t(rewindWords.compare),
            )}
          </fieldset>
        )}
        {hasPast && !compares && (
          <label>
            <input type="checkbox" checked={behind} onChange={(event) => setBehind(event.target.checked)} />
            {t(rewindWords.behind)}
          </label>
        )}
        {!compares && (
          <label className="smoothing">
            {t(rewindWords.smooth)}
            <input
              type="range"
              min={0}
              max={0.99}
              step={0.01}
              value={smoothing}
              onChange={(event) => setSmoothing(Number(event.target.value))}
            />
          </label>
        )}
      </div>
      {compares ? (
        <Runs run={run} />
      ) : (
        <Suspense>
          <Charts curves={run.curves} drawn={run.drawn} past={behind ? past : none} smoothing={smoothing} />
        </Suspense>
      )}
    </>
  );
}

function Invitation() {
  const t = useT();
  const canTrain = useEditorState(trains);
  return <p className="dock-empty">{t(canTrain ? dock.idle : dock.nothingTrains)}</p>;
}
