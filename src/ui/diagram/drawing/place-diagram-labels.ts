/** Where labels go: each to the first of its places that covers no shape, label or line, else to the one that covers least. */
import type { DiagramPoint } from '../layout/simple-graph.ts';
import { pointOn, type StrandCurve } from './strand-curve.ts';

export interface LabelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Placeable {
  readonly width: number;
  readonly height: number;
  /** Of its middle, the best first; at least one. */
  readonly places: readonly DiagramPoint[];
  /** The line that it names, and may lie on. */
  readonly own?: number;
}

interface Round extends DiagramPoint {
  readonly radius: number;
}

/** What covering a label, a shape or a point of a line costs; an earlier place is worth a little. */
const [labelCost, shapeCost, lineCost, placeCost] = [4, 6, 0.4, 0.01];
/** Points looked at along each line. */
const samples = 16;

export function placeLabels(
  labels: readonly Placeable[],
  shapes: readonly Round[],
  lines: readonly { readonly curve: StrandCurve }[],
): readonly DiagramPoint[] {
  const points = lines.flatMap(({ curve }, line) =>
    Array.from({ length: samples + 1 }, (_, i) => ({ ...pointOn(curve, i / samples), line, radius: 1 })),
  );
  const placed: LabelBox[] = [];
  return labels.map(({ width, height, places, own }) => {
    let best = { at: places[0] as DiagramPoint, cost: Number.POSITIVE_INFINITY };
    for (const [k, at] of places.entries()) {
      const box = { x: at.x - width / 2, y: at.y - height / 2, width, height };
      const cost =
        placeCost * k +
        labelCost * placed.filter((other) => overlap(box, other)).length +
        shapeCost * shapes.filter((shape) => touches(box, shape)).length +
        lineCost * points.filter((point) => point.line !== own && touches(box, point)).length;
      if (cost < best.cost - 1e-9) best = { at, cost };
    }
    placed.push({ x: best.at.x - width / 2, y: best.at.y - height / 2, width, height });
    return best.at;
  });
}

export const overlap = (a: LabelBox, b: LabelBox): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

export function touches(box: LabelBox, { x, y, radius }: Round): boolean {
  const dx = Math.max(box.x - x, 0, x - box.x - box.width);
  const dy = Math.max(box.y - y, 0, y - box.y - box.height);
  return Math.hypot(dx, dy) < radius;
}
