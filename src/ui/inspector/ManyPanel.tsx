/** The inspector of several cards and wires: how many they are, and what can be done with all of them. */
import { useT } from '../locale.ts';
import { useEditorState } from '../session/hooks.ts';
import { inspector } from '../strings/inspector.ts';
import { SelectionActions } from './SelectionActions.tsx';

export function ManyPanel() {
  const t = useT();
  const selection = useEditorState((s) => s.selection);
  const { length: nodes } = selection.nodes;
  const { length: wires } = selection.edges;
  const title =
    nodes === 0 ? t(inspector.wiresChosen, { count: wires }) : t(inspector.nodesChosen, { count: nodes });
  return (
    <section className="part">
      <h2 className="panel-title">{title}</h2>
      {nodes > 0 && wires > 0 && (
        <p className="soft">
          {wires === 1 ? t(inspector.andOneWire) : t(inspector.andWires, { count: wires })}
        </p>
      )}
      <SelectionActions selection={selection} />
    </section>
  );
}
