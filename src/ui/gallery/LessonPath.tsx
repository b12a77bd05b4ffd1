/** The path through the lessons: what is learnt first and what next, chapter by chapter, and how far one has come. */
import { useState } from 'react';
import { type Chapter, chapters, lessons, type Template } from '../../../templates/index.ts';
import { forgetLessons, placeIn, useProgress } from '../lesson/lesson-progress.ts';
import { useT } from '../locale.ts';
import { Icon } from '../parts/Icon.tsx';
import { openKept, openTemplate } from '../session/documents.ts';
import { pathWords } from './path-words.ts';
import './lesson-path.css';

export function LessonPath() {
  const t = useT();
  const progress = useProgress((s) => s.lessons);
  const [asking, setAsking] = useState(false);
  const stateOf = ({ name }: Template) => {
    const known = Object.hasOwn(progress, name) ? progress[name] : undefined;
    return known ? (known.done ? 'done' : 'begun') : undefined;
  };
  if (lessons.length === 0) return null;
  const done = lessons.filter((lesson) => stateOf(lesson) === 'done').length;
  const next = lessons.find((lesson) => stateOf(lesson) !== 'done');
  const begun = lessons.some((lesson) => stateOf(lesson) !== undefined);
  return (
    <section className="path" aria-labelledby="path-title">
      <header className="path-head">
        <h2 id="path-title">{t(pathWords.lessons)}</h2>
        <p className="soft">
          {begun ? t(pathWords.lessonsDone, { done, count: lessons.length }) : t(pathWords.lessonsSay)}
        </p>
        {begun && !asking && (
          <button type="button" className="link" onClick={() => setAsking(true)}>
            {t(pathWords.resetLessons)}
          </button>
        )}
        {asking && (
          <span className="recent-ask" role="alert">
            {t(pathWords.resetAsk)}{' '}
            <button
              type="button"
              className="button small"
              onClick={() => {
                forgetLessons();
                setAsking(false);
              }}
            >
              {t(pathWords.resetYes)}
            </button>{' '}
            <button type="button" className="button small" onClick={() => setAsking(false)}>
              {t(pathWords.keep)}
            </button>
          </span>
        )}
      </header>
      <div className="chapters">
        {(Object.keys(chapters) as Chapter[]).map((chapter) => {
          const members = lessons.filter((lesson) => lesson.chapter === chapter);
          return (
            members.length > 0 && (
              <section key={chapter} className="chapter">
                <h3>{t(chapters[chapter])}</h3>
                <ol>
                  {members.map((lesson) => (
                    <PathItem
                      key={lesson.name}
                      lesson={lesson}
                      state={stateOf(lesson)}
                      isNext={lesson === next}
                    />
                  ))}
                </ol>
              </section>
            )
          );
        })}
      </div>
    </section>
  );
}

interface PathItemProps {
  readonly lesson: Template;
  readonly state: 'done' | 'begun' | undefined;
  readonly isNext: boolean;
}

function PathItem({ lesson, state, isNext }: PathItemProps) {
  const t = useT();
  const number = lesson.lesson?.number;
  const says =
    state === 'done' ? pathWords.lessonDone : state === 'begun' ? pathWords.lessonBegun : undefined;
  return (
    <li>
      <button
        type="button"
        className="path-item"
        data-template={lesson.name}
        data-state={state}
        data-next={isNext || undefined}
        onPointerEnter={prefetch}
        onFocus={prefetch}
        onClick={() => void open(lesson)}
      >
        <span className="path-number" aria-hidden="true">
          {state === 'done' ? '✓' : number}
        </span>
        <span className="path-words">
          <b>{t(lesson.title)}</b>
          <span className="soft">{t(lesson.sentence)}</span>
          {isNext ? (
            <span className="path-next">
              {t(state === 'begun' ? pathWords.goOnHere : pathWords.beginHere)} <Icon name="arrow" />
            </span>
          ) : (
            says && <span className="path-state">{t(says)}</span>
          )}
        </span>
      </button>
    </li>
  );
}

/** Who points at a lesson is about to open one: its panel comes meanwhile. */
const prefetch = (): void => void import('../lesson/LessonPanel.tsx').catch(() => undefined);

/** One that was begun goes on where it was left, as long as this browser keeps its graph. */
async function open(lesson: Template): Promise<void> {
  const { lessons: known, places } = useProgress.getState();
  const last = Object.hasOwn(known, lesson.name) ? known[lesson.name] : undefined;
  if (!last || last.done) return openTemplate(lesson);
  if ((await openKept(last.document)) === 'absent')
    await openTemplate(lesson, placeIn({ places }, last.document).step);
}
