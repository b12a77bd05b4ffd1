/** The panel below the canvas: problems, the run, the numbers. */
import type { KeyboardEvent, ReactNode } from 'react';
import { isError } from '../../base/diagnostic.ts';
import { findCommand } from '../commands.ts';
import { showKeys } from '../keys.ts';
import { useT } from '../locale.ts';
import { Icon } from '../parts/Icon.tsx';
import { lazily } from '../parts/lazily.tsx';
import { GainBadge } from '../plan/GainBadge.tsx';
import { trains } from '../run/run-control.ts';
import { isOn } from '../run/run-state.ts';
import { useEditorState, useSession, useSessionState } from '../session/hooks.ts';
import { changeSettings, type DockTab, dockTabs, useSettings } from '../settings.ts';
import { useApp } from '../store.ts';
import { dockNames as dock } from '../strings/dock-names.ts';

// The dock is closed at first.
const small = () => import('./panels.ts');
const early = { early: true };
const Problems = lazily(async () => (await small()).Problems, early);
const RunPanel = lazily(async () => (await small()).RunPanel, early);
const ValuesPanel = lazily(async () => (await small()).ValuesPanel, early);
const PlanPanel = lazily(async () => (await import('../plan/PlanPanel.tsx')).PlanPanel);
const UsePanel = lazily(async () => (await import('../use/UsePanel.tsx')).UsePanel);
const PicturesPanel = lazily(async () => (await import('../pictures/PicturesPanel.tsx')).PicturesPanel);

const panels: Readonly<Record<DockTab, () => ReactNode>> = {
  problems: () => <Problems />,
  plan: () => <PlanPanel />,
  run: () => <RunPanel />,
  values: () => <ValuesPanel />,
  pictures: () => <PicturesPanel />,
  use: () => <UsePanel />,
};

export function Dock() {
  const t = useT();
  const tab = useSettings((s) => s.dockTab);
  const open = useSettings((s) => s.dockOpen);
  const sheet = useApp((s) => s.sheet);
  const shown = open || sheet === 'dock';
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = dockTabs[(dockTabs.indexOf(tab) + by + dockTabs.length) % dockTabs.length] ?? tab;
    changeSettings({ dockTab: next });
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <section className="dock panel" aria-label={t(dock.title)}>
      <header className="dock-head">
        <div className="tabs" role="tablist" aria-label={t(dock.title)} onKeyDown={onKeyDown}>
          {dockTabs.map((name) => (
            <button
              key={name}
              id={`tab-${name}`}
              type="button"
              role="tab"
              aria-selected={name === tab && shown}
              aria-controls="dock-body"
              tabIndex={name === tab ? 0 : -1}
              onClick={() => changeSettings({ dockTab: name, dockOpen: true })}
            >
              {t(dock[name])}
              {name === 'problems' && <ProblemCount />}
              {name === 'plan' && <GainBadge />}
              {name === 'run' && <RunSign />}
            </button>
          ))}
        </div>
        <span className="spring" />
        {!shown && <HeadRun />}
        <button
          type="button"
          className="icon-button dock-toggle"
          aria-expanded={open}
          aria-label={t(open ? dock.collapse : dock.expand)}
          title={t(open ? dock.collapse : dock.expand)}
          onClick={() => changeSettings({ dockOpen: !open })}
        >
          <Icon name={open ? 'down' : 'up'} />
        </button>
      </header>
      {shown && (
        <div id="dock-body" className="dock-body" role="tabpanel" aria-labelledby={`tab-${tab}`}>
          {panels[tab]()}
        </div>
      )}
    </section>
  );
}

/** Running is one click away though the panel is closed. */
function HeadRun() {
  const t = useT();
  const { run } = useSession();
  const trainable = useEditorState(trains);
  const on = useSessionState((s) => isOn(s.run));
  if (!trainable) return null;
  return on ? (
    <button type="button" className="button small" onClick={run.stop}>
      <Icon name="stop" /> {t(dock.stop)}
    </button>
  ) : (
    <button type="button" className="button primary small" aria-label={t(dock.start)} onClick={run.start}>
      <Icon name="run" /> {t(dock.start)} <kbd>{showKeys(findCommand('run').keys?.[0] ?? '')}</kbd>
    </button>
  );
}

function ProblemCount() {
  const t = useT();
  const count = useEditorState((s) => s.checked.diagnostics.length);
  const errors = useEditorState((s) => s.checked.diagnostics.filter(isError).length);
  const failures = useSessionState((s) => s.run.diagnostics.length);
  if (count + failures === 0) return null;
  return (
    <span
      className={errors + failures > 0 ? 'badge bad' : 'badge warn'}
      title={t(dock.errors, { count: errors + failures })}
    >
      {count + failures}
    </span>
  );
}

/** A dot that says from afar that a run is on. */
function RunSign() {
  const phase = useSessionState((s) => s.run.phase);
  return phase === 'running' || phase === 'paused' ? <span className="run-sign" data-phase={phase} /> : null;
}
