/** The panel on the right: it shows what is selected, and the graph itself when nothing is. */

import { useT } from '../locale.ts';
import { SheetHead } from '../parts/SheetHead.tsx';
import { useEditorState, useSession } from '../session/hooks.ts';
import { setApp } from '../store.ts';
import { inspector } from '../strings/inspector.ts';
import { BlockPanel } from './BlockPanel.tsx';
import { DocumentPanel } from './DocumentPanel.tsx';
import { EdgePanel } from './EdgePanel.tsx';
import { NodePanel } from './NodePanel.tsx';
import { SelectionActions } from './SelectionActions.tsx';

export function Inspector() {
  const t = useT();
  const { canvas } = useSession();
  return (
    // Escape leads from any field back to the canvas.
    <aside
      className="inspector panel"
      aria-label={t(inspector.title)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        setApp({ sheet: 'none' });
        canvas.current?.focus();
      }}
    >
      <SheetHead title={t(inspector.title)} />
      <Selected />
    </aside>
  );
}

function Selected() {
  const { nodes, edges } = useEditorState((s) => s.selection);
  const block = useEditorState((s) => s.view.block);
  const [node] = nodes;
  const [edge] = edges;
  if (nodes.length + edges.length > 1 && nodes.length !== 1) return <ManyPanel />;
  if (node !== undefined) return <NodePanel key={node} id={node} />;
  if (edge !== undefined) return <EdgePanel key={edge} id={edge} />;
  return block === undefined ? <DocumentPanel /> : <BlockPanel key={block} block={block} />;
}

function ManyPanel() {
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
