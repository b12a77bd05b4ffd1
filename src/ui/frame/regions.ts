/** F6: from one part of the page to the next – the bar, the lesson or palette, the canvas, the details, the panel below. */
import type { DocumentSession } from '../session/document-session.ts';

const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]';

/** Where the focus was when a part was left by this key. */
const left = new WeakMap<Element, HTMLElement>();

const isThere = (element: HTMLElement | undefined): element is HTMLElement =>
  element?.isConnected === true && element.checkVisibility({ visibilityProperty: true });

/** The parts that are on the screen, as they follow one another; what lies beside the canvas is one of its own. */
function regionsNow(): HTMLElement[] {
  const parts = document.querySelectorAll<HTMLElement>(
    '.workbench > :not(.stage), .stage .react-flow, .stage > section',
  );
  return [...parts].filter((part) => isThere(part) && part.querySelector(focusable));
}

export function goToRegion({ canvas }: DocumentSession, by: 1 | -1): void {
  const regions = regionsNow();
  const { activeElement } = document;
  const here = regions.findIndex((region) => region.contains(activeElement));
  const from = regions[here];
  if (from && activeElement instanceof HTMLElement) left.set(from, activeElement);
  const to = regions.at(here < 0 && by < 0 ? -1 : (here + by) % regions.length);
  if (!to) return;
  const before = left.get(to);
  if (isThere(before)) before.focus();
  else if (to.matches('.react-flow')) canvas.current?.focus();
  else [...to.querySelectorAll<HTMLElement>(focusable)].find(isThere)?.focus();
}
