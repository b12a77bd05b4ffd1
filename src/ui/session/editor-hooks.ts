/** React's view of the headless editor: a component draws anew only when what it selects has changed. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Editor, EditorState } from '../../editor/index.ts';

const EditorContext = createContext<Editor | undefined>(undefined);
export const EditorProvider = EditorContext.Provider;

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('internal: no editor above this component');
  return editor;
}

/** `select` must give the same object as long as nothing has changed: a part of the state, or a plain value. */
export function useEditorState<T>(select: (state: EditorState) => T): T {
  const editor = useEditor();
  return useSyncExternalStore(editor.subscribe, () => select(editor.getState()));
}
