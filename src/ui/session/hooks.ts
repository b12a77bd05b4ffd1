/** React's view of the open document: a component draws anew only when what it selects has changed. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Editor, EditorState } from '../../editor/index.ts';
import type { DocumentSession } from './document-session.ts';
import type { SessionState } from './session-state.ts';

const SessionContext = createContext<DocumentSession | undefined>(undefined);
export const SessionProvider = SessionContext.Provider;

export function useSession(): DocumentSession {
  const session = useContext(SessionContext);
  if (!session) throw new Error('internal: no document above this component');
  return session;
}

/** What is known of the open document besides its text: values, the run, whether it is saved. */
export const useSessionState = <T>(select: (state: SessionState) => T): T =>
  useStore(useSession().state, select);

export const useEditor = (): Editor => useSession().editor;

/** `select` must give the same object as long as nothing has changed: a part of the state, or a plain value. */
export function useEditorState<T>(select: (state: EditorState) => T): T {
  const editor = useEditor();
  return useSyncExternalStore(editor.subscribe, () => select(editor.getState()));
}
