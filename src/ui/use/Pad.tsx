/** A pad to draw an image on, as large as those that the model was trained on: by pointer or by keyboard. */
import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from 'react';
import { useT } from '../locale.ts';
import { Heat } from '../parts/Heat.tsx';
import { usageWords as words } from '../strings/use-words.ts';
import type { FeatureView } from './feature-view.ts';

interface PadProps {
  readonly view: Extract<FeatureView, { kind: 'image' }>;
  /** Of the numbers that images have: paper and ink. */
  readonly range: { readonly least: number; readonly most: number };
  readonly drawn: Float32Array;
  onDrawn(drawn: Float32Array<ArrayBuffer>): void;
}

/** The longer side on the screen, in pixels. */
const SIDE = 168;
/** How far the pen's ink reaches, as a part of the longer side: about as thick as a written digit's stroke. */
const PEN = 1 / 11;

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function Pad({ view: { width, height }, range, drawn, onDrawn }: PadProps) {
  const t = useT();
  const help = useId();
  const [at, setAt] = useState({ x: Math.floor(width / 2), y: Math.floor(height / 2) });
  const [hasFocus, setHasFocus] = useState(false);
  const isDrawing = useRef(false);
  const longer = Math.max(width, height);
  const cell = SIDE / longer;
  const { least, most } = range;
  const greatest = Math.max(Math.abs(least), Math.abs(most));

  /** Ink at a place in cells, paler towards the pen's edge; what is there is never made paler. */
  const ink = (x: number, y: number, reach = PEN * longer) => {
    const next = new Float32Array(drawn);
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const distance = Math.hypot(column + 0.5 - x, row + 0.5 - y);
        const level = Math.max(0, Math.min(1, 1.5 * (1 - distance / Math.max(reach, 0.75))));
        const k = row * width + column;
        next[k] = Math.max(next[k] ?? least, least + level * (most - least));
      }
    onDrawn(next);
  };
  const draw = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    ink((event.clientX - box.left) / cell, (event.clientY - box.top) / cell);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key];
    if (move) {
      const [dx, dy] = move;
      setAt({
        x: Math.max(0, Math.min(width - 1, at.x + dx)),
        y: Math.max(0, Math.min(height - 1, at.y + dy)),
      });
    } else if (event.key === ' ') ink(at.x + 0.5, at.y + 0.5, 1);
    else if (event.key === 'Delete' || event.key === 'Backspace')
      onDrawn(new Float32Array(drawn).with(at.y * width + at.x, least));
    else return;
    event.preventDefault();
  };
  return (
    <div
      className="use-pad"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is drawn on by keys too.
      tabIndex={0}
      aria-label={t(words.draw)}
      aria-describedby={help}
      style={{ width: width * cell, height: height * cell }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        isDrawing.current = true;
        draw(event);
      }}
      onPointerMove={(event) => isDrawing.current && draw(event)}
      onPointerUp={() => {
        isDrawing.current = false;
      }}
      onKeyDown={onKeyDown}
      onFocus={() => setHasFocus(true)}
      onBlur={() => setHasFocus(false)}
    >
      <Heat
        heat={{ rows: height, columns: width, cells: Array.from(drawn, (x) => x / greatest) }}
        cell={cell}
      />
      {hasFocus && (
        <i className="use-pen" style={{ left: at.x * cell, top: at.y * cell, width: cell, height: cell }} />
      )}
      <span id={help} className="visually-hidden">
        {t(words.drawKeys)}
      </span>
    </div>
  );
}
