/** The corners of the shapes of tensors that are no circles. */
import type { DiagramPoint } from '../layout/simple-graph.ts';

/** An isometry: an equilateral triangle, its tip upwards, about as large as a circle of this radius. */
export function trianglePoints(x: number, y: number, radius: number): readonly DiagramPoint[] {
  const r = 1.32 * radius;
  return [-90, 30, 150].map((degrees) => {
    const angle = (degrees * Math.PI) / 180;
    return { x: x + r * Math.cos(angle), y: y + 0.12 * radius + r * Math.sin(angle) };
  });
}

/** A diagonal tensor: a diamond. */
export function diamondPoints(x: number, y: number, radius: number): readonly DiagramPoint[] {
  const r = 1.22 * radius;
  return [
    { x, y: y - r },
    { x: x + r, y },
    { x, y: y + r },
    { x: x - r, y },
  ];
}
