/** What the frame around the canvas follows: the pointer, double clicks on the pane, and the focus of wires. */
import { type FocusEvent, type MouseEvent, type PointerEvent, useMemo } from 'react';
import type { Point } from '../../../editor/index.ts';
import type { useHoverCard } from '../popup/use-hover-card.ts';
import type { usePopup } from '../popup/use-popup.ts';
import type { useView } from '../view/use-view.ts';
import { screenPlace } from './use-gestures.ts';

interface FrameParts extends Pick<ReturnType<typeof usePopup>, 'search'> {
  readonly view: ReturnType<typeof useView>;
  readonly hoverCards: ReturnType<typeof useHoverCard>[1];
  /** Where the overview drawing stands for the cards: is told what the pointer is on. */
  readonly point: ((at: Point | undefined) => void) | undefined;
}

const isPane = (target: EventTarget): boolean =>
  target instanceof Element && target.classList.contains('react-flow__pane');

/**
 * A press on the drawing ends what went on elsewhere, also where React Flow keeps the browser from moving the
 * focus: keys and the clipboard are the drawing's from here on. A menu or a field over it keeps what it has.
 */
function leaveOthers(target: EventTarget): void {
  if (!(target instanceof Element) || !target.closest('.react-flow') || target.closest('input, button'))
    return;
  const active = document.activeElement;
  const isElsewhere = active?.matches('input') || !active?.closest('.react-flow');
  if (active instanceof HTMLElement && isElsewhere) active.blur();
  document.getSelection()?.removeAllRanges();
}

export const useFrameEvents = ({ view, hoverCards, search, point }: FrameParts) =>
  useMemo(
    () => ({
      onPointerDownCapture(event: PointerEvent) {
        leaveOthers(event.target);
        point?.(screenPlace(event));
      },
      onPointerMove(event: PointerEvent) {
        view.pointer.current = screenPlace(event);
        point?.(screenPlace(event));
      },
      onPointerLeave(event: PointerEvent) {
        view.pointer.current = undefined;
        // A finger leaves before its click comes, which is meant for what it was on.
        if (event.pointerType !== 'touch') point?.(undefined);
      },
      onDoubleClick(event: MouseEvent) {
        if (isPane(event.target)) search(screenPlace(event));
      },
      onFocus(event: FocusEvent) {
        const id = event.target.closest<HTMLElement>('.react-flow__edge')?.dataset.id;
        if (id === undefined) hoverCards.closeNow();
        else if (event.target.matches(':focus-visible'))
          hoverCards.openNow({ kind: 'edge', id, ...view.inFrame(view.middleOf('edge', id)) });
      },
    }),
    [view, hoverCards, search, point],
  );
