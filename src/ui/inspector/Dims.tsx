/** The level's dimensions: sizes with a name. A change of one is felt on every wire that uses it. */
import { type Dim, dimSize } from '../../../graph-schema/document.ts';
import type { Text } from '../../base/text.ts';
import { useT } from '../locale.ts';
import { useEditor, useEditorState } from '../session/hooks.ts';
import { inspector } from '../strings/inspector.ts';
import { DraftInput } from './DraftInput.tsx';
import { NamedRows } from './NamedRows.tsx';
import { nudgeWhole, parseWhole } from './parse-sizes.ts';
import { Scrub } from './Scrub.tsx';

interface DimsProps {
  readonly title?: Text;
  readonly hint?: Text;
}

export function Dims({ title = inspector.dims, hint = inspector.dimsHint }: DimsProps) {
  const t = useT();
  const editor = useEditor();
  const dims = useEditorState((s) => s.view.graph.dims);
  // What merges into one step of the history ends where the selection is set, even to what it is.
  const settle = () => editor.dispatch({ type: 'select', selection: editor.getState().selection });
  const setDim = (name: string, size: number | undefined) => editor.dispatch({ type: 'setDim', name, size });
  return (
    <NamedRows
      title={title}
      doc={hint}
      names={Object.keys(dims)}
      words={{ name: inspector.dimName, example: 'B', add: inspector.addDim }}
      removeLabel={(name) => t(inspector.removeDim, { name })}
      onRemove={(name) => setDim(name, undefined)}
      onAdd={(name) => setDim(name, 1)}
    >
      {(name) => {
        const size = dimSize(dims[name] as Dim);
        return (
          <Scrub size={size} onStart={settle} onSize={(s) => setDim(name, s)} onEnd={settle}>
            <DraftInput
              label={t(inspector.dimSize, { name })}
              value={size}
              format={(v) => (v === undefined ? '' : String(v))}
              placeholder={t(inspector.free)}
              parse={(text) => parseWhole(text, 1)}
              onValue={(s) => setDim(name, s as number)}
              nudge={(v, by) => nudgeWhole(v, by, 1)}
              numeric
            />
          </Scrub>
        );
      }}
    </NamedRows>
  );
}
