/** The inspector with nothing selected: the graph itself, its dimensions, how it runs. */
import { z } from 'zod';
import { runDefaults } from '../../compiler/index.ts';
import { useLocale, useT } from '../locale.ts';
import { useEditor, useEditorState } from '../session/hooks.ts';
import { inspector } from '../strings/inspector.ts';
import { BlockList } from './BlockList.tsx';
import { Dims } from './Dims.tsx';
import { DraftInput } from './DraftInput.tsx';
import { nudgeWhole, parseWhole } from './parse-sizes.ts';

const textSchema = z.object({ en: z.string(), zh: z.string() });
/** What a document may tell beside its picture; anything else under `lesson` is not for this panel. */
const lessonSchema = z.object({ title: textSchema, text: textSchema });

export function DocumentPanel() {
  const locale = useLocale();
  const name = useEditorState((s) => s.document.name);
  const lesson = lessonSchema.safeParse(useEditorState((s) => s.document.lesson)).data;
  return (
    <>
      <section className="part">
        <h2 className="panel-title">{lesson?.title[locale] ?? name}</h2>
        {lesson && <p className="doc">{lesson.text[locale]}</p>}
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
          <div key={key} className="field" data-kind="integer">
            <label htmlFor={`run-${key}`}>{t(label)}</label>
            <DraftInput
              id={`run-${key}`}
              value={run?.[key]}
              format={(v) => (v === undefined ? '' : String(v))}
              parse={(text) => (text.trim() === '' ? { value: undefined } : parseWhole(text, least))}
              onValue={(value) => editor.dispatch({ type: 'setRun', run: { [key]: value } })}
              nudge={(v, by) => nudgeWhole(v, by, least)}
              placeholder={String(runDefaults[key])}
              numeric
            />
          </div>
        ))}
      </div>
    </section>
  );
}
