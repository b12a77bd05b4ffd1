/** What can be done to a selection as a whole: the last row of its panel. */
import type { Selection } from '../../editor/index.ts';
import { useT } from '../locale.ts';
import { groupSelection } from '../session/block-actions.ts';
import { useSession } from '../session/hooks.ts';
import { blocks } from '../strings/block-words.ts';
import { inspector } from '../strings/inspector.ts';

export function SelectionActions({ selection }: { readonly selection: Selection }) {
  const t = useT();
  const session = useSession();
  const { editor } = session;
  return (
    <div className="row">
      <button
        type="button"
        className="button"
        disabled={selection.nodes.length === 0}
        onClick={() => editor.dispatch({ type: 'duplicate', selection })}
      >
        {t(inspector.duplicate)}
      </button>
      {selection.nodes.length > 1 && (
        <button type="button" className="button" onClick={() => groupSelection(session)}>
          {t(blocks.group)}
        </button>
      )}
      <button type="button" className="button" onClick={() => editor.dispatch({ type: 'delete', selection })}>
        {t(inspector.deleteNode)}
      </button>
    </div>
  );
}
