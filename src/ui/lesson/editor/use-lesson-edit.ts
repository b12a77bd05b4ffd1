/** The lesson as its author edits it: each change is a command of the editor, and so a step of the history. */
import { createContext, useContext, useMemo } from 'react';
import { type Lesson, readLesson } from '../../../../graph-schema/lesson.ts';
import type { Text } from '../../../base/text.ts';
import { danglingReferences } from '../../../document/lesson/references.ts';
import { useEditor, useEditorState } from '../../session/hooks.ts';
import { type JsonPlace, valueAt, withAt } from '../json-at.ts';

export interface LessonEdit {
  readonly lesson: Lesson;
  at(path: JsonPlace): unknown;
  /** What keeps a value from standing there. */
  faultOf(path: JsonPlace, value: unknown): Text | undefined;
  /** `typed`: what follows in the same field is the same step of the history. `undefined` takes it out. */
  set(path: JsonPlace, value: unknown, typed?: boolean): void;
  /** What is spoken of at a path, or below it, and is not in the document. */
  missing(path: JsonPlace): readonly { readonly what: Text; readonly name: string }[];
}

const EditContext = createContext<LessonEdit | undefined>(undefined);
export const EditProvider = EditContext.Provider;

export function useEdit(): LessonEdit {
  const edit = useContext(EditContext);
  if (!edit) throw new Error('internal: no lesson above this field');
  return edit;
}

const startsWith = (path: JsonPlace, start: JsonPlace): boolean => start.every((key, i) => key === path[i]);

/** The first fault of what is written at the path, else of anything: an id that two steps have is told of the list. */
function faultIn(lesson: unknown, path: JsonPlace): Text | undefined {
  const read = readLesson({ lesson });
  if (!read || !('faults' in read)) return undefined;
  return (read.faults.find((fault) => startsWith(fault.path, path)) ?? read.faults[0]).detail;
}

export function useLessonEdit(lesson: Lesson): LessonEdit {
  const editor = useEditor();
  const document = useEditorState((s) => s.document);
  const checked = useEditorState((s) => s.checked);
  return useMemo(() => {
    const dangling = danglingReferences(lesson, { document, checked });
    return {
      lesson,
      at: (path) => valueAt(lesson, path),
      faultOf: (path, value) => faultIn(withAt(lesson, path, value), path),
      set(path, value, typed = false) {
        const field = typed ? path.join('.') : undefined;
        editor.dispatch({ type: 'setLesson', lesson: withAt(lesson, path, value), field });
      },
      missing: (path) => dangling.filter((one) => startsWith(one.path, path)),
    };
  }, [editor, lesson, document, checked]);
}
