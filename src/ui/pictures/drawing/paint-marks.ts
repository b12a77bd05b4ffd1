/** Paints the marks of a scene. Points are joined only where they are apart on the screen. */
import { contrast, heatPaint, mixed, type Rgb } from '../../parts/heat-colours.ts';
import type { Cells, DotShape, Ink, Mark } from '../model/picture-scene.ts';
import type { PictureLayout } from './picture-layout.ts';
import type { PictureTheme } from './picture-theme.ts';

type Context = CanvasRenderingContext2D;
type Of<K> = Extract<Mark, { kind: K }>;

export interface Canvas {
  readonly context: Context;
  readonly layout: PictureLayout;
  readonly theme: PictureTheme;
  /** Height of letters. */
  readonly letters: number;
}

export function paintMarks(canvas: Canvas, marks: readonly Mark[]): void {
  const { context, layout, theme } = canvas;
  for (const mark of marks) {
    context.save();
    context.beginPath();
    // A dot on the border is whole.
    const air = mark.kind === 'dots' || mark.kind === 'label' ? 7 : 1;
    context.rect(layout.left - air, layout.top - air, layout.width + 2 * air, layout.height + 2 * air);
    context.clip();
    context.globalAlpha = mark.alpha ?? 1;
    context.strokeStyle = theme.colour(mark.ink);
    context.fillStyle = theme.colour(mark.ink);
    paintMark(canvas, mark);
    context.restore();
  }
}

function paintMark(canvas: Canvas, mark: Mark): void {
  const { context, layout } = canvas;
  switch (mark.kind) {
    case 'line':
      return paintLine(canvas, mark);
    case 'dots':
      return paintDots(canvas, mark);
    case 'stems':
      return paintStems(canvas, mark);
    case 'area':
      return paintArea(canvas, mark);
    case 'bars':
      return paintBars(canvas, mark);
    case 'segments':
    case 'arrows':
      return paintSegments(canvas, mark);
    case 'rule': {
      const { left, top, width, height } = layout;
      const at = mark.axis === 'x' ? layout.x(mark.at) : layout.y(mark.at);
      context.lineWidth = 1.25;
      context.setLineDash([...(mark.dash ?? [])]);
      context.beginPath();
      if (mark.axis === 'x') context.rect(at, top, 0, height);
      else context.rect(left, at, width, 0);
      context.stroke();
      context.setLineDash([]);
      return;
    }
    case 'band': {
      const [from, to] = [layout.x(mark.from), layout.x(mark.to)];
      context.fillRect(from, layout.top, to - from, layout.height);
      return;
    }
    case 'quads':
      return paintQuads(canvas, mark);
    case 'cells':
      return paintCells(canvas, mark, mark.ink);
    case 'label':
      context.font = `${canvas.letters}px ${canvas.theme.words}`;
      context.textAlign = mark.align;
      context.textBaseline = 'middle';
      context.fillText(mark.text, layout.x(mark.x), layout.y(mark.y) + (mark.shift ?? 0));
  }
}

/** Points nearer than this on the screen, in pixels, are not drawn one by one. */
const apart = 0.6;

function paintLine({ context, layout }: Canvas, { xs, ys, width, dash, until, since }: Of<'line'>): void {
  const last = Math.min(xs.length - 1, until ?? Number.POSITIVE_INFINITY);
  const first = Math.max(0, since ?? 0);
  context.lineWidth = width;
  context.lineJoin = 'round';
  context.setLineDash([...(dash ?? [])]);
  context.beginPath();
  let isOpen = false;
  let [lastX, lastY] = [Number.NaN, Number.NaN];
  const go = (index: number, must: boolean) => {
    const low = Math.floor(index);
    const part = index - low;
    const at = (list: Float64Array) =>
      part === 0
        ? (list[low] as number)
        : (list[low] as number) * (1 - part) + (list[low + 1] as number) * part;
    const [x, y] = [layout.x(at(xs)), layout.y(at(ys))];
    if (!(Number.isFinite(x) && Number.isFinite(y))) {
      isOpen = false;
      return;
    }
    if (isOpen && !must && Math.abs(x - lastX) < apart && Math.abs(y - lastY) < apart) return;
    if (isOpen) context.lineTo(x, y);
    else context.moveTo(x, y);
    [isOpen, lastX, lastY] = [true, x, y];
  };
  go(first, true);
  for (let i = Math.floor(first) + 1; i < last; i++) go(i, false);
  if (last > first) go(last, true);
  context.stroke();
  context.setLineDash([]);
}

