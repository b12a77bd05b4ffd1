/** Grid, ticks and names of the axes. Labels that would overlap are left out. */
import type { Plane } from '../model/picture-scene.ts';
import type { PictureLayout } from './picture-layout.ts';
import type { PictureTheme } from './picture-theme.ts';

type Context = CanvasRenderingContext2D;

export function paintAxes(
  context: Context,
  plane: Plane,
  layout: PictureLayout,
  theme: PictureTheme,
  letters: number,
): void {
  if (plane.bare) return;
  const { left, top, width, height } = layout;
  const bottom = top + height;
  const hasCells = plane.equal === 'fit';
  context.lineWidth = 1;
  if (!hasCells) {
    context.strokeStyle = theme.colour('line');
    context.beginPath();
    for (const { at } of layout.xTicks) line(context, crisp(layout.x(at)), top, crisp(layout.x(at)), bottom);
    for (const { at } of layout.yTicks)
      line(context, left, crisp(layout.y(at)), left + width, crisp(layout.y(at)));
    context.globalAlpha = 0.7;
    context.stroke();
    context.globalAlpha = 1;
    context.strokeStyle = theme.colour('soft');
    context.beginPath();
    line(context, left, crisp(bottom), left + width, crisp(bottom));
    line(context, crisp(left), top, crisp(left), bottom);
    context.stroke();
  }
  context.fillStyle = theme.colour('soft');
  context.font = `${letters}px ${theme.words}`;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const { at, label } of layout.yTicks) context.fillText(label, left - 5, layout.y(at));
  context.textBaseline = 'top';
  context.textAlign = 'left';
  const nameFont = `italic ${letters + 2}px ${theme.math}`;
  context.font = nameFont;
  const name = context.measureText(plane.x.name).width;
  const end = left + width + 10;
  const nameAt = end - name;
  context.fillText(plane.x.name, nameAt, bottom + 4);
  context.fillText(plane.y.name, hasCells ? left - 16 : 4, 1);
  context.font = `${letters}px ${theme.words}`;
  let free = 0;
  for (const { at, label } of layout.xTicks) {
    const half = context.measureText(label).width / 2;
    const x = Math.max(half, Math.min(end - half, layout.x(at)));
    if (label === '' || x - half < free || (name > 0 && x + half > nameAt - 6)) continue;
    context.fillText(label, x - half, bottom + 5);
    free = x + half + 6;
  }
}

function line(context: Context, x0: number, y0: number, x1: number, y1: number): void {
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
}

/** In the middle of a pixel, so that a line of one is sharp. */
const crisp = (at: number): number => Math.round(at - 0.5) + 0.5;
