/** The curves of a run with those of earlier runs behind them, its layers, or all runs beside each other in a table. */
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { sayNow, useT } from '../locale.ts';
import { notify } from '../notice.ts';
import type { PastRun } from '../run/past-runs.ts';
import { trains } from '../run/run-control.ts';
import { isOn, type RunState } from '../run/run-state.ts';
import { download, fileName } from '../session/files.ts';
import { useEditorState, useSessionState } from '../session/hooks.ts';
import { dock } from '../strings/dock.ts';
import { rewindWords } from '../strings/rewind-words.ts';
import { Runs } from './Runs.tsx';

// The chart library is fetched when there is a curve to draw.
const Charts = lazy(() => import('./Charts.tsx'));
const LayerView = lazy(() => import('./LayerView.tsx'));

const none: readonly PastRun[] = [];

const views = ['curves', 'layers', 'compare'] as const;
type View = (typeof views)[number];

export function RunCurves({ run }: { readonly run: RunState }) {
  const t = useT();
  const past = useSessionState((s) => s.pastRuns);
  const [view, setView] = useState<View>('curves');
  const hasPast = past.length > 0;
  if (run.drawn === 0 && !hasPast) return run.diagnostics.length === 0 ? <Invitation /> : null;
  const label = (name: View) =>
    name === 'compare' && hasPast
      ? t(rewindWords.compareCount, { count: past.length + 1 })
      : t(rewindWords[name]);
  const choice = (
    <fieldset className="segments" aria-label={t(rewindWords.view)}>
      {views.map((name) => (
        <button key={name} type="button" aria-pressed={view === name} onClick={() => setView(name)}>
          {label(name)}
        </button>
      ))}
    </fieldset>
  );
  if (view === 'layers')
    return (
      <Suspense>
        <LayerView run={run} views={choice} />
      </Suspense>
    );
  if (view === 'curves') return <CurvesView run={run} views={choice} past={past} />;
  return (
    <>
      <div className="run-view">{choice}</div>
      <Runs run={run} />
    </>
  );
}

interface CurvesViewProps {
  readonly run: RunState;
  /** The choice of views, which stands first. */
  readonly views: ReactNode;
  readonly past: readonly PastRun[];
}

function CurvesView({ run, views, past }: CurvesViewProps) {
  const t = useT();
  const [behind, setBehind] = useState(true);
  const [smoothing, setSmoothing] = useState(0);
  return (
    <>
      <div className="run-view">
        {views}
        {past.length > 0 && (
          <label>
            <input type="checkbox" checked={behind} onChange={(event) => setBehind(event.target.checked)} />
            {t(rewindWords.behind)}
          </label>
        )}
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
        {run.drawn > 0 && <Export run={run} />}
      </div>
      <Suspense>
        <Charts curves={run.curves} drawn={run.drawn} past={behind ? past : none} smoothing={smoothing} />
      </Suspense>
    </>
  );
}

/** Writes what the run has measured to a file; a run too long to be kept whole in its means. */
function Export({ run }: { readonly run: RunState }) {
  const t = useT();
  const name = useEditorState((s) => s.document.name);
  const write = async (end: 'csv' | 'jsonl') => {
    const exact = run.curves.exact();
    const { traceCsv, traceJsonl } = await import('../run/trace-text.ts');
    if (!exact) notify(sayNow(rewindWords.exportThinned));
    if (end === 'csv') download(traceCsv(exact ?? run.curves.all()), fileName(name, 'csv'), 'text/csv');
    else download(traceJsonl(run, exact ?? []), fileName(name, 'jsonl'), 'application/jsonl');
  };
  return (
    <span className="run-export">
      {(['csv', 'jsonl'] as const).map((end) => (
        <button
          key={end}
          type="button"
          className="link-button"
          title={t(rewindWords.exportHint)}
          aria-label={t(rewindWords.exportAs, { form: end.toUpperCase() })}
          disabled={isOn(run) || (end === 'jsonl' && !run.curves.exact())}
          onClick={() => void write(end)}
        >
          {end.toUpperCase()}
        </button>
      ))}
    </span>
  );
}

function Invitation() {
  const t = useT();
  const canTrain = useEditorState(trains);
  return <p className="dock-empty">{t(canTrain ? dock.idle : dock.nothingTrains)}</p>;
}