function trace(context: Context, shape: DotShape, x: number, y: number, r: number): void {
  switch (shape) {
    case 'circle':
      context.moveTo(x + r, y);
      context.arc(x, y, r, 0, 2 * Math.PI);
      return;
    case 'square':
      context.rect(x - 0.88 * r, y - 0.88 * r, 1.76 * r, 1.76 * r);
      return;
    case 'triangle':
      context.moveTo(x, y - 1.2 * r);
      context.lineTo(x + 1.1 * r, y + 0.8 * r);
      context.lineTo(x - 1.1 * r, y + 0.8 * r);
      context.closePath();
      return;
    case 'diamond':
      context.moveTo(x, y - 1.25 * r);
      context.lineTo(x + 1.25 * r, y);
      context.lineTo(x, y + 1.25 * r);
      context.lineTo(x - 1.25 * r, y);
      context.closePath();
  }
}

function paintDots({ context, layout, theme }: Canvas, mark: Of<'dots'>): void {
  const { xs, ys, radius, shape = 'circle', hollow } = mark;
  const r = (i: number) => (typeof radius === 'number' ? radius : (radius[i % radius.length] ?? 3));
  context.beginPath();
  for (let i = 0; i < xs.length; i++) {
    const [x, y] = [layout.x(xs[i] as number), layout.y(ys[i] as number)];
    if (!(Number.isFinite(x) && Number.isFinite(y))) continue;
    // Small dots of a cloud: a square cannot be told from a disc, and is quicker.
    if (r(i) < 1.8) context.rect(x - r(i), y - r(i), 2 * r(i), 2 * r(i));
    else trace(context, shape, x, y, r(i));
  }
  if (hollow) {
    context.fillStyle = theme.colour('card');
    context.fill();
    context.lineWidth = 1.75;
    context.stroke();
    return;
  }
  context.fill();
  if (r(0) < 3) return;
  context.lineWidth = 1;
  context.strokeStyle = theme.colour('card');
  context.stroke();
}

function paintStems({ context, layout }: Canvas, { xs, ys, width }: Of<'stems'>): void {
  const floor = layout.top + layout.height;
  const base = Math.min(floor, Math.max(layout.top, layout.y(0)));
  context.lineWidth = width;
  context.beginPath();
  for (let i = 0; i < xs.length; i++) {
    const [x, y] = [layout.x(xs[i] as number), layout.y(ys[i] as number)];
    if (!(Number.isFinite(x) && Number.isFinite(y))) continue;
    // A logarithmic axis has no zero: stems stand on its lower end.
    context.moveTo(x, Number.isFinite(base) ? base : floor);
    context.lineTo(x, y);
  }
  context.stroke();
}

function paintArea({ context, layout }: Canvas, { xs, ys }: Of<'area'>): void {
  const floor = layout.top + layout.height;
  context.beginPath();
  for (let i = 0; i + 1 < xs.length; i++) {
    const [x0, y0, x1, y1] = [
      layout.x(xs[i] as number),
      layout.y(ys[i] as number),
      layout.x(xs[i + 1] as number),
      layout.y(ys[i + 1] as number),
    ];
    if (!Number.isFinite(x0 + y0 + x1 + y1)) continue;
    context.moveTo(x0, floor);
    context.lineTo(x0, y0);
    // Half a pixel over the next, so that no seam shows.
    context.lineTo(x1 + 0.5, y1);
    context.lineTo(x1 + 0.5, floor);
  }
  context.fill();
}

function paintBars({ context, layout }: Canvas, { edges, heights, base = 0 }: Of<'bars'>): void {
  const floor = layout.y(base);
  for (let i = 0; i < heights.length; i++) {
    const [from, to] = [layout.x(edges[i] as number), layout.x(edges[i + 1] as number)];
    const top = layout.y(heights[i] as number);
    if (!Number.isFinite(from + to + top)) continue;
    const air = to - from > 5 ? 1 : 0;
    context.fillRect(from, top, Math.max(0.5, to - from - air), floor - top);
  }
}

function paintSegments(
  { context, layout }: Canvas,
  { kind, ends, width }: Of<'segments'> | Of<'arrows'>,
): void {
  context.lineWidth = width;
  context.beginPath();
  for (let i = 0; i + 3 < ends.length; i += 4) {
    const [x0, y0] = [layout.x(ends[i] as number), layout.y(ends[i + 1] as number)];
    const [x1, y1] = [layout.x(ends[i + 2] as number), layout.y(ends[i + 3] as number)];
    if (!Number.isFinite(x0 + y0 + x1 + y1)) continue;
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    if (kind === 'segments') continue;
    const length = Math.hypot(x1 - x0, y1 - y0);
    const head = Math.min(6, 0.45 * length);
    if (head < 1) continue;
    const [dx, dy] = [((x1 - x0) / length) * head, ((y1 - y0) / length) * head];
    context.moveTo(x1 - dx - 0.5 * dy, y1 - dy + 0.5 * dx);
    context.lineTo(x1, y1);
    context.lineTo(x1 - dx + 0.5 * dy, y1 - dy - 0.5 * dx);
  }
  context.stroke();
}

