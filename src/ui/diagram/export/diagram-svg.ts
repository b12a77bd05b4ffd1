/** A drawn diagram as one SVG file that needs nothing else: colours, fonts and words are in it. */
import type { DiagramDrawing, DiagramLabel, DiagramLine, DiagramShape } from '../drawing/draw-scene.ts';
import { sizeOffset } from '../drawing/draw-scene.ts';
import { diamondPoints, trianglePoints } from '../drawing/shape-points.ts';
import { isStraight } from '../drawing/strand-curve.ts';
import type { NetworkDiagram } from '../model/network-diagram.ts';
import { type PaperPaint, paperInk, short } from './diagram-look.ts';

interface SvgOptions {
  readonly title: string;
  /** In words, for those who do not see it. */
  readonly description: string;
  paint(axis: string): PaperPaint;
}

export function diagramSvg(
  { indices }: NetworkDiagram,
  drawing: DiagramDrawing,
  { title, description, paint }: SvgOptions,
): string {
  const { x, y, width, height } = drawing.bounds;
  const paintOf = (index: number) => paint(indices[index]?.axis ?? '');
  const size = `width="${short(width)}" height="${short(height)}"`;
  const box = [x, y, width, height].map(short).join(' ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="${box}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<desc>${escaped(description)}</desc>`,
    '<g fill="none" stroke-linecap="round">',
    ...drawing.lines.filter(({ opacity }) => opacity > 0).map((line) => svgLine(line, paintOf(line.index))),
    '</g>',
    `<g fill="#fff" stroke="#${paperInk}" stroke-width="1.8" stroke-linejoin="round">`,
    ...drawing.shapes.filter(({ radius }) => radius > 0.5).map(svgShape),
    '</g>',
    `<g fill="#${paperInk}" font-family="'Latin Modern Math', 'STIX Two Math', Georgia, serif" font-style="italic" font-size="15" text-anchor="middle">`,
    ...drawing.shapes.flatMap(({ x: at, y: level, inside }) =>
      inside === '' ? [] : [`<text x="${short(at)}" y="${baseline(level)}">${escaped(inside)}</text>`],
    ),
    ...drawing.labels
      .filter(({ opacity }) => opacity > 0)
      .map((label) => svgLabel(label, 'index' in label.of ? paintOf(label.of.index).hex : paperInk)),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

const escaped = (words: string): string =>
  words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // Characters that no XML document may hold.
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}');

/** Middles of letters lie a third of their size above the line they stand on; not every viewer knows central baselines. */
const baseline = (y: number): string => short(y + 5);

const opacityOf = (opacity: number): string => (opacity < 1 ? ` opacity="${short(opacity)}"` : '');

function svgLine({ curve, width, opacity, isFree, open }: DiagramLine, { hex, dash }: PaperPaint): string {
  const [a, b, c, d] = curve.map(({ x, y }) => `${short(x)} ${short(y)}`);
  const path = isStraight(curve) ? `M${a}L${d}` : `M${a}C${b} ${c} ${d}`;
  const dashes = dash === undefined ? '' : ` stroke-dasharray="${dash}"`;
  const line = `<path d="${path}" stroke="#${hex}" stroke-width="${short(width)}"${dashes}${opacityOf(opacity)}/>`;
  if (!isFree || open) return line;
  const [x, y] = [curve[3].x, curve[3].y].map(short);
  return `${line}<circle cx="${x}" cy="${y}" r="${short(width / 2 + 2.5)}" fill="#${hex}"${opacityOf(opacity)}/>`;
}

function svgShape({ shape, x, y, radius }: DiagramShape): string {
  const polygon = (points: ReturnType<typeof diamondPoints>) =>
    `<polygon points="${points.map((p) => `${short(p.x)},${short(p.y)}`).join(' ')}"/>`;
  switch (shape) {
    case 'isometry':
      return polygon(trianglePoints(x, y, radius));
    case 'diagonal':
      return polygon(diamondPoints(x, y, radius));
    default: {
      const isDot = shape === 'delta' || shape === 'junction';
      const fill = isDot ? ` fill="#${paperInk}"` : shape === 'merged' ? ' fill="#e3e7f8"' : '';
      return `<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}"${fill}/>`;
    }
  }
}

function svgLabel({ name, size, x, y, opacity }: DiagramLabel, hex: string): string {
  const words = `<tspan fill="#${hex}">${escaped(name)}</tspan>`;
  const sized =
    size === ''
      ? ''
      : `<tspan dx="${sizeOffset}" fill="#716e65" font-family="sans-serif" font-style="normal" font-size="11">${escaped(size)}</tspan>`;
  const halo = 'stroke="#fff" stroke-width="3" paint-order="stroke"';
  return `<text x="${short(x)}" y="${baseline(y)}" ${halo}${opacityOf(opacity)}>${words}${sized}</text>`;
}
