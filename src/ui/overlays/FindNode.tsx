/** Finds a node of the open graph by its label, type or id, and goes there. */
import { findNodeType } from '../../catalogue/index.ts';
import { useLocale, useT } from '../locale.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { NodeGlyph } from '../parts/NodeGlyph.tsx';
import { nodeTitle } from '../parts/node-title.ts';
import { type Pick, PickList } from '../parts/PickList.tsx';
import type { DocumentSession } from '../session/document-session.ts';
import { reveal } from '../session/reveal.ts';
import { workbench } from '../strings/workbench.ts';

interface FindNodeProps {
  readonly session: DocumentSession;
  readonly onClose: () => void;
}

export function FindNode({ session, onClose }: FindNodeProps) {
  const t = useT();
  const picks = useNodePicks(session);
  return (
    <Dialog title={t(workbench.typeNode)} className="pick-dialog" bare onClose={onClose}>
      <PickList picks={picks} label={t(workbench.typeNode)} nothing={t(workbench.noMatch)} onDone={onClose} />
    </Dialog>
  );
}

/** The nodes of the open graph, each a way to go there. */
export function useNodePicks(session: DocumentSession | undefined): readonly Pick[] {
  const t = useT();
  const locale = useLocale();
  if (!session) return [];
  const { document } = session.editor.getState();
  return Object.entries(document.nodes).map(([id, node]) => {
    const definition = findNodeType(node.type);
    return {
      id: `go ${id}`,
      title: t(workbench.goTo, { title: nodeTitle(document, id, locale) }),
      also: `${id} ${node.type} ${definition?.title.en ?? ''} ${definition?.title.zh ?? ''}`,
      glyph: <NodeGlyph definition={definition} />,
      note: definition && t(definition.title),
      run: () => reveal(session, { nodes: [id] }),
    };
  });
}
