/** The drawing of a diagram: lines in the hues of their indices, tensors by their kinds, labels. */
import type { ReactNode } from 'react';
import { type Hues, paintOf } from '../ribbon/index-hues.ts';
import type {
  DiagramLabel,
  DiagramLine,
  DiagramShape,
  DiagramDrawing as Drawing,
} from './drawing/draw-scene.ts';
import { sizeOffset } from './drawing/draw-scene.ts';
import { diamondPoints, trianglePoints } from './drawing/shape-points.ts';
import { isStraight, type StrandCurve } from './drawing/strand-curve.ts';
import type { NetworkDiagram } from './model/network-diagram.ts';

const digits = (x: number): number => Math.round(100 * x) / 100;

export function pathOf(curve: StrandCurve): string {
  const [a, b, c, d] = curve.map(({ x, y }) => `${digits(x)} ${digits(y)}`);
  return isStraight(curve) ? `M${a}L${d}` : `M${a}C${b} ${c} ${d}`;
}

interface LinesProps {
  readonly diagram: NetworkDiagram;
  readonly lines: readonly DiagramLine[];
  readonly hues: Hues;
}

export function DiagramLines({ diagram, lines, hues }: LinesProps): ReactNode {
  return lines.map(({ key, index, curve, width, opacity, open, isFree }) => {
    const { color, dash } = paintOf(hues, diagram.indices[index]?.axis ?? '');
    const [, , , end] = curve;
    return (
      <g key={key} opacity={opacity}>
        <path
          className="diagram-line"
          d={pathOf(curve)}
          stroke={color}
          strokeWidth={width}
          strokeDasharray={dash}
        />
        {isFree && !open && <circle cx={end.x} cy={end.y} r={width / 2 + 2.5} fill={color} />}
      </g>
    );
  });
}

/** The outline of a shape; a delta and a junction are dots. */
export function DiagramOutline({ shape, x, y, radius }: Pick<DiagramShape, 'shape' | 'x' | 'y' | 'radius'>) {
  switch (shape) {
    case 'isometry':
      return <polygon points={written(trianglePoints(x, y, radius))} />;
    case 'diagonal':
      return <polygon points={written(diamondPoints(x, y, radius))} />;
    default:
      return <circle cx={digits(x)} cy={digits(y)} r={digits(radius)} />;
  }
}

const written = (points: readonly { readonly x: number; readonly y: number }[]): string =>
  points.map(({ x, y }) => `${digits(x)},${digits(y)}`).join(' ');

/** The name of an index with its size, or of a tensor that does not fit into its shape. */
export function DiagramText({ label, color }: { readonly label: DiagramLabel; readonly color: string }) {
  const isIndex = 'index' in label.of;
  return (
    <text
      className={isIndex ? 'diagram-index' : 'diagram-name'}
      x={digits(label.x)}
      y={digits(label.y)}
      opacity={label.opacity}
    >
      <tspan fill={color}>{label.name}</tspan>
      {label.size !== '' && (
        <tspan className="diagram-size" dx={sizeOffset}>
          {label.size}
        </tspan>
      )}
    </text>
  );
}

export type { Drawing };
