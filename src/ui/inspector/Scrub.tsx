/**
 * Around a box for a size: a drag to the right doubles it every so many pixels, one to the left halves
 * it, as the threads on the canvas grow with the logarithm. A click still goes into the box.
 */
import { type PointerEvent, type ReactNode, useRef } from 'react';

interface ScrubProps {
  /** Where a drag begins; undefined: there is nothing to drag. */
  readonly size: number | undefined;
  readonly children: ReactNode;
  onStart(): void;
  onSize(size: number): void;
  onEnd(): void;
}

/** Pixels that double the size, and pixels that make a drag of a click. */
const octave = 80;
const slack = 4;
const largest = 2 ** 20;

export const scrubbed = (size: number, by: number): number =>
  Math.min(largest, Math.max(1, Math.round(size * 2 ** (by / octave))));

export function Scrub({ size, children, onStart, onSize, onEnd }: ScrubProps) {
  const held = useRef<{ readonly x: number; readonly size: number; last: number; on: boolean }>(undefined);
  const end = () => {
    if (held.current?.on) onEnd();
    held.current = undefined;
  };
  return (
    <div
      className="scrub"
      onPointerDown={(event) => {
        if (size !== undefined && event.button === 0)
          held.current = { x: event.clientX, size, last: size, on: false };
      }}
      onPointerMove={(event: PointerEvent<HTMLElement>) => {
        const drag = held.current;
        if (!drag) return;
        const by = event.clientX - drag.x;
        if (!drag.on) {
          if (Math.abs(by) < slack) return;
          drag.on = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
          getSelection()?.removeAllRanges();
          onStart();
        }
        event.preventDefault();
        const next = scrubbed(drag.size, by);
        if (next !== drag.last) onSize(next);
        drag.last = next;
      }}
      onPointerUp={end}
      onPointerCancel={end}
    >
      {children}
    </div>
  );
}
