/** Under the last step: that the lesson is done, and the way on to the next. */
import { lessons } from '../../../templates/index.ts';
import { useT } from '../locale.ts';
import { Icon } from '../parts/Icon.tsx';
import { openGallery, openTemplate } from '../session/documents.ts';
import { useProgress } from './lesson-progress.ts';
import { words } from './lesson-words.ts';
import type { LessonWalk } from './use-lesson.ts';

export function LessonEnd({ walk: { place } }: { readonly walk: LessonWalk }) {
  const t = useT();
  const { template = '' } = place;
  const finished = useProgress(
    (s) => Object.hasOwn(s.lessons, template) && s.lessons[template]?.done === true,
  );
  if (!finished) return null;
  const at = lessons.findIndex(({ name }) => name === template);
  const next = at < 0 ? undefined : lessons[at + 1];
  return (
    <section className="lesson-end" role="status">
      <p>
        <b>✓ {t(words.finished)}</b>
      </p>
      <div className="row">
        {next && (
          <button type="button" className="button primary" onClick={() => void openTemplate(next)}>
            {t(words.nextLesson, { title: next.title })} <Icon name="arrow" />
          </button>
        )}
        <button type="button" className="button" onClick={() => void openGallery()}>
          {t(words.allLessons)}
        </button>
      </div>
    </section>
  );
}
