/**
 * A scene as lines, shapes and labels with places, in pixels: what the page shows and what is copied as SVG and as
 * TikZ are printed from it. Labels go where they cover least.
 */
import type { DiagramPoint } from '../layout/simple-graph.ts';
import type { NetworkDiagram } from '../model/network-diagram.ts';
import { type LabelBox, type Placeable, placeLabels } from './place-diagram-labels.ts';
import type { Scene, SceneStrand, SceneVertex } from './scene.ts';
import { pointOn, type StrandCurve, strandCurve } from './strand-curve.ts';

export interface DiagramLine extends Pick<SceneStrand, 'key' | 'index' | 'width' | 'opacity' | 'open'> {
  readonly strand: number;
  readonly curve: StrandCurve;
  readonly isFree: boolean;
}

export interface DiagramShape extends Pick<SceneVertex, 'key' | 'x' | 'y' | 'radius' | 'shape' | 'tensor'> {
  readonly vertex: number;
  /** Written inside, where it fits. */
  readonly inside: string;
}

export interface DiagramLabel extends DiagramPoint {
  readonly key: string;
  /** Of an index, or the name of a tensor that does not fit into it. */
  readonly of: { readonly index: number } | { readonly vertex: number };
  readonly name: string;
  /** The size of the index, written smaller after its name. */
  readonly size: string;
  readonly opacity: number;
}

export interface DiagramDrawing {
  readonly lines: readonly DiagramLine[];
  readonly shapes: readonly DiagramShape[];
  /** By their middles. */
  readonly labels: readonly DiagramLabel[];
  readonly bounds: LabelBox;
}

/** Widths of letters in pixels: of names in the serif italic of 15 pixels, of sizes in 11; ideographs are square. */
const wide = /[\u2E80-\uFFEF]/u;
const nameWidth = (name: string): number =>
  [...name].reduce((sum, letter) => sum + (wide.test(letter) ? 15 : 7.6), 0);
export const sizeOffset = 3;
const labelWidth = (name: string, size: string): number =>
  nameWidth(name) + (size === '' ? 0 : sizeOffset + 6.4 * size.length);
const labelHeight = 16;
/** Room around the whole. */
const margin = 14;

export const drawLines = (scene: Scene): readonly DiagramLine[] =>
  scene.strands.map((strand, s) => {
    const { key, index, width, opacity, open } = strand;
    const isFree = strand.to === undefined;
    return { key, index, width, opacity, open, strand: s, curve: strandCurve(scene, strand), isFree };
  });

const fits = ({ radius, name }: SceneVertex): boolean => nameWidth(name) <= 2 * radius - 8;

export const drawShapes = ({ vertices }: Scene): readonly DiagramShape[] =>
  vertices.map((vertex, v) => {
    const { key, x, y, radius, shape, tensor } = vertex;
    return { key, x, y, radius, shape, tensor, vertex: v, inside: fits(vertex) ? vertex.name : '' };
  });

export function drawScene({ indices }: NetworkDiagram, scene: Scene): DiagramDrawing {
  const lines = drawLines(scene);
  const shapes = drawShapes(scene);
  const wanted: (Placeable & Omit<DiagramLabel, 'x' | 'y'>)[] = [];
  for (const { key, index, curve, isFree, opacity, strand } of labelled(lines)) {
    const { name = '', size } = indices[index] ?? {};
    const written = size === undefined ? '?' : String(size);
    wanted.push({
      key: `i${key}`,
      of: { index },
      name,
      size: written,
      opacity,
      own: strand,
      width: labelWidth(name, written),
      height: labelHeight,
      places: isFree ? beyond(curve, labelWidth(name, written)) : beside(curve, labelWidth(name, written)),
    });
  }
  for (const [v, vertex] of scene.vertices.entries()) {
    if (vertex.name === '' || fits(vertex)) continue;
    const width = labelWidth(vertex.name, '');
    wanted.push({
      key: `v${vertex.key}`,
      of: { vertex: v },
      name: vertex.name,
      size: '',
      opacity: 1,
      width,
      height: labelHeight,
      places: around(vertex, width),
    });
  }
  const places = placeLabels(wanted, shapes, lines);
  const labels = wanted.map(({ key, of, name, size, opacity }, k) => ({
    key,
    of,
    name,
    size,
    opacity,
    ...(places[k] as DiagramPoint),
  }));
  return { lines, shapes, labels, bounds: boundsOf(lines, shapes, wanted, labels) };
}

