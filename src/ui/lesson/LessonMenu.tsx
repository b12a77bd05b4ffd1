/** What can be done with the lesson as a whole: teach it, link to it, begin it again, put it away. */
import { useId, useRef } from 'react';
import type { LessonStep } from '../../../graph-schema/lesson.ts';
import { lessons, type Template } from '../../../templates/index.ts';
import { findCommand } from '../commands.ts';
import { showKeys } from '../keys.ts';
import { useT } from '../locale.ts';
import { notify } from '../notice.ts';
import { Icon } from '../parts/Icon.tsx';
import { openTemplate } from '../session/documents.ts';
import { useSession, useSessionState } from '../session/hooks.ts';
import { putAway, toggleTeaching } from '../session/lesson-actions.ts';
import { lessonLink } from '../session/lesson-address.ts';
import { app, setApp, useApp } from '../store.ts';
import { changePlace, placeIn, useProgress } from './lesson-progress.ts';
import { words } from './lesson-words.ts';

export function LessonMenu({ step }: { readonly step: LessonStep }) {
  const t = useT();
  const menuId = useId();
  const session = useSession();
  const teaching = useApp((s) => s.teaching);
  const [keys = ''] = findCommand('teach').keys ?? [];
  const menu = useRef<HTMLDivElement>(null);
  const id = useSessionState((s) => s.id);
  const template = useProgress((s) => placeIn(s, id).template);
  const source = lessons.find(({ name }) => name === template);
  const link = template === undefined ? undefined : lessonLink(template, step.id);
  const copy = async () => {
    if (link === undefined) return;
    try {
      await navigator.clipboard.writeText(link);
      notify(t(words.linkCopied));
    } catch {
      notify(t(words.linkNotCopied, { link }));
    }
  };
  const item = (title: string, act: () => void) => (
    <button
      type="button"
      className="menu-item"
      onClick={() => {
        menu.current?.hidePopover();
        act();
      }}
    >
      {title}
    </button>
  );
  return (
    <div className="lesson-menu">
      <button
        type="button"
        className="icon-button"
        popoverTarget={menuId}
        title={t(words.more)}
        aria-label={t(words.more)}
      >
        <Icon name="more" />
      </button>
      <div id={menuId} ref={menu} popover="auto" className="menu lesson-menu-list">
        {item(`${t(teaching ? words.leaveTeaching : words.teach)} (${showKeys(keys)})`, () =>
          toggleTeaching(session),
        )}
        {link !== undefined && item(t(words.copyLink), () => void copy())}
        {item(t(words.edit), () => setApp({ editingLesson: true, teaching: false }))}
        {source && item(t(words.restore), () => void restore(source, step.id, id))}
        {item(t(words.startOver), () =>
          source ? void openTemplate(source) : changePlace(id, { step: '', guesses: {}, done: [] }),
        )}
      </div>
      <button
        type="button"
        className="icon-button lesson-leave"
        title={`${t(words.leaveTeaching)} (Esc)`}
        aria-label={t(words.leaveTeaching)}
        onClick={() => toggleTeaching(session)}
      >
        <Icon name="close" />
      </button>
      <button
        type="button"
        className="icon-button lesson-away"
        title={t(words.putAway)}
        aria-label={t(words.putAway)}
        onClick={() => putAway(session)}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

/** The graph as the lesson has it, as a document of its own, at the same step and with the same answers. */
async function restore(source: Template, step: string, from: string): Promise<void> {
  const { guesses, done } = placeIn(useProgress.getState(), from);
  await openTemplate(source, step);
  const id = app().session?.state.getState().id;
  if (id !== undefined && id !== from) changePlace(id, { guesses, done });
}
