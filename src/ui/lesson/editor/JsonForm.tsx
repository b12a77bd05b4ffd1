/** The lesson as JSON: the same thing as the form. What is not a lesson is said under the box, and applied nowhere. */
import { readLesson } from '../../../../graph-schema/lesson.ts';
import { type Text, text } from '../../../base/text.ts';
import { DraftInput, type DraftReading } from '../../inspector/DraftInput.tsx';
import { useT } from '../../locale.ts';
import { useEditor, useEditorState } from '../../session/hooks.ts';
import { editorWords } from './editor-words.ts';

const missing = text('a lesson is missing', '缺少课程');

function read(draft: string): DraftReading {
  let lesson: unknown;
  try {
    lesson = JSON.parse(draft);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { problem: text(detail, detail) };
  }
  const found = readLesson({ lesson });
  if (!found) return { problem: missing };
  if ('value' in found) return { value: lesson };
  const [{ path, detail }] = found.faults;
  const at = path.join('.');
  const problem: Text = at === '' ? detail : { en: `${at}: ${detail.en}`, zh: `${at}：${detail.zh}` };
  return { problem };
}

export function JsonForm() {
  const t = useT();
  const editor = useEditor();
  const lesson = useEditorState((s) => s.document.lesson);
  return (
    <DraftInput
      label={t(editorWords.json)}
      value={lesson}
      rows={28}
      format={(value) => JSON.stringify(value ?? {}, undefined, 2)}
      parse={read}
      onValue={(value) => editor.dispatch({ type: 'setLesson', lesson: value, field: 'json' })}
      mayExpire
    />
  );
}
