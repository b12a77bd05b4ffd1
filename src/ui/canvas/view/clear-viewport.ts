/** Views in which nothing that lies over the canvas covers a card. Lengths in pixels. */
import { getViewportForBounds, type Viewport } from 'reactflow';
import type { Rect } from '../geometry/rect.ts';

const margin = 20;
/** Between a card and what lies over the canvas. */
const air = 6;

/** What lies over the canvas, within its box: buttons, the way to the level, notes on the numbers. */
const coversOf = (element: HTMLElement, which = '[data-covers]'): readonly Rect[] => {
  const box = element.getBoundingClientRect();
  const around = element.closest('.stage') ?? element;
  return [...around.querySelectorAll(which)].map((cover) => {
    const { left, top, width, height } = cover.getBoundingClientRect();
    return { x: left - box.left, y: top - box.top, width, height };
  });
};

const meets = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width + air &&
  b.x < a.x + a.width + air &&
  a.y < b.y + b.height + air &&
  b.y < a.y + a.height + air;

const isClear = (cards: readonly Rect[], covers: readonly Rect[], { x, y, zoom }: Viewport): boolean =>
  cards.every((card) => {
    const shown = {
      x: card.x * zoom + x,
      y: card.y * zoom + y,
      width: card.width * zoom,
      height: card.height * zoom,
    };
    return !covers.some((cover) => meets(cover, shown));
  });

/** Whether the overview lies over one of these cards; one that is not shown lies nowhere. */
export const isUnderOverview = (cards: readonly Rect[], element: HTMLElement, view: Viewport): boolean =>
  !isClear(
    cards,
    coversOf(element, '.tl-minimap').filter(({ width }) => width > 0),
    view,
  );

/**
 * As large as it can be: first without regard to what lies over it, then below what lies at the top, above
 * what lies at the bottom, or both.
 */
export function clearViewport(
  bounds: Rect,
  cards: readonly Rect[],
  element: HTMLElement,
  [least, most]: readonly [number, number],
): Viewport {
  const { width, height } = element.getBoundingClientRect();
  const covers = coversOf(element);
  const [above, below] = [
    covers.filter((cover) => cover.y + cover.height / 2 < height / 2),
    covers.filter((cover) => cover.y + cover.height / 2 >= height / 2),
  ];
  const tops = [margin, Math.max(margin, ...above.map((cover) => cover.y + cover.height + 2 * air))];
  const bottoms = [margin, Math.max(margin, ...below.map((cover) => height - cover.y + 2 * air))];
  const views = tops
    .flatMap((top) => bottoms.map((bottom) => ({ top, bottom })))
    .map(({ top, bottom }) =>
      getViewportForBounds(bounds, width, height, least, most, {
        x: `${margin}px`,
        top: `${top}px`,
        bottom: `${bottom}px`,
      }),
    )
    .sort((a, b) => b.zoom - a.zoom);
  return views.find((view) => isClear(cards, covers, view)) ?? (views.at(-1) as Viewport);
}
