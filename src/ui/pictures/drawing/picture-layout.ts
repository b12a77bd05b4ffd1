/** Where the plane of a picture lies on its canvas, and which ticks have room. All in CSS pixels. */
import type { Plane, Scale } from '../model/picture-scene.ts';
import { type Tick, ticksOf } from '../model/picture-ticks.ts';

export interface PictureLayout {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
}

export interface Room {
  readonly width: number;
  readonly height: number;
  /** Height of letters. */
  readonly letters: number;
  /** Width of a text in them. */
  measure(text: string): number;
}

const gap = 5;

export function layoutOf(plane: Plane, room: Room): PictureLayout {
  const { letters } = room;
  if (plane.bare)
    return place(plane, { left: 6, top: 6, width: room.width - 12, height: room.height - 12 }, [], []);
  const top = plane.y.name ? letters + 8 : 8;
  const bottom = letters + 8;
  const height = Math.max(10, room.height - top - bottom);
  const rough = ticksOn(plane.y, Math.max(2, Math.floor(height / (letters * 2.6))));
  const labels = Math.max(0, ...rough.map(({ label }) => room.measure(label)));
  const left = Math.min(room.width / 2, Math.max(14, labels + gap + 4));
  const right = 12;
  const area = { left, top, width: Math.max(10, room.width - left - right), height };
  const inner = plane.equal === 'fit' ? fitted(plane, area) : area;
  const widened = plane.equal === 'widen' ? widen(plane, inner) : plane;
  const yTicks = ticksOn(widened.y, Math.max(2, Math.floor(inner.height / (letters * 2.6))));
  const widest = Math.max(8, ...ticksOn(widened.x, 6).map(({ label }) => room.measure(label)));
  const xTicks = ticksOn(widened.x, Math.max(2, Math.floor(inner.width / (widest + 22))));
  return place(widened, inner, xTicks, yTicks);
}

/** Of a scale that may run downwards. */
const ticksOn = ({ from, to, ...scale }: Scale, count: number): readonly Tick[] =>
  ticksOf({ ...scale, from: Math.min(from, to), to: Math.max(from, to) }, count);

interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const spanOf = ({ from, to }: Scale): number => Math.abs(to - from);

/** The largest part of the area in which units are as long both ways. */
function fitted({ x, y }: Plane, area: Area): Area {
  const unit = Math.min(area.width / spanOf(x), area.height / spanOf(y));
  const [width, height] = [unit * spanOf(x), unit * spanOf(y)];
  return { left: area.left + (area.width - width) / 2, top: area.top, width, height };
}

/** The plane with the range that is too short for its side made longer. */
function widen(plane: Plane, { width, height }: Area): Plane {
  const unit = Math.min(width / spanOf(plane.x), height / spanOf(plane.y));
  const about = (scale: Scale, span: number): Scale => {
    const middle = (scale.from + scale.to) / 2;
    return { ...scale, from: middle - span / 2, to: middle + span / 2 };
  };
  return { ...plane, x: about(plane.x, width / unit), y: about(plane.y, height / unit) };
}

function place(plane: Plane, area: Area, xTicks: readonly Tick[], yTicks: readonly Tick[]): PictureLayout {
  const along = ({ from, to, log }: Scale) => {
    const [a, b] = log ? [Math.log(from), Math.log(to)] : [from, to];
    return (value: number) => ((log ? Math.log(value) : value) - a) / (b - a);
  };
  const [x, y] = [along(plane.x), along(plane.y)];
  return {
    ...area,
    x: (value) => area.left + x(value) * area.width,
    y: (value) => area.top + (1 - y(value)) * area.height,
    xTicks,
    yTicks,
  };
}
