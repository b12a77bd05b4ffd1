/**
 * Where the vertices of a diagram stand and where its free legs point. Connected parts are laid out each by itself
 * and stand side by side. A unit is the distance of neighbours; y points downwards.
 */
import { type NetworkDiagram, type Skeleton, type Strand, skeletonOf } from '../model/network-diagram.ts';
import { placeLegs } from './place-legs.ts';
import { type Form, recognise } from './recognise.ts';
import { type DiagramPoint, neighboursOf, partsOf, within } from './simple-graph.ts';
import { stressLayout } from './stress.ts';

export interface DiagramLayout {
  readonly skeleton: Skeleton;
  /** Of each part, in the order of their first vertices. */
  readonly forms: readonly Form[];
  /** Of each vertex. */
  readonly points: readonly DiagramPoint[];
  /** Of each strand with a free end, and of each trace: where it points, in radians from the x-axis to the y-axis. */
  readonly angles: readonly (number | undefined)[];
}

export function layOutDiagram(diagram: NetworkDiagram): DiagramLayout {
  const skeleton = skeletonOf(diagram);
  const neighbours = neighboursOf(skeleton);
  const points: DiagramPoint[] = [];
  const angles: (number | undefined)[] = skeleton.strands.map(() => undefined);
  const placed = partsOf(neighbours).map((part): { form: Form; box: Box; part: readonly number[] } => {
    const graph = within(neighbours, part);
    const found = recognise(graph);
    const form = found?.form ?? 'general';
    const at = found?.points ?? stressLayout(graph);
    for (const [i, v] of part.entries()) points[v] = at[i] as DiagramPoint;
    for (const [strand, angle] of placeLegs(skeleton, points, part, form)) angles[strand] = angle;
    return { form, part, box: boxOf(points, part, skeleton.strands, angles) };
  });
  for (const [p, shift] of shelves(placed.map(({ box }) => box)).entries())
    for (const v of placed[p]?.part ?? []) {
      const { x, y } = points[v] as DiagramPoint;
      points[v] = { x: x + shift.x, y: y + shift.y };
    }
  return { skeleton, forms: placed.map(({ form }) => form), points, angles };
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Around a vertex, and out to the end of a leg with its label. */
const [aroundVertex, toLegEnd] = [0.4, 0.85];

function boxOf(
  points: readonly DiagramPoint[],
  part: readonly number[],
  strands: readonly Strand[],
  angles: readonly (number | undefined)[],
): Box {
  const box = {
    left: Number.POSITIVE_INFINITY,
    right: Number.NEGATIVE_INFINITY,
    top: Number.POSITIVE_INFINITY,
    bottom: Number.NEGATIVE_INFINITY,
  };
  const include = (x: number, y: number, margin: number) => {
    box.left = Math.min(box.left, x - margin);
    box.right = Math.max(box.right, x + margin);
    box.top = Math.min(box.top, y - margin);
    box.bottom = Math.max(box.bottom, y + margin);
  };
  const own = new Set(part);
  for (const v of part) include(points[v]?.x ?? 0, points[v]?.y ?? 0, aroundVertex);
  for (const [s, { from }] of strands.entries()) {
    const [at, angle] = [points[from], angles[s]];
    if (!own.has(from) || !at || angle === undefined) continue;
    include(at.x + toLegEnd * Math.cos(angle), at.y + toLegEnd * Math.sin(angle), 0);
  }
  return box;
}

/** How far to move each box so that they stand in rows, about as wide in all as twice their height. */
function shelves(boxes: readonly Box[]): readonly DiagramPoint[] {
  const width = ({ left, right }: Box) => right - left;
  const height = ({ top, bottom }: Box) => bottom - top;
  const area = boxes.reduce((sum, box) => sum + width(box) * height(box), 0);
  const widest = Math.max(...boxes.map(width), Math.sqrt(2 * area));
  let [x, y, row] = [0, 0, 0];
  return boxes.map((box) => {
    if (x > 0 && x + width(box) > widest + 1e-9) {
      y += row;
      x = row = 0;
    }
    const shift = { x: x - box.left, y: y - box.top };
    x += width(box);
    row = Math.max(row, height(box));
    return shift;
  });
}