function paintQuads({ context, layout, theme }: Canvas, { corners, shades, ink }: Of<'quads'>): void {
  const [over, under, edge] = [theme.rgb(ink), theme.rgb('card'), theme.rgb('soft')];
  context.lineWidth = 0.6;
  context.lineJoin = 'round';
  for (let q = 0; q < shades.length; q++) {
    const shade = shades[q] as number;
    context.beginPath();
    for (let k = 0; k < 4; k++) {
      const [x, y] = [
        layout.x(corners[8 * q + 2 * k] as number),
        layout.y(corners[8 * q + 2 * k + 1] as number),
      ];
      if (k === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    context.closePath();
    const fill = mixed(over, under, 0.12 + 0.5 * shade);
    context.fillStyle = `rgb(${fill.join(' ')})`;
    context.strokeStyle = `rgb(${mixed(edge, fill, 0.45).join(' ')})`;
    context.fill();
    context.stroke();
  }
}

/** More cells are painted as one image. */
const mostRects = 1600;

function paintCells(canvas: Canvas, cells: Cells, ink: Ink): void {
  const { context, layout } = canvas;
  const { rows, columns } = cells;
  const [left, right] = [layout.x(cells.x[0]), layout.x(cells.x[1])];
  const [top, bottom] = [layout.y(cells.y[0]), layout.y(cells.y[1])];
  if (!cells.signed || rows * columns > mostRects) {
    const image = imageOf(canvas, cells, ink);
    context.imageSmoothingEnabled = !cells.signed;
    context.drawImage(image, left, top, right - left, bottom - top);
    return;
  }
  const [width, height] = [(right - left) / columns, (bottom - top) / rows];
  const gap = Math.min(width, height) > 6 ? 1 : 0;
  const written = fittingDigits(canvas, cells, width - 4, height);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const level = cells.levels[i * columns + j] as number;
      const [x, y] = [left + j * width, top + i * height];
      const paint = heatPaint(level);
      context.globalAlpha = paint.alpha;
      context.fillStyle = canvas.theme.colour(paint.ink);
      context.fillRect(x, y, width - gap, height - gap);
      const digits = written?.[i * columns + j];
      if (digits === undefined) continue;
      const cell = mixed(canvas.theme.rgb(paint.ink), canvas.theme.rgb('card'), paint.alpha);
      paintDigits(canvas, digits, cell, { x: x + width / 2, y: y + height / 2 });
    }
}

/** Of the ways to write all cells the first that has room in each; sets the letters for it. */
function fittingDigits(
  { context, theme, letters }: Canvas,
  { digits = [] }: Cells,
  width: number,
  height: number,
): readonly string[] | undefined {
  if (height < letters + 3) return undefined;
  for (const size of [letters, letters - 1.5]) {
    context.font = `${size}px ${theme.words}`;
    const found = digits.find((ways) => ways.every((text) => context.measureText(text).width <= width));
    if (found) return found;
  }
  return undefined;
}

function paintDigits(
  { context, theme }: Canvas,
  digits: string,
  cell: Rgb,
  { x, y }: { readonly x: number; readonly y: number },
): void {
  const isInk = contrast(theme.rgb('ink'), cell) >= contrast(theme.rgb('card'), cell);
  context.globalAlpha = 1;
  context.fillStyle = theme.colour(isInk ? 'ink' : 'card');
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(digits, x, y);
}

/** One pixel a cell. */
function imageOf({ theme }: Canvas, { rows, columns, levels, signed }: Cells, ink: Ink): HTMLCanvasElement {
  const image = document.createElement('canvas');
  image.width = columns;
  image.height = rows;
  const context = image.getContext('2d');
  const pixels = context?.createImageData(columns, rows);
  if (!context || !pixels) return image;
  for (let k = 0; k < rows * columns; k++) {
    const level = levels[k] as number;
    if (!signed && !Number.isFinite(level)) continue;
    const paint = signed ? heatPaint(level) : { ink, alpha: Math.max(0, Math.min(1, level)) };
    pixels.data.set([...theme.rgb(paint.ink), Math.round(255 * paint.alpha)], 4 * k);
  }
  context.putImageData(pixels, 0, 0);
  return image;
}
