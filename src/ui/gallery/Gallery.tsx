/** The first screen: templates to start from, an empty canvas, a file, and the work this browser keeps. */

import { useEffect, useState } from 'react';
import { allTemplates } from '../../../templates/index.ts';
import { visible } from '../../base/visible.ts';
import { LanguageSelect, ThemeButton } from '../frame/Preferences.tsx';
import { useT } from '../locale.ts';
import { notify } from '../notice.ts';
import { Icon } from '../parts/Icon.tsx';
import { lazily } from '../parts/lazily.tsx';
import { Wordmark } from '../parts/Wordmark.tsx';
import type { Head } from '../persistence/database.ts';
import { forgetDocument, openEmpty, openKept, recentDocuments } from '../session/documents.ts';
import { openFilePicker } from '../session/files.ts';
import { gallery } from '../strings/gallery.ts';
import { notices } from '../strings/notices.ts';
import { workbench } from '../strings/workbench.ts';
import { TemplateCard } from './TemplateCard.tsx';
import '../styles/gallery.css';

const LessonPath = lazily(async () => (await import('./LessonPath.tsx')).LessonPath, { early: true });

export function Gallery() {
  const t = useT();
  return (
    <div className="gallery">
      <header className="gallery-head">
        <h1>
          <Wordmark />
        </h1>
        <span className="spring" />
        <ThemeButton />
        <LanguageSelect />
      </header>
      <main className="gallery-main">
        <p className="lead">{t(gallery.lead)}</p>
        <div className="starts">
          <Start
            icon="plus"
            title={t(gallery.empty)}
            sentence={t(gallery.emptySentence)}
            onClick={() => void openEmpty()}
          />
          <Start
            icon="open"
            title={t(gallery.openFile)}
            sentence={t(gallery.openSentence)}
            onClick={openFilePicker}
          />
        </div>
        <Recent />
        <LessonPath />
        <h2>{t(gallery.templates)}</h2>
        <ul className="templates">
          {allTemplates.map(
            (template) =>
              template.chapter === undefined && <TemplateCard key={template.name} template={template} />,
          )}
        </ul>
      </main>
    </div>
  );
}

interface StartProps {
  readonly icon: 'plus' | 'open';
  readonly title: string;
  readonly sentence: string;
  readonly onClick: () => void;
}

function Start({ icon, title, sentence, onClick }: StartProps) {
  return (
    <button type="button" className="start" onClick={onClick}>
      <Icon name={icon} />
      <span>
        <b>{title}</b>
        <span className="soft">{sentence}</span>
      </span>
    </button>
  );
}

/** Shown at first; the rest is a scroll away. */
function Recent() {
  const t = useT();
  const [heads, setHeads] = useState<readonly Head[]>([]);
  const [asking, setAsking] = useState<string>();
  const refresh = async () => setHeads(await recentDocuments());
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once, when the gallery opens.
  useEffect(() => {
    void refresh();
  }, []);
  if (heads.length === 0) return null;

  const open = async (head: Head) => {
    if ((await openKept(head.id)) !== 'absent') return;
    notify(t(notices.restoreFailed));
    await refresh();
  };
  const forget = async (id: string) => {
    setAsking(undefined);
    await forgetDocument(id);
    await refresh();
  };
  const nameOf = (head: Head) => visible(head.name) || t(workbench.untitled);
  return (
    <>
      <h2>{t(gallery.recent)}</h2>
      <ul className="recent">
        {heads.map((head) => (
          <li key={head.id}>
            <button type="button" className="recent-open" onClick={() => void open(head)}>
              <Icon name="arrow" />
              <span className="recent-name">{t(gallery.continue, { name: nameOf(head) })}</span>
              <time dateTime={new Date(head.savedAt).toISOString()}>{when(head.savedAt)}</time>
            </button>
            {asking === head.id ? (
              <span className="recent-ask" role="alert">
                {t(gallery.forgetAsk)}{' '}
                <button type="button" className="button small" onClick={() => void forget(head.id)}>
                  {t(gallery.forgetYes)}
                </button>{' '}
                <button type="button" className="button small" onClick={() => setAsking(undefined)}>
                  {t(gallery.forgetNo)}
                </button>
              </span>
            ) : (
              <button
                type="button"
                className="icon-button"
                aria-label={t(gallery.forget, { name: nameOf(head) })}
                onClick={() => setAsking(head.id)}
              >
                <Icon name="remove" />
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

const when = (time: number): string =>
  new Date(time).toLocaleString(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' });
