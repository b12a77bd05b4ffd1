/** The parts of a drawn diagram: lines in the hues of their indices, tensors by their kinds, labels. */
import {
  type DiagramLabel,
  type DiagramShape,
  type DiagramLine as Line,
  sizeOffset,
} from './drawing/draw-scene.ts';
import { diamondPoints, trianglePoints } from './drawing/shape-points.ts';
import { isStraight, type StrandCurve } from './drawing/strand-curve.ts';

const digits = (x: number): number => Math.round(100 * x) / 100;

export function pathOf(curve: StrandCurve): string {
  const [a, b, c, d] = curve.map(({ x, y }) => `${digits(x)} ${digits(y)}`);
  return isStraight(curve) ? `M${a}L${d}` : `M${a}C${b} ${c} ${d}`;
}

interface DiagramLineProps {
  readonly line: Line;
  readonly color: string;
  readonly dash: string | undefined;
}

/** A line; the end of an index that is summed alone is a dot. What is near to it counts as it for the pointer. */
export function DiagramLine({
  line: { curve, width, opacity, open, isFree },
  color,
  dash,
}: DiagramLineProps) {
  const [, , , end] = curve;
  const d = pathOf(curve);
  return (
    <g opacity={opacity}>
      <path className="diagram-near" d={d} />
      <path className="diagram-line" d={d} stroke={color} strokeWidth={width} strokeDasharray={dash} />
      {isFree && !open && <circle cx={end.x} cy={end.y} r={width / 2 + 2.5} fill={color} />}
    </g>
  );
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
