/** What the keys of the canvas do beyond commands of the editor. */
import { useMemo } from 'react';
import { useStoreApi } from 'reactflow';
import { blockOf, entry } from '../../../document/levels.ts';
import type { SizeEditing } from '../context.ts';
import type { HeldWire } from '../model/stores.ts';
import type { useHoverCard } from '../popup/use-hover-card.ts';
import type { usePopup } from '../popup/use-popup.ts';
import type { CanvasProps } from '../props.ts';
import type { useView } from '../view/use-view.ts';
import type { KeyActions } from './use-keys.ts';

interface KeyActionParts
  extends Pick<CanvasProps, 'editor' | 'blocks' | 'diagrams' | 'onInspect' | 'onTidy' | 'onLookInside'> {
  readonly popups: Pick<ReturnType<typeof usePopup>, 'search' | 'connectFrom' | 'menu'>;
  readonly view: ReturnType<typeof useView>;
  readonly held: HeldWire;
  readonly sizes: SizeEditing;
  readonly hoverCards: ReturnType<typeof useHoverCard>[1];
}

const isBlock = (editor: CanvasProps['editor'], id: string): boolean =>
  blockOf(entry(editor.getState().view.graph.nodes, id)) !== undefined;

export function useKeyActions(parts: KeyActionParts): KeyActions {
  const { editor, view, blocks, diagrams, held, hoverCards, sizes, onInspect, onTidy, onLookInside } = parts;
  const { search, connectFrom, menu } = parts.popups;
  const flowStore = useStoreApi();
  return useMemo<KeyActions>(
    () => ({
      search: () => search(view.pointed()),
      connectFrom,
      menu: (kind, id) => menu(kind, id, view.middleOf(kind, id)),
      open: (kind, id) =>
        kind === 'node' && isBlock(editor, id) ? blocks.enter(id) : onInspect({ kind, id }),
      leave: blocks.leave,
      diagram: diagrams.toggle,
      editSizes: (edge) => sizes.edit(edge, 0),
      fit: view.fit,
      tidy: onTidy,
      lookInside: onLookInside,
      visit: view.visit,
      letGo() {
        const holds = held.get() !== undefined;
        held.drop();
        hoverCards.closeNow();
        flowStore.setState({ connectionClickStartHandle: null });
        return holds;
      },
    }),
    [
      search,
      connectFrom,
      menu,
      view,
      blocks,
      diagrams,
      editor,
      onInspect,
      onTidy,
      onLookInside,
      held,
      hoverCards,
      sizes,
      flowStore,
    ],
  );
}
