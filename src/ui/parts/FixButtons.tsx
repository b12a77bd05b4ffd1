/**
 * The fixes of a diagnostic as buttons: the one that has the pointer or the focus is shown on the canvas
 * as a ghost; a click or Enter makes it so, as one step of the history.
 */
import { useEffect } from 'react';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Editor } from '../../editor/index.ts';
import { useT } from '../locale.ts';
import { useFixes } from '../session/use-fixes.ts';
import { setApp } from '../store.ts';

interface Props {
  readonly editor: Editor;
  readonly diagnostic: Diagnostic;
}

const hide = () => setApp({ preview: undefined });

export function FixButtons({ editor, diagnostic }: Props) {
  const t = useT();
  const { fixes, stale } = useFixes(editor, diagnostic);
  // A button that goes away under the pointer never says that it was left.
  useEffect(() => hide, []);
  if (fixes.length === 0) return null;
  return (
    <div className="problem-fixes">
      {fixes.map((fix, i) => {
        const show = () => setApp({ preview: stale ? undefined : fix });
        return (
          <button
            key={JSON.stringify(fix.edits)}
            type="button"
            className={i === 0 ? 'button primary small' : 'button small'}
            // A button may come to lie under a pointer that rests: only one that moves means it.
            onPointerMove={({ movementX, movementY }) => {
              if (movementX !== 0 || movementY !== 0) show();
            }}
            onPointerLeave={hide}
            onFocus={show}
            onBlur={hide}
            onClick={() => {
              if (stale) return;
              hide();
              editor.dispatch({ type: 'edits', edits: fix.edits });
            }}
          >
            {t(fix.title)}
          </button>
        );
      })}
    </div>
  );
}
