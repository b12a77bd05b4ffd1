/** The keyboard in a drawing: one stop of Tab, arrows to what lies in their direction. */
import { type KeyboardEvent, type RefObject, useState } from 'react';
import type { DiagramPoint } from '../layout/simple-graph.ts';
import type { DiagramChoice } from './use-diagram-editing.ts';

export interface FocusItem extends DiagramPoint {
  readonly key: string;
  readonly choice: DiagramChoice;
}

interface KeyedActions {
  choose(choice: DiagramChoice): void;
  takeAway(choice: DiagramChoice): void;
}

const arrows: Readonly<Record<string, DiagramPoint>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The nearest in a direction; what lies aside counts as farther, and what lies more aside than ahead not at all. */
export function itemTowards(
  items: readonly FocusItem[],
  from: FocusItem,
  key: string,
): FocusItem | undefined {
  const way = arrows[key];
  if (!way) return undefined;
  let best: { item: FocusItem; cost: number } | undefined;
  for (const item of items) {
    const [dx, dy] = [item.x - from.x, item.y - from.y];
    const ahead = dx * way.x + dy * way.y;
    const aside = Math.abs(dx * way.y - dy * way.x);
    if (item.key === from.key || ahead <= 1e-6 || aside > 1.2 * ahead) continue;
    const cost = ahead + 1.5 * aside;
    if (!best || cost < best.cost) best = { item, cost };
  }
  return best?.item;
}

export function useRovingFocus(
  svg: RefObject<SVGSVGElement | null>,
  items: readonly FocusItem[],
  { choose, takeAway }: KeyedActions,
) {
  const [wanted, setWanted] = useState<string>();
  const at = items.find(({ key }) => key === wanted) ?? items[0];
  return {
    tabIndexOf: (key: string): 0 | -1 => (key === at?.key ? 0 : -1),
    onKeyDown(event: KeyboardEvent) {
      const key = (event.target as Element).closest<SVGElement>('[data-key]')?.dataset.key;
      const here = items.find((item) => item.key === key);
      if (!here) return;
      const next = itemTowards(items, here, event.key);
      if (next) {
        setWanted(next.key);
        svg.current?.querySelector<SVGElement>(`[data-key="${next.key}"]`)?.focus();
      } else if (event.key === 'Enter' || event.key === ' ' || event.key === 'F2') {
        choose(here.choice);
        if (event.key !== ' ')
          requestAnimationFrame(() =>
            document.querySelector<HTMLElement>('.diagram-bar :is(input, button)')?.focus(),
          );
      } else if (event.key === 'Delete' || event.key === 'Backspace') takeAway(here.choice);
      else if (!event.key.startsWith('Arrow')) return;
      event.preventDefault();
      // The canvas has keys of its own for the same.
      event.stopPropagation();
    },
  };
}
