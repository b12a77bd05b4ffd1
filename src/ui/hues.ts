/** The colours of the open document's indices, for what stands beside the canvas. */
import type { Editor } from '../editor/index.ts';
import { useEditor, useEditorState } from './editor-hooks.ts';
import { assignHues, type Hues } from './ribbon/hues.ts';

const known = new WeakMap<Editor, Hues>();

/** The same map as long as no index name comes or goes. */
export function useHues(): Hues {
  const editor = useEditor();
  return useEditorState(({ document, checked }) => {
    const hues = assignHues(document, checked, known.get(editor));
    known.set(editor, hues);
    return hues;
  });
}
