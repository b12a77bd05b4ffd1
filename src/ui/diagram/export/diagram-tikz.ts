/** A drawn diagram as a TikZ picture; it needs the tikz package and none of its libraries. */
import type { DiagramDrawing, DiagramLabel, DiagramLine, DiagramShape } from '../drawing/draw-scene.ts';
import { diamondPoints, trianglePoints } from '../drawing/shape-points.ts';
import { isStraight } from '../drawing/strand-curve.ts';
import type { DiagramPoint } from '../layout/simple-graph.ts';
import type { NetworkDiagram } from '../model/network-diagram.ts';
import { type PaperPaint, short } from './diagram-look.ts';

interface TikzOptions {
  /** Written above the picture, as a comment. */
  readonly description: string;
  paint(axis: string): PaperPaint;
}

/** Pixels of a centimetre, and points of a pixel. */
const [pixels, points] = [60, 72.27 / 2.54 / 60];

export function diagramTikz(
  { indices }: NetworkDiagram,
  { lines, shapes, labels }: DiagramDrawing,
  { description, paint }: TikzOptions,
): string {
  const paintOf = (index: number) => paint(indices[index]?.axis ?? '');
  const seenLines = lines.filter(({ opacity }) => opacity > 0);
  const hexes = [...new Set(seenLines.map(({ index }) => paintOf(index).hex))];
  const nameOf = (hex: string) => `hue${hexes.indexOf(hex)}`;
  return [
    ...description.split('\n').map((line) => `% ${line}`),
    '\\begin{tikzpicture}[',
    '  tensor/.style={draw, line width=0.8pt, fill=white},',
    '  made/.style={tensor, fill=blue!10},',
    '  dot/.style={fill=black},',
    '  name/.style={inner sep=0pt, font=\\small},',
    '  index/.style={name, fill=white, fill opacity=0.8, text opacity=1, inner sep=0.5pt},',
    ']',
    ...hexes.map((hex) => `  \\definecolor{${nameOf(hex)}}{HTML}{${hex}}`),
    ...seenLines.flatMap((line) => {
      const { hex, dash } = paintOf(line.index);
      return tikzLine(line, nameOf(hex), dash);
    }),
    ...shapes.filter(({ radius }) => radius > 0.5).flatMap(tikzShape),
    ...labels
      .filter(({ opacity }) => opacity > 0)
      .map((label) =>
        tikzLabel(label, 'index' in label.of ? nameOf(paintOf(label.of.index).hex) : undefined),
      ),
    '\\end{tikzpicture}',
    '',
  ].join('\n');
}

/** y points upwards in TikZ. */
const at = ({ x, y }: DiagramPoint): string => `(${short(x / pixels)},${short(-y / pixels)})`;

function tikzLine(
  { curve, width, isFree, open }: DiagramLine,
  color: string,
  dash: string | undefined,
): string[] {
  const [a, b, c, d] = curve;
  const pattern = dash
    ?.split(' ')
    .map((length, k) => `${k % 2 === 0 ? 'on' : 'off'} ${short(points * Number(length))}pt`)
    .join(' ');
  const style = [
    color,
    `line width=${short(points * width)}pt`,
    ...(pattern ? [`dash pattern=${pattern}`] : []),
  ];
  const way = isStraight(curve)
    ? `${at(a)} -- ${at(d)}`
    : `${at(a)} .. controls ${at(b)} and ${at(c)} .. ${at(d)}`;
  const line = `  \\draw[${style.join(', ')}] ${way};`;
  const radius = short((width / 2 + 2.5) / pixels);
  return isFree && !open ? [line, `  \\fill[${color}] ${at(d)} circle[radius=${radius}];`] : [line];
}

function tikzShape({ shape, x, y, radius, inside }: DiagramShape): string[] {
  const polygon = (corners: readonly DiagramPoint[]) => `${corners.map(at).join(' -- ')} -- cycle`;
  const circle = `${at({ x, y })} circle[radius=${short(radius / pixels)}]`;
  const outline = {
    isometry: () => `  \\path[tensor] ${polygon(trianglePoints(x, y, radius))};`,
    diagonal: () => `  \\path[tensor] ${polygon(diamondPoints(x, y, radius))};`,
    delta: () => `  \\path[dot] ${circle};`,
    junction: () => `  \\path[dot] ${circle};`,
    merged: () => `  \\path[made] ${circle};`,
    general: () => `  \\path[tensor] ${circle};`,
  }[shape]();
  return inside === '' ? [outline] : [outline, `  \\node[name] at ${at({ x, y })} {${tikzName(inside)}};`];
}

function tikzLabel(label: DiagramLabel, color: string | undefined): string {
  const style = color === undefined ? 'name' : `index, text=${color}`;
  const size = label.size === '' ? '' : `\\,{\\scriptsize\\color{gray}${texText(label.size)}}`;
  return `  \\node[${style}] at ${at(label)} {${tikzName(label.name)}${size}};`;
}

/** `i`, `i1` and `i'` as mathematics, longer names in italics. */
export function tikzName(name: string): string {
  const parts = /^([A-Za-z])(\d*)(['′]*)$/.exec(name);
  if (!parts) return `\\textit{${texText(name)}}`;
  const [, letter = '', digits = '', primes = ''] = parts;
  return `$${letter}${digits === '' ? '' : `_{${digits}}`}${"'".repeat(primes.length)}$`;
}

const special: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

const texText = (words: string): string =>
  words.replaceAll(/[\\~^#$%&_{}]/g, (letter) => special[letter] ?? `\\${letter}`).replaceAll(/\s+/g, ' ');
