/** Fields beside a goal that asks for a number, for whoever has no inspector beside the lesson. */
import { useId } from 'react';
import { dimSize } from '../../../graph-schema/document.ts';
import type { Json } from '../../base/edit.ts';
import { type PathText, rootId } from '../../base/path.ts';
import { visible } from '../../base/visible.ts';
import { entry } from '../../document/levels.ts';
import { DraftInput } from '../inspector/DraftInput.tsx';
import { FieldControl } from '../inspector/FieldControl.tsx';
import { nudgeWhole, parseWhole } from '../inspector/parse-sizes.ts';
import { useLocale } from '../locale.ts';
import { useEditor, useEditorState } from '../session/hooks.ts';
import { goalParam } from './goal-param.ts';

const shownKinds = ['number', 'integer', 'boolean', 'choice', 'size', 'text'];

export function ParamControl({ node: path, param }: { readonly node: PathText; readonly param: string }) {
  const editor = useEditor();
  const locale = useLocale();
  const control = useId();
  const document = useEditorState((s) => s.document);
  const checked = useEditorState((s) => entry(s.checked.nodes, path));
  const inside = useEditorState((s) => s.view.way.length > 0);
  const found = goalParam(document, path, param, locale);
  if (!found || !shownKinds.includes(found.field.kind)) return null;
  const reached = new Set(
    Object.values(document.edges).flatMap(({ to }) => (to.node === rootId(path) ? [to.port] : [])),
  );
  const set = (next: unknown) => {
    const value = found.with(next) as Json;
    const { key } = found;
    const id = rootId(path);
    // Typing at the level that is shown is one step of the history.
    if (inside || id === undefined)
      editor.dispatch({ type: 'edits', edits: [{ edit: 'setParam', node: path, key, value }] });
    else editor.dispatch({ type: 'setParam', node: id, key, value });
  };
  return (
    <div className="lesson-control">
      <label htmlFor={control}>{found.title}</label>
      <FieldControl
        field={found.field}
        id={control}
        value={found.value}
        shape={undefined}
        operands={(checked?.inputs ?? []).flatMap(({ name }) => (reached.has(name) ? [name] : []))}
        onValue={set}
      />
    </div>
  );
}

/** Of the document's own level, which is the one that is changed only where it is shown. */
export function DimControl({ name }: { readonly name: string }) {
  const editor = useEditor();
  const control = useId();
  const dim = useEditorState((s) => entry(s.document.dims, name));
  const inside = useEditorState((s) => s.view.way.length > 0);
  if (dim === undefined || inside) return null;
  return (
    <div className="lesson-control">
      <label htmlFor={control} className="math">
        {visible(name)}
      </label>
      <DraftInput
        id={control}
        value={dimSize(dim)}
        format={(value) => (value === undefined ? '' : String(value))}
        parse={(text) => parseWhole(text, 1)}
        onValue={(size) => editor.dispatch({ type: 'setDim', name, size: size as number })}
        nudge={(value, by) => nudgeWhole(value, by, 1)}
        numeric
      />
    </div>
  );
}
