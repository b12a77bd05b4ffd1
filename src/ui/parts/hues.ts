/** The colours of the open document's indices, for what stands beside the canvas. */

import { type Hues, huesOf } from '../ribbon/index-hues.ts';
import { useEditor, useEditorState } from '../session/hooks.ts';

/** The same map as long as no index name comes or goes. */
export function useHues(): Hues {
  const editor = useEditor();
  return useEditorState((state) => huesOf(editor, state));
}
