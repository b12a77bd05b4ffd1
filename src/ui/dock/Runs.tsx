/** The runs of a document beside each other: what differed, where they ended, and the way back to each. */
import { useT } from '../locale.ts';
import { Icon } from '../parts/Icon.tsx';
import { formatCount, formatNumber } from '../parts/numbers.ts';
import type { PastRun } from '../run/past-runs.ts';
import { pastOf, pinRun, withoutRun } from '../run/past-runs.ts';
import { restoreRun } from '../run/restore-run.ts';
import { isOn, type RunState } from '../run/run-state.ts';
import { useSession, useSessionState } from '../session/hooks.ts';
import { rewindWords as words } from '../strings/rewind-words.ts';
import { basesOf, testName, useMetricTitle } from './Figures.tsx';
import { runColour } from './run-colour.ts';
import { SweepForm } from './SweepForm.tsx';
import { SweepPlot } from './SweepPlot.tsx';
import { useDifference } from './use-difference.ts';

export function Runs({ run }: { readonly run: RunState }) {
  const t = useT();
  const titleOf = useMetricTitle();
  const past = useSessionState((s) => s.pastRuns);
  const shown = pastOf(run);
  const all = [...past, ...(shown ? [shown] : [])].sort((a, b) => a.number - b.number);
  /** A fork is held against the run that it comes from, others against the one before. */
  const beforeOf = (run: PastRun) =>
    all.find(({ number }) => number === run.fork?.of) ?? all[all.indexOf(run) - 1];
  const metrics = basesOf([...new Set(all.flatMap((one) => Object.keys(one.metrics)))]);
  return (
    <div className="runs">
      <SweepForm />
      <SweepPlot runs={all} />
      <table>
        <thead>
          <tr>
            <th scope="col">{t(words.runs)}</th>
            <th scope="col">{t(words.differs)}</th>
            <th scope="col">{t(words.steps)}</th>
            {metrics.map((metric) => (
              <th key={metric} scope="col" title={t(words.sides)}>
                {titleOf(metric)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {[...all].reverse().map((one) => (
            <Row
              key={one.number}
              run={one}
              before={beforeOf(one)}
              metrics={metrics}
              isShown={one === shown}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly run: PastRun;
  /** The one that it is compared with. */
  readonly before: PastRun | undefined;
  readonly metrics: readonly string[];
  readonly isShown: boolean;
}

function Row({ run, before, metrics, isShown }: RowProps) {
  const t = useT();
  const { number, step } = run;
  const differs = useDifference(before, run);
  return (
    <tr data-run={number} data-shown={isShown || undefined}>
      <th scope="row">
        <i className="run-mark" style={{ background: isShown ? 'var(--accent)' : runColour(number) }} />
        {t(words.run, { number })}
      </th>
      <td className="run-differs">{differs}</td>
      <td>{formatCount(step)}</td>
      {metrics.map((metric) => (
        <td key={metric} className="run-figure">
          {[run.metrics[metric], run.metrics[testName(metric)]]
            .flatMap((value) => (value === undefined ? [] : [formatNumber(value)]))
            .join(' / ')}
        </td>
      ))}
      <td className="run-actions">{!isShown && <Actions run={run} />}</td>
    </tr>
  );
}

function Actions({ run }: { readonly run: PastRun }) {
  const t = useT();
  const session = useSession();
  const on = useSessionState((s) => isOn(s.run));
  const { number, pinned } = run;
  const change = (runs: (past: readonly PastRun[]) => readonly PastRun[]) =>
    session.state.setState(({ pastRuns }) => ({ pastRuns: runs(pastRuns) }));
  const of = t(words.run, { number });
  return (
    <>
      <button
        type="button"
        className="button small"
        title={t(words.restoreHint)}
        aria-label={`${t(words.restore)}: ${of}`}
        disabled={on}
        onClick={() => void restoreRun(session, run)}
      >
        {t(words.restore)}
      </button>
      <button
        type="button"
        className="button small"
        aria-pressed={pinned}
        title={t(words.pinHint)}
        aria-label={`${t(words.pin)}: ${of}`}
        onClick={() => change((past) => pinRun(past, number, !pinned))}
      >
        {t(words.pin)}
      </button>
      <button
        type="button"
        className="icon-button"
        title={t(words.remove)}
        aria-label={`${t(words.remove)}: ${of}`}
        onClick={() => change((past) => withoutRun(past, number))}
      >
        <Icon name="remove" />
      </button>
    </>
  );
}
