/** The panel on the right: it shows what is selected, and the graph itself when nothing is. */

import { useT } from '../locale.ts';
import { lazily } from '../parts/lazily.tsx';
import { SheetHead } from '../parts/SheetHead.tsx';
import { useEditorState, useSession } from '../session/hooks.ts';
import { setApp } from '../store.ts';
import { inspector } from '../strings/inspector.ts';
import { DocumentPanel } from './DocumentPanel.tsx';

const panels = () => import('./selection-panels.ts');
const early = { early: true };
const NodePanel = lazily(async () => (await panels()).NodePanel, early);
const EdgePanel = lazily(async () => (await panels()).EdgePanel, early);
const BlockPanel = lazily(async () => (await panels()).BlockPanel, early);
const ManyPanel = lazily(async () => (await panels()).ManyPanel, early);

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
