/**
 * What the pointer does to cards, wires and the view, as React Flow tells it. All functions keep their
 * identity: each that is another one makes React Flow draw everything anew.
 */
import { type MouseEvent as ReactMouseEvent, useMemo } from 'react';
import type { OnMove } from 'reactflow';
import type { Hover } from '../context.ts';
import type { HeldWire, Store } from '../model/stores.ts';
import type { CardNode, WireEdge } from '../model/view-model.ts';
import type { HoverCards } from '../popup/use-hover-card.ts';
import type { Openers } from '../popup/use-popup.ts';
import type { ViewKeeper } from '../view/use-refit.ts';
import type { PartKind, View } from '../view/use-view.ts';

interface Gestures {
  readonly view: View;
  readonly held: HeldWire;
  readonly hover: Store<Hover>;
  readonly hoverCards: HoverCards;
  readonly keeper: ViewKeeper;
  readonly menu: Openers['menu'];
  /** A double click on a card or wire. */
  onOpen(kind: PartKind, id: string): void;
  onCardMoved(id: string): void;
  onCardLeft(id: string): void;
  /** Cards are dragged from now on, or no longer. */
  onDrag(dragged: boolean): void;
}

export const screenPlace = ({ clientX, clientY }: ReactMouseEvent | MouseEvent) => ({
  x: clientX,
  y: clientY,
});

const onlyCard = (cards: readonly CardNode[]) => (cards.length === 1 ? cards[0]?.id : undefined);

export function useGestures(given: Gestures) {
  const { view, held, hover, hoverCards, keeper, menu, onOpen, onCardMoved, onCardLeft, onDrag } = given;
  return useMemo(() => {
    const openMenu = (on: PartKind | 'canvas', id: string, event: ReactMouseEvent | MouseEvent) => {
      event.preventDefault();
      // It has the focus again when the menu closes.
      const part = event.currentTarget;
      if (on !== 'canvas' && (part instanceof HTMLElement || part instanceof SVGElement))
        part.focus({ preventScroll: true });
      menu(on, id, screenPlace(event));
    };
    const dragStart = () => {
      onDrag(true);
      keeper.keep();
      hoverCards.closeNow();
    };
    const dragStop = () => onDrag(false);
    const onMoveStart: OnMove = (event) => {
      // Without an event it is the program that moves the view.
      if (event) keeper.keep();
      hoverCards.closeNow();
    };
    return {
      onNodeDoubleClick: (_: ReactMouseEvent, node: CardNode) => onOpen('node', node.id),
      onEdgeDoubleClick: (_: ReactMouseEvent, edge: WireEdge) => onOpen('edge', edge.id),
      onNodeContextMenu: (event: ReactMouseEvent, node: CardNode) => openMenu('node', node.id, event),
      onEdgeContextMenu: (event: ReactMouseEvent, edge: WireEdge) => openMenu('edge', edge.id, event),
      onPaneContextMenu: (event: ReactMouseEvent | MouseEvent) => openMenu('canvas', '', event),
      onEdgeMouseEnter(event: ReactMouseEvent, edge: WireEdge) {
        hover.set({ edge: edge.id });
        // Only for a pointer that moves: a wire may come to lie under one that rests.
        if (!held.get() && view.pointer.current)
          hoverCards.open({ kind: 'edge', id: edge.id, ...view.inFrame(screenPlace(event)) });
      },
      onEdgeMouseLeave() {
        hover.set({});
        hoverCards.close();
      },
      onNodeMouseEnter(event: ReactMouseEvent, node: CardNode) {
        if (node.data.severity === undefined || held.get()) return;
        const { left, bottom, width } = event.currentTarget.getBoundingClientRect();
        hoverCards.open({ kind: 'node', id: node.id, ...view.inFrame({ x: left + width / 2, y: bottom }) });
      },
      onNodeMouseLeave: hoverCards.close,
      onNodeDragStart: dragStart,
      onNodeDrag(_: unknown, __: CardNode, cards: CardNode[]) {
        const card = onlyCard(cards);
        if (card !== undefined) onCardMoved(card);
      },
      onNodeDragStop(_: unknown, __: CardNode, cards: CardNode[]) {
        dragStop();
        const card = onlyCard(cards);
        if (card !== undefined) onCardLeft(card);
      },
      onSelectionDragStart: dragStart,
      onSelectionDragStop: dragStop,
      onMoveStart,
    };
  }, [view, held, hover, hoverCards, keeper, menu, onOpen, onCardMoved, onCardLeft, onDrag]);
}
