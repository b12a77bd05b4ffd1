/** The run: its buttons, how far it is, its curves as they grow, its figures to the last digit. */
import { findCommand } from '../commands.ts';
import { showKeys } from '../keys.ts';
import { useLocale, useT } from '../locale.ts';
import { DiagnosticCard } from '../parts/DiagnosticCard.tsx';
import { Icon, type IconName } from '../parts/Icon.tsx';
import { formatCount, formatDuration, formatNumber } from '../parts/numbers.ts';
import { tensorTitle } from '../parts/tensor-title.ts';
import { trains } from '../run/run-control.ts';
import { isOn, type RunState } from '../run/run-state.ts';
import { useIsStale } from '../run/use-is-stale.ts';
import { useEditorState, useSession, useSessionState } from '../session/hooks.ts';
import { changeSettings, useSettings } from '../settings.ts';
import { dock } from '../strings/dock.ts';
import { rewindWords } from '../strings/rewind-words.ts';
import { Figures } from './Figures.tsx';
import { RewindSlider } from './RewindSlider.tsx';
import { RunCurves } from './RunCurves.tsx';

/** Of more tensors that begin anew the first few are named. */
const MOST_NAMED = 4;

export function RunPanel() {
  const run = useSessionState((s) => s.run);
  const stale = useIsStale(run);
  return (
    <div className="run">
      <div className="run-control">
        <RunButtons run={run} />
        {run.phase !== 'idle' && <Progress run={run} />}
        <RewindSlider run={run} />
        <Figures run={run} />
        <ThreadsSelect />
      </div>
      <div className="run-stage" data-stale={stale || undefined}>
        {stale && <Stale run={run} />}
        {run.diagnostics.map((d, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a diagnostic has no identity of its own.
          <DiagnosticCard key={i} diagnostic={d} />
        ))}
        <RunCurves run={run} />
      </div>
    </div>
  );
}

/** What going on would take of the trained state, and what it would begin anew. */
function Stale({ run }: { readonly run: RunState }) {
  const t = useT();
  const locale = useLocale();
  const document = useEditorState((s) => s.document);
  const fresh = useSessionState((s) => s.fit?.fresh);
  const names = (fresh ?? []).map(({ name }) => tensorTitle(document, name, locale));
  const shown = names.slice(0, MOST_NAMED).join(', ');
  const list = names.length > MOST_NAMED ? `${shown}, …` : shown;
  return (
    <p className="run-stale" role="status">
      <b>{t(isOn(run) ? dock.changedMeanwhile : dock.changedSince)}</b>
      {!isOn(run) && names.length > 0 && ` ${t(dock.beginAnew, { tensors: list })}`}
    </p>
  );
}

function RunButtons({ run: { phase, step } }: { readonly run: RunState }) {
  const t = useT();
  const { run } = useSession();
  const trained = useSessionState((s) => s.trained);
  const canTrain = useEditorState(trains);
  const on = isOn({ phase });
  const isBack = trained !== undefined && trained.step < step;
  const runKeys = findCommand('run').keys?.[0] ?? '';
  const goOnKeys = findCommand('goOn').keys?.[0] ?? '';
  const stopKeys = findCommand('stop').keys?.[0] ?? '';
  return (
    <div className="run-buttons">
      {!on && trained && (
        <RunButton
          icon="go-on"
          primary
          disabled={!canTrain}
          label={t(isBack ? rewindWords.forkHere : dock.goOn)}
          quiet
          title={`${t(isBack ? rewindWords.forkHint : dock.goOnHint, { step: formatCount(trained.step) })} (${showKeys(goOnKeys)})`}
          keys={goOnKeys}
          onClick={run.goOn}
        />
      )}
      {!on && (
        <RunButton
          icon="run"
          primary={!trained}
          quiet={trained !== undefined}
          disabled={!canTrain}
          label={t(phase === 'idle' && !trained ? dock.start : dock.again)}
          keys={runKeys}
          onClick={run.start}
        />
      )}
      {phase === 'running' && <RunButton icon="pause" label={t(dock.pause)} onClick={run.pause} />}
      {phase === 'paused' && (
        <>
          <RunButton icon="run" primary label={t(dock.resume)} keys={runKeys} onClick={run.resume} />
          <RunButton icon="step" label={t(dock.step)} onClick={run.step} />
        </>
      )}
      {on && <RunButton icon="stop" label={t(dock.stop)} keys={stopKeys} onClick={run.stop} />}
    </div>
  );
}

interface RunButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly keys?: string;
  readonly title?: string;
  readonly primary?: boolean;
  /** Its keys are told by its title alone. */
  readonly quiet?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

function RunButton({ icon, label, keys, title, primary, quiet, disabled, onClick }: RunButtonProps) {
  return (
    <button
      type="button"
      className={primary ? 'button primary' : 'button'}
      aria-label={label}
      aria-keyshortcuts={keys?.replace('Mod', 'Control')}
      title={title ?? (quiet && keys ? showKeys(keys) : undefined)}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} /> {label}
      {keys && !quiet && <kbd>{showKeys(keys)}</kbd>}
    </button>
  );
}

const phaseTexts = {
  idle: dock.start,
  running: dock.running,
  paused: dock.paused,
  finished: dock.finished,
  stopped: dock.stopped,
  failed: dock.failed,
} as const;

function Progress({ run }: { readonly run: RunState }) {
  const t = useT();
  const { phase, step, steps, seed, rate, engine, parameters, sharing, isEarly } = run;
  const left = rate > 0 ? (steps - step) / rate : 0;
  return (
    <div className="run-progress">
      <p>
        <b>{t(isEarly ? dock.stoppedEarly : phaseTexts[phase])}</b>
        {steps > 0 && ` · ${t(dock.stepOf, { step: formatCount(step), steps: formatCount(steps) })}`}
        {phase === 'running' && rate > 0 && ` · ${t(dock.rate, { rate: formatNumber(rate, 3) })}`}
        {phase === 'running' && left >= 1 && ` · ${t(dock.timeLeft, { time: formatDuration(left) })}`}
      </p>
      <progress value={step} max={Math.max(1, steps)} aria-label={t(phaseTexts[phase])} />
      {engine && (
        <p className="soft">
          {t(dock.seedIs, { seed })} · {t(dock.engineIs, { parameters: formatCount(parameters), engine })}
          {sharing &&
            ` · ${t(sharing.threads > 1 ? dock.threadsPay : dock.threadsDoNot, { ...sharing, gain: sharing.gain.toFixed(2) })}`}
        </p>
      )}
    </div>
  );
}

const counts = ['auto', 1, 2, 4, 8, 16] as const;

/** Shared memory, and so more than one thread, is for isolated pages only. */
function ThreadsSelect() {
  const t = useT();
  const threads = useSettings((s) => s.threads);
  if (!crossOriginIsolated) return null;
  const change = (chosen: string) => changeSettings({ threads: chosen === 'auto' ? 'auto' : Number(chosen) });
  return (
    <label className="threads soft" title={t(dock.threadsHelp)}>
      {t(dock.threads)}{' '}
      <select className="input" value={threads} onChange={(event) => change(event.target.value)}>
        {counts.map((count) => (
          <option key={count} value={count}>
            {count === 'auto' ? t(dock.threadsAuto) : count}
          </option>
        ))}
      </select>
    </label>
  );
}
