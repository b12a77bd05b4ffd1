/** What lists and menus of the canvas have in common: their place, and that a press elsewhere closes them. */
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Point } from '../../../editor/index.ts';

/** A place within the canvas for what opens there: what lies near its edge moves inside. */
export function useInside(at: Point) {
  const [place, setPlace] = useState(at);
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = frame.current;
    const around = box?.offsetParent;
    if (!box || !around) return;
    setPlace({
      x: Math.max(8, Math.min(at.x, around.clientWidth - box.offsetWidth - 8)),
      y: Math.max(8, Math.min(at.y, around.clientHeight - box.offsetHeight - 8)),
    });
  }, [at]);
  return [frame, place] as const;
}

export function useCloseOutside(frame: RefObject<HTMLElement | null>, onClose: () => void): void {
  useEffect(() => {
    const listen = ({ target }: PointerEvent) => {
      if (!(target instanceof Node && frame.current?.contains(target))) onClose();
    };
    document.addEventListener('pointerdown', listen, true);
    return () => document.removeEventListener('pointerdown', listen, true);
  }, [frame, onClose]);
}
