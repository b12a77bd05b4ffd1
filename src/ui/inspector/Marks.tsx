/** Whether what a node learns is frozen, and the tags by which optimizers find it. */
import type { GraphNode } from '../../../graph-schema/document.ts';
import { useT } from '../locale.ts';
import { useSession } from '../session/hooks.ts';
import { marks } from '../strings/node-marks.ts';
import { DraftInput } from './DraftInput.tsx';

const read = (text: string) => ({ value: text.split(/[\s,，]+/).filter(Boolean) });
const written = (value: unknown) => ((value ?? []) as readonly string[]).join(' ');

export function Marks({ id, node }: { readonly id: string; readonly node: GraphNode }) {
  const t = useT();
  const { editor } = useSession();
  return (
    <>
      <div className="field">
        <label htmlFor="node-frozen">{t(marks.frozen)}</label>
        <input
          id="node-frozen"
          type="checkbox"
          className="switch"
          role="switch"
          aria-checked={node.frozen === true}
          checked={node.frozen === true}
          title={t(marks.frozenHint)}
          onChange={(event) => editor.dispatch({ type: 'mark', node: id, frozen: event.target.checked })}
        />
      </div>
      <div className="field">
        <label htmlFor="node-tags">{t(marks.tags)}</label>
        <DraftInput
          id="node-tags"
          value={node.tags ?? []}
          format={written}
          parse={read}
          note={t(marks.tagsHint)}
          onValue={(tags) => editor.dispatch({ type: 'mark', node: id, tags: tags as string[] })}
        />
      </div>
    </>
  );
}
