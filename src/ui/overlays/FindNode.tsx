/** Finds a node of the open document, also inside blocks, by its label, type or id, and goes there. */
import type { GraphNode } from '../../../graph-schema/document.ts';
import { registryOf } from '../../catalogue/index.ts';
import { allPlaces, nodeAt, pathAt } from '../../document/levels.ts';
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
  const registry = registryOf(document);
  return allPlaces(document).map((place) => {
    const path = pathAt(document, place);
    const node = nodeAt(document, path) as GraphNode;
    const definition = registry.of(node);
    return {
      id: `go ${path}`,
      title: t(workbench.goTo, { title: nodeTitle(document, path, locale) }),
      also: `${place.id} ${node.type} ${definition?.title.en ?? ''} ${definition?.title.zh ?? ''}`,
      glyph: <NodeGlyph definition={definition} />,
      note: definition && t(definition.title),
      run: () => reveal(session, { nodes: [path] }),
    };
  });
}
