/** A lesson beside the canvas: one step at a time, what it asks for, and what the checks say. */
import { lazy, Suspense, useEffect, useRef } from 'react';
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { Figure, Lesson } from '../../../graph-schema/lesson.ts';
import { escapeId, portKey } from '../../base/path.ts';
import { findCommand } from '../commands.ts';
import { showKeys } from '../keys.ts';
import { useLocale, useT } from '../locale.ts';
import { Icon } from '../parts/Icon.tsx';
import { useEditorState, useSession } from '../session/hooks.ts';
import { setApp, useApp } from '../store.ts';
import { LessonChecks } from './LessonChecks.tsx';
import { LessonEnd } from './LessonEnd.tsx';
import { LessonMenu } from './LessonMenu.tsx';
import { words } from './lesson-words.ts';
import { StepView } from './StepView.tsx';
import { type LessonWalk, useLesson, useWalk } from './use-lesson.ts';
import { useLook } from './use-look.ts';
import { useTeachingKeys } from './use-teaching-keys.ts';
import './lesson.css';
import './teaching.css';

const LessonEditor = lazy(() => import('./editor/LessonEditor.tsx'));

export function LessonPanel() {
  const t = useT();
  const lesson = useLesson();
  const editing = useApp((s) => s.editingLesson);
  if (editing)
    return (
      <Suspense fallback={<aside className="lesson panel" />}>
        <LessonEditor />
      </Suspense>
    );
  if (lesson) return <Opened lesson={lesson} />;
  return (
    <aside className="lesson panel" aria-label={t(words.lesson)}>
      <p className="lesson-body">
        {t(words.unreadable)}{' '}
        <button type="button" className="link" onClick={() => setApp({ editingLesson: true })}>
          {t(words.edit)}
        </button>
      </p>
    </aside>
  );
}

function Opened({ lesson }: { readonly lesson: Lesson }) {
  const t = useT();
  const locale = useLocale();
  const session = useSession();
  const walk = useWalk(lesson);
  const edges = useEditorState((s) => s.document.edges);
  const { step, index } = walk;
  const asks = step.guess !== undefined && walk.place.guesses[step.id] === undefined;
  const body = useRef<HTMLDivElement>(null);
  useLook(step);
  useTeachingKeys(walk);
  useEffect(() => {
    const { current: handle } = session.lesson;
    session.lesson.current = { next: () => walk.go(walk.index + 1), back: () => walk.go(walk.index - 1) };
    return () => {
      session.lesson.current = handle;
    };
  }, [session, walk]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step is read from its beginning.
  useEffect(() => {
    body.current?.scrollTo(0, 0);
  }, [step.id]);
  return (
    <aside
      className="lesson panel"
      aria-label={t(words.lesson)}
      data-asks={asks || undefined}
      onKeyDown={(event) => {
        if (event.key === 'Escape') session.canvas.current?.focus();
      }}
    >
      <header className="lesson-head">
        <h2>{lesson.title[locale]}</h2>
        <LessonMenu step={step} />
      </header>
      <Progress walk={walk} />
      <p className="visually-hidden" role="status">
        {`${t(words.stepOf, { step: index + 1, steps: lesson.steps.length })}: ${step.title[locale]}`}
      </p>
      <div className="lesson-body" ref={body}>
        <StepView key={step.id} walk={walk} />
        {index === lesson.steps.length - 1 && <LessonEnd walk={walk} />}
        <LessonChecks checks={lesson.checks} isHidden={(node) => isAsked(walk, edges, node)} />
      </div>
      <Feet walk={walk} />
    </aside>
  );
}

/** Whether this step waits for a guess, or a later one for a guess at what the check has measured already. */
function isAsked(
  { lesson, step: { id }, place: { guesses } }: LessonWalk,
  edges: GraphDocument['edges'],
  node: string,
): boolean {
  const open = lesson.steps.filter((step) => step.guess && guesses[step.id] === undefined);
  const shown = new Set(
    Object.values(edges).flatMap(({ from, to }) =>
      escapeId(to.node) === node ? [portKey(escapeId(from.node), from.port)] : [],
    ),
  );
  const isShown = (answer: Figure, isMeasured: boolean) =>
    'check' in answer ? isMeasured && answer.check === node : 'port' in answer && shown.has(answer.port);
  return open.some(
    ({ id: asking, guess, goal }) =>
      asking === id || (guess && isShown(guess.answer, goal?.kind === 'guessed')),
  );
}

/** The steps in a row: which is shown, which are done. Each is a way to it. */
function Progress({ walk: { lesson, index, isDone, go } }: { readonly walk: LessonWalk }) {
  const t = useT();
  const locale = useLocale();
  return (
    <nav className="lesson-steps" aria-label={t(words.steps)}>
      <ol>
        {lesson.steps.map((step, i) => {
          const done = isDone(step);
          const title = `${i + 1}. ${step.title[locale]}`;
          return (
            <li key={step.id}>
              <button
                type="button"
                title={title}
                aria-label={done ? `${title} (${t(words.stepDone)})` : title}
                aria-current={i === index ? 'step' : undefined}
                data-done={done || undefined}
                onClick={() => go(i)}
              >
                {done ? '✓' : i + 1}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** One step back, one forward; the way forward stands out when the step is done. */
function Feet({ walk: { lesson, step, index, isDone, go } }: { readonly walk: LessonWalk }) {
  const t = useT();
  const { length } = lesson.steps;
  const isFirst = index === 0;
  const isLast = index === length - 1;
  const asks = step.goal !== undefined || step.guess !== undefined;
  const [nextKeys = ''] = findCommand('nextStep').keys ?? [];
  const [backKeys = ''] = findCommand('previousStep').keys ?? [];
  return (
    <footer className="lesson-feet">
      {/* It keeps the focus where there is no way back. */}
      <button
        type="button"
        className="button"
        aria-disabled={isFirst}
        aria-keyshortcuts={backKeys}
        title={showKeys(backKeys)}
        onClick={() => !isFirst && go(index - 1)}
      >
        <Icon name="left" /> {t(words.back)}
      </button>
      <span className="lesson-count" aria-hidden="true">
        {index + 1} / {length}
      </span>
      <button
        type="button"
        className={!asks || isDone(step) ? 'button primary' : 'button'}
        aria-keyshortcuts={nextKeys}
        title={showKeys(nextKeys)}
        onClick={() => go(index + 1)}
      >
        {t(isLast ? words.finish : words.next)} <Icon name="right" />
      </button>
    </footer>
  );
}