/** An index with a junction is named once, at its free leg, or else on its first line. */
function labelled(lines: readonly DiagramLine[]): readonly DiagramLine[] {
  const byIndex = new Map<number, DiagramLine>();
  for (const line of lines) if (!byIndex.has(line.index) || line.isFree) byIndex.set(line.index, line);
  return lines.filter((line) => byIndex.get(line.index) === line);
}

/** Places for the label of a free leg: on with it, or beside it. */
function beyond(curve: StrandCurve, width: number): readonly DiagramPoint[] {
  const [a, , , d] = curve;
  const angle = Math.atan2(d.y - a.y, d.x - a.x);
  const reach = 5 + Math.hypot((width / 2) * Math.cos(angle), (labelHeight / 2) * Math.sin(angle));
  return [{ x: d.x + reach * Math.cos(angle), y: d.y + reach * Math.sin(angle) }, ...beside(curve, width)];
}

const alongLine = [0.5, 0.4, 0.6, 0.32, 0.68];

function beside(curve: StrandCurve, width: number): readonly DiagramPoint[] {
  const near = alongLine.flatMap((t) => {
    const at = pointOn(curve, t);
    const [before, after] = [pointOn(curve, t - 0.02), pointOn(curve, t + 0.02)];
    const angle = Math.atan2(after.y - before.y, after.x - before.x);
    const normal = { x: -Math.sin(angle), y: Math.cos(angle) };
    const reach = 6 + Math.abs((width / 2) * normal.x) + Math.abs((labelHeight / 2) * normal.y);
    // Above a level line first, to the right of an upright one.
    const sign = normal.y > 1e-6 || (Math.abs(normal.y) <= 1e-6 && normal.x < 0) ? -1 : 1;
    return [sign, -sign].map((s) => ({ x: at.x + s * reach * normal.x, y: at.y + s * reach * normal.y }));
  });
  return [...near, ...alongLine.map((t) => pointOn(curve, t))];
}

function around({ x, y, radius }: SceneVertex, width: number): readonly DiagramPoint[] {
  const aside = radius + 5 + width / 2;
  const off = radius + 4 + labelHeight / 2;
  const slant = radius * 0.75;
  return [
    { x, y: y + off },
    { x, y: y - off },
    { x: x + aside, y },
    { x: x - aside, y },
    { x: x + slant + width / 2, y: y + slant + labelHeight / 2 },
    { x: x + slant + width / 2, y: y - slant - labelHeight / 2 },
    { x: x - slant - width / 2, y: y + slant + labelHeight / 2 },
    { x: x - slant - width / 2, y: y - slant - labelHeight / 2 },
  ];
}

function boundsOf(
  lines: readonly DiagramLine[],
  shapes: readonly DiagramShape[],
  sizes: readonly Placeable[],
  labels: readonly DiagramPoint[],
): LabelBox {
  const xs: number[] = [];
  const ys: number[] = [];
  const include = ({ x, y }: DiagramPoint, dx: number, dy: number) => {
    xs.push(x - dx, x + dx);
    ys.push(y - dy, y + dy);
  };
  for (const { curve, width } of lines)
    for (let t = 0; t <= 1; t += 0.125) include(pointOn(curve, t), width / 2, width / 2);
  for (const shape of shapes) include(shape, 1.3 * shape.radius, 1.3 * shape.radius);
  for (const [k, at] of labels.entries())
    include(at, (sizes[k]?.width ?? 0) / 2, (sizes[k]?.height ?? 0) / 2);
  if (xs.length === 0) include({ x: 0, y: 0 }, 0, 0);
  const [left, top] = [Math.min(...xs) - margin, Math.min(...ys) - margin];
  return {
    x: left,
    y: top,
    width: Math.max(...xs) + margin - left,
    height: Math.max(...ys) + margin - top,
  };
}
