/** The editor of a lesson beside the canvas: its steps in order, the one that is chosen as a form, its checks; or JSON. */
import { useEffect, useState } from 'react';
import type { Lesson } from '../../../../graph-schema/lesson.ts';
import { fill } from '../../../base/text.ts';
import { useLocale, useT } from '../../locale.ts';
import { Icon } from '../../parts/Icon.tsx';
import { useEditor, useEditorState, useSessionState } from '../../session/hooks.ts';
import { setApp } from '../../store.ts';
import { changePlace, placeIn, useProgress } from '../lesson-progress.ts';
import { words } from '../lesson-words.ts';
import { useWritten } from '../use-lesson.ts';
import { useLook } from '../use-look.ts';
import { CheckForms } from './CheckForms.tsx';
import { editorWords } from './editor-words.ts';
import { JsonForm } from './JsonForm.tsx';
import { PairField } from './LessonFields.tsx';
import { moved, newLesson, newStep } from './lesson-edits.ts';
import { StepForm } from './StepForm.tsx';
import { EditProvider, useEdit, useLessonEdit } from './use-lesson-edit.ts';
import './lesson-editor.css';

export default function LessonEditor() {
  const t = useT();
  const written = useWritten();
  const name = useEditorState((s) => s.document.name);
  const [json, setJson] = useState(false);
  const asJson = json || (written !== undefined && 'faults' in written);
  return (
    <aside className="lesson lesson-editor panel" aria-label={t(editorWords.title)}>
      <header className="lesson-head">
        <h2>{t(editorWords.title)}</h2>
        <button type="button" className="button small" aria-pressed={asJson} onClick={() => setJson(!json)}>
          {t(asJson ? editorWords.asForm : editorWords.asJson)}
        </button>
        <button
          type="button"
          className="button primary small"
          onClick={() => setApp({ editingLesson: false })}
        >
          {t(editorWords.done)}
        </button>
      </header>
      <div className="lesson-body">
        {written !== undefined && 'faults' in written && (
          <p className="field-note bad">
            {t(
              fill(editorWords.broken, {
                at: ['lesson', ...written.faults[0].path].join('.'),
                detail: written.faults[0].detail,
              }),
            )}
          </p>
        )}
        {asJson ? (
          <JsonForm />
        ) : (
          <LessonForm lesson={written && 'value' in written ? written.value : newLesson(name)} />
        )}
      </div>
    </aside>
  );
}

function LessonForm({ lesson }: { readonly lesson: Lesson }) {
  const t = useT();
  const id = useSessionState((s) => s.id);
  const editor = useEditor();
  const edit = useLessonEdit(lesson);
  const [chosen, setChosen] = useState(() => {
    const { step } = placeIn(useProgress.getState(), id);
    return Math.max(
      0,
      lesson.steps.findIndex((other) => other.id === step),
    );
  });
  const index = Math.min(chosen, lesson.steps.length - 1);
  const step = lesson.steps[index];
  useLook(step);
  const shown = step?.id;
  // Who leaves the editor reads on at the step that was edited, whatever it is called by then.
  useEffect(() => {
    if (shown !== undefined) changePlace(id, { step: shown });
  }, [id, shown]);
  return (
    <EditProvider value={edit}>
      <section className="lesson-part" aria-label={t(editorWords.lesson)}>
        <PairField path={['title']} label={editorWords.lessonTitle} />
        <PairField path={['idea']} label={editorWords.idea} rows={2} />
      </section>
      <StepsList lesson={lesson} index={index} onChoose={setChosen} />
      {step && <StepForm key={index} step={step} index={index} />}
      <CheckForms checks={lesson.checks} />
      <button
        type="button"
        className="button small lesson-remove"
        onClick={() => {
          editor.dispatch({ type: 'setLesson', lesson: undefined });
          setApp({ editingLesson: false });
        }}
      >
        {t(editorWords.removeLesson)}
      </button>
    </EditProvider>
  );
}

interface StepsListProps {
  readonly lesson: Lesson;
  readonly index: number;
  readonly onChoose: (index: number) => void;
}

/** A step is chosen, moved, removed; another is added behind the one that is chosen. */
function StepsList({ lesson: { steps }, index, onChoose }: StepsListProps) {
  const t = useT();
  const locale = useLocale();
  const { set } = useEdit();
  const add = () => {
    set(['steps'], steps.toSpliced(index + 1, 0, newStep(steps)));
    onChoose(index + 1);
  };
  const remove = (i: number) => {
    set(['steps', i], undefined);
    if (i < index || index === steps.length - 1) onChoose(Math.max(0, index - 1));
  };
  const move = (i: number, by: number) => {
    if (steps[i + by] === undefined) return;
    set(['steps'], moved(steps, i, by));
    if (i === index) onChoose(i + by);
    else if (i + by === index) onChoose(i);
  };
  return (
    <section className="lesson-part" aria-label={t(editorWords.steps)}>
      <h4>{t(editorWords.steps)}</h4>
      <ol className="lesson-step-list">
        {steps.map((step, i) => {
          const title = step.title[locale] || t(editorWords.unnamed, { number: i + 1 });
          return (
            <li key={step.id} data-chosen={i === index || undefined}>
              <button
                type="button"
                className="lesson-step-choose"
                aria-current={i === index ? 'step' : undefined}
                onClick={() => onChoose(i)}
              >
                {i + 1}. {title} <span className="soft">{t(words[step.kind])}</span>
              </button>
              {([-1, 1] as const).map((by) => (
                <button
                  key={by}
                  type="button"
                  className="icon-button"
                  aria-label={t(by < 0 ? editorWords.up : editorWords.down, { title })}
                  aria-disabled={by < 0 ? i === 0 : i === steps.length - 1}
                  onClick={() => move(i, by)}
                >
                  <Icon name={by < 0 ? 'up' : 'down'} />
                </button>
              ))}
              {steps.length > 1 && (
                <button
                  type="button"
                  className="icon-button"
                  aria-label={t(editorWords.remove, { title })}
                  onClick={() => remove(i)}
                >
                  <Icon name="remove" />
                </button>
              )}
            </li>
          );
        })}
      </ol>
      <button type="button" className="button small" onClick={add}>
        <Icon name="plus" /> {t(editorWords.addStep)}
      </button>
    </section>
  );
}
