/** The plane of two features: which class the model says where, the held-back rows on it, and a point to move. */
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef } from 'react';
import type { JudgedRows } from '../../worker/protocol.ts';
import { useT } from '../locale.ts';
import { shownTheme, useSettings } from '../settings.ts';
import { usageWords as words } from '../strings/use-words.ts';
import { classColour, classRgb } from './class-colour.ts';
import type { JudgedRow } from './judge.ts';
import { usePrediction } from './use-prediction.ts';

interface PlaneProps {
  readonly held: JudgedRows;
  readonly judged: readonly JudgedRow[];
  readonly point: Float32Array;
  onPoint(point: Float32Array<ArrayBuffer>): void;
}

/** Places at which the model is asked, along each side. */
const GRID = 56;
/** In pixels. */
const SIDE = 172;
/** Around the points, as a part of their extent. */
const MARGIN = 0.12;
/** How strongly classes are painted behind the points. */
const WASH = 150;

interface Frame {
  readonly least: readonly [number, number];
  readonly extent: readonly [number, number];
}

function frameOf(points: Float32Array): Frame {
  const along = (axis: 0 | 1) => {
    const values = points.filter((_, i) => i % 2 === axis);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const margin = MARGIN * (most - least || 1);
    return [least - margin, most - least + 2 * margin] as const;
  };
  const [x, y] = [along(0), along(1)];
  return { least: [x[0], y[0]], extent: [x[1], y[1]] };
}

/** The middle of each cell, from the upper left one on. */
function gridOf({ least, extent }: Frame): Float32Array {
  const points = new Float32Array(2 * GRID * GRID);
  for (let row = 0; row < GRID; row++)
    for (let column = 0; column < GRID; column++) {
      const k = 2 * (row * GRID + column);
      points[k] = least[0] + (extent[0] * (column + 0.5)) / GRID;
      points[k + 1] = least[1] + extent[1] * (1 - (row + 0.5) / GRID);
    }
  return points;
}

export function Plane({ held, judged, point, onPoint }: PlaneProps) {
  const t = useT();
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useSettings((s) => shownTheme(s.theme));
  const points = held.features[0]?.data ?? new Float32Array();
  const frame = useMemo(() => frameOf(points), [points]);
  const grid = useMemo(() => gridOf(frame), [frame]);
  const said = usePrediction(held, grid);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's colours are read from the page.
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !said) return;
    const image = context.createImageData(GRID, GRID);
    for (const [k, chances] of said.entries()) image.data.set([...mixedColour(chances), WASH], 4 * k);
    context.clearRect(0, 0, GRID, GRID);
    context.putImageData(image, 0, 0);
  }, [said, theme]);

  const place = (x: number, y: number) => ({
    left: `${(100 * (x - frame.least[0])) / frame.extent[0]}%`,
    top: `${100 * (1 - (y - frame.least[1]) / frame.extent[1])}%`,
  });
  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons === 0 && event.type !== 'pointerdown') return;
    const box = event.currentTarget.getBoundingClientRect();
    const x = frame.least[0] + (frame.extent[0] * (event.clientX - box.left)) / box.width;
    const y = frame.least[1] + frame.extent[1] * (1 - (event.clientY - box.top) / box.height);
    onPoint(new Float32Array([x, y]));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!by) return;
    event.preventDefault();
    const [x = 0, y = 0] = point;
    const [dx = 0, dy = 0] = by;
    onPoint(new Float32Array([x + (dx * frame.extent[0]) / GRID, y + (dy * frame.extent[1]) / GRID]));
  };
  return (
    <div
      className="use-plane"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the point is moved by keys too.
      tabIndex={0}
      aria-label={t(words.plane)}
      style={{ width: SIDE, height: SIDE }}
      onPointerDown={move}
      onPointerMove={move}
      onKeyDown={onKeyDown}
    >
      <canvas ref={canvas} width={GRID} height={GRID} />
      {judged.map(({ index, truth, predicted }) => (
        <i
          key={index}
          data-wrong={truth === predicted ? undefined : true}
          style={{
            ...place(points[2 * index] ?? 0, points[2 * index + 1] ?? 0),
            background: classColour(truth),
          }}
        />
      ))}
      <b style={place(point[0] ?? 0, point[1] ?? 0)} />
    </div>
  );
}

/** The colours of the classes, each as much as its chance. */
function mixedColour(chances: readonly number[]): readonly number[] {
  const mixed = [0, 0, 0];
  for (const [k, chance] of chances.entries())
    for (const [i, part] of classRgb(k).entries()) mixed[i] = (mixed[i] ?? 0) + chance * part;
  return mixed;
}
