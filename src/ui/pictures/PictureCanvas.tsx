/** A scene on two canvases, one over the other: what stays is painted when it changes, what moves with the clock. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { shownTheme, useSettings } from '../settings.ts';
import { paintAxes } from './drawing/paint-axes.ts';
import { paintMarks } from './drawing/paint-marks.ts';
import { layoutOf } from './drawing/picture-layout.ts';
import { type PictureTheme, themeOf } from './drawing/picture-theme.ts';
import type { PictureScene } from './model/picture-scene.ts';
import { useClock } from './use-picture.ts';

interface PictureCanvasProps {
  readonly scene: PictureScene;
  /** Said of the picture. */
  readonly label: string;
  /** Of the element that says more. */
  readonly describedBy?: string;
  /** Height of letters, in pixels. */
  readonly letters: number;
  /** How large it is shown beyond its own size, as on a canvas that is zoomed in. */
  readonly zoom?: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

export function PictureCanvas({ scene, label, describedBy, letters, zoom = 1 }: PictureCanvasProps) {
  const host = useRef<HTMLDivElement>(null);
  const below = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  /** To read them off the page takes longer than to paint. */
  const colours = useRef<{ readonly theme: string; readonly read: PictureTheme }>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const theme = useSettings((s) => shownTheme(s.theme));
  const clock = useClock();
  const moves = scene.moving !== undefined && scene.moments > 1;

  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    // Its own size, whatever the zoom of what it stands in.
    const measure = () => setSize({ width: element.offsetWidth, height: element.offsetHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const contexts = [below.current, above.current].map((canvas) => canvas && sharp(canvas, size, zoom));
    const [still, moving] = contexts;
    if (!host.current || !still || !moving || size.width < 20) return;
    if (colours.current?.theme !== theme) colours.current = { theme, read: themeOf(host.current, still) };
    const { read } = colours.current;
    still.font = `${letters}px ${read.words}`;
    const measure = (text: string) => still.measureText(text).width;
    const layout = layoutOf(scene.plane, { ...size, letters, measure });
    paintAxes(still, scene.plane, layout, read, letters);
    paintMarks({ context: still, layout, theme: read, letters }, scene.still);
    const { moving: marksAt } = scene;
    if (!marksAt) return;
    const paint = () => {
      moving.clearRect(0, 0, size.width, size.height);
      paintMarks({ context: moving, layout, theme: read, letters }, marksAt(clock.store.getState().time));
    };
    paint();
    if (!moves) return;
    return clock.store.subscribe((now, before) => {
      if (now.time !== before.time) paint();
    });
  }, [scene, size, theme, letters, zoom, clock, moves]);

  useEffect(() => {
    if (moves) clock.seen();
  }, [moves, clock]);

  return (
    <div ref={host} className="picture-canvas" role="img" aria-label={label} aria-describedby={describedBy}>
      <canvas ref={below} />
      <canvas ref={above} />
    </div>
  );
}

/** A cleared canvas in CSS pixels, with as many of its own as the screen has. */
function sharp(
  canvas: HTMLCanvasElement,
  { width, height }: Size,
  zoom: number,
): CanvasRenderingContext2D | undefined {
  const ratio = Math.min(4, Math.max(1, devicePixelRatio) * Math.max(1, zoom));
  const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
  // To set its size takes a new canvas, even where it is the same.
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
  const context = canvas.getContext('2d') ?? undefined;
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  context?.clearRect(0, 0, width, height);
  return context;
}
