/** The lesson of an open document: whether it is one that is gone through, shown, projected. */

import type { GraphDocument } from '../../../graph-schema/document.ts';
import { changePlace, placeIn, useProgress } from '../lesson/lesson-progress.ts';
import { changeSettings } from '../settings.ts';
import { app, setApp } from '../store.ts';
import type { DocumentSession } from './document-session.ts';

/**
 * Whether a document's lesson has steps to go through; one that is a single text stands beside the graph. Whether
 * it can be read is seen by the panel, which brings the schema.
 */
export function hasSteps({ lesson }: Pick<GraphDocument, 'lesson'>): boolean {
  if (typeof lesson !== 'object' || lesson === null) return false;
  return 'steps' in lesson && Array.isArray(lesson.steps) && lesson.steps.length > 1;
}

export const isLesson = ({ editor }: DocumentSession): boolean => hasSteps(editor.getState().document);

const idOf = ({ state }: DocumentSession): string => state.getState().id;

export const showLesson = (session: DocumentSession): void => changePlace(idOf(session), { away: false });

/** On a narrow screen it is a sheet, which comes back by its tab. */
export function putAway(session: DocumentSession): void {
  if (!matchMedia('(max-width: 760px)').matches) changePlace(idOf(session), { away: true });
  setApp({ sheet: 'none' });
}

export function toggleLesson(session: DocumentSession): void {
  const id = idOf(session);
  const away = !placeIn(useProgress.getState(), id).away;
  changePlace(id, { away });
  setApp({ sheet: away ? 'none' : 'lesson', teaching: false });
}

/** In the teacher's view the lesson is always shown. */
export function toggleTeaching(session: DocumentSession): void {
  const teaching = !app().teaching;
  if (teaching) showLesson(session);
  if (teaching) changeSettings({ dockOpen: false });
  setApp({ teaching, sheet: teaching ? 'lesson' : app().sheet });
}
