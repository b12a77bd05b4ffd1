/**
 * The fixes of a diagnostic as buttons: the one that has the pointer or the focus is shown on the canvas
 * as a ghost; a click or Enter makes it so, as one step of the history.
 */
import { useCallback, useEffect } from 'react';
import { type Diagnostic, isDestructive } from '../../base/diagnostic.ts';
import { useSession } from '../session/hooks.ts';
import { useFixes } from '../session/use-fixes.ts';
import { useDrawnNames } from './use-drawn-names.ts';

interface Props {
  readonly diagnostic: Diagnostic;
}

export function FixButtons({ diagnostic }: Props) {
  const drawn = useDrawnNames();
  const { editor, state } = useSession();
  const hide = useCallback(() => state.setState({ preview: undefined }), [state]);
  const { fixes, stale } = useFixes(editor, diagnostic);
  // A button that goes away under the pointer never says that it was left.
  useEffect(() => hide, [hide]);
  if (fixes.length === 0) return null;
  return (
    <div className="problem-fixes">
      {fixes.map((fix, i) => {
        const show = () => state.setState({ preview: stale ? undefined : fix });
        return (
          <button
            key={JSON.stringify(fix.edits)}
            type="button"
            className={i === 0 && !isDestructive(fix) ? 'button primary small' : 'button small'}
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
            {drawn(fix.title)}
          </button>
        );
      })}
    </div>
  );
}
