/** The inspector with nothing selected: the graph itself, its dimensions, how it runs. */
import { lazy, Suspense } from 'react';
import { watchedByDefault } from '../../base/best-so-far.ts';
import { runDefaults } from '../../compiler/index.ts';
import { useT } from '../locale.ts';
import { useEditor, useEditorState, useSessionState } from '../session/hooks.ts';
import { hasSteps } from '../session/lesson-actions.ts';
import { inspector } from '../strings/inspector.ts';
import { BlockList } from './BlockList.tsx';
import { Dims } from './Dims.tsx';
import { DraftInput } from './DraftInput.tsx';
import { nudgeWhole, parseWhole } from './parse-sizes.ts';

// Brings the schema of lessons.
const LessonText = lazy(() => import('../lesson/LessonText.tsx'));

export function DocumentPanel() {
  const name = useEditorState((s) => s.document.name);
  // One of several steps has a panel of its own.
  const text = useEditorState((s) => s.document.lesson != null && !hasSteps(s.document));
  const title = <h2 className="panel-title">{name}</h2>;
  return (
    <>
      <section className="part">
        {text ? (
          <Suspense fallback={title}>
            <LessonText name={name} />
          </Suspense>
        ) : (
          title
        )}
        <Description />
      </section>
      <Dims />
      <BlockList />
      <RunSettings />
    </>
  );
}

function Description() {
  const t = useT();
  const editor = useEditor();
  const description = useEditorState((s) => s.document.description ?? '');
  return (
    <textarea
      className="input description"
      aria-label={t(inspector.description)}
      placeholder={t(inspector.describe)}
      value={description}
      rows={2}
      maxLength={20_000}
      spellCheck={false}
      onChange={(event) => editor.dispatch({ type: 'describe', description: event.target.value })}
    />
  );
}

const settings = [
  { key: 'steps', label: inspector.steps, least: 0 },
  { key: 'seed', label: inspector.seed, least: 0 },
  { key: 'evaluateEvery', label: inspector.evaluateEvery, least: 1 },
  { key: 'patience', label: inspector.patience, least: 1 },
] as const;

function RunSettings() {
  const t = useT();
  const editor = useEditor();
  const run = useEditorState((s) => s.document.run);
  return (
    <section className="part">
      <h3>{t(inspector.run)}</h3>
      <div className="fields">
        {settings.map(({ key, label, least }) => (
          <div
            key={key}
            className="field"
            data-kind="integer"
            title={key === 'patience' ? t(inspector.patienceHint) : undefined}
          >
            <label htmlFor={`run-${key}`}>{t(label)}</label>
            <DraftInput
              id={`run-${key}`}
              value={run?.[key]}
              format={(v) => (v === undefined ? '' : String(v))}
              parse={(text) => (text.trim() === '' ? { value: undefined } : parseWhole(text, least))}
              onValue={(value) => editor.dispatch({ type: 'setRun', run: { [key]: value } })}
              nudge={(v, by) => nudgeWhole(v, by, least)}
              placeholder={key === 'patience' ? t(inspector.patienceOff) : String(runDefaults[key])}
              numeric
            />
          </div>
        ))}
        {run?.patience !== undefined && <Watched watch={run.watch} />}
      </div>
    </section>
  );
}

/** The metric by which an evaluation is better than another; those are offered that a run has measured. */
function Watched({ watch = watchedByDefault }: { readonly watch: string | undefined }) {
  const t = useT();
  const editor = useEditor();
  const metrics = useSessionState((s) => s.run.metrics);
  const measured = Object.keys(metrics).filter((name) => /^test\p{Lu}/u.test(name));
  const change = (name: string) =>
    editor.dispatch({ type: 'setRun', run: { watch: name === watchedByDefault ? undefined : name } });
  return (
    <div className="field">
      <label htmlFor="run-watch">{t(inspector.watch)}</label>
      <select id="run-watch" className="input" value={watch} onChange={(event) => change(event.target.value)}>
        {[...new Set([watchedByDefault, watch, ...measured])].map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </div>
  );
}
