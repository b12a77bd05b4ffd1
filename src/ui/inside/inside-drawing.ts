/** The inside of a node as cards and ribbons: how large each card is, where it goes, how its wires run. Canvas units. */
import type { ShownType } from '../../compiler/types.ts';
import type { InsideCard, InsideGraph, InsidePhase, InsideValue } from '../../worker/protocol.ts';
import { type LabelPlace, labelPoint, placeLabels } from '../canvas/geometry/label-places.ts';
import { around, type Rect } from '../canvas/geometry/rect.ts';
import { RectIndex } from '../canvas/geometry/rect-index.ts';
import { rounded } from '../canvas/geometry/rounded.ts';
import { findRoute } from '../canvas/geometry/route.ts';
import { straightCourse } from '../canvas/geometry/wire-course.ts';
import { inLanes, type RoutedWire } from '../canvas/geometry/wire-lanes.ts';
import { textWidth } from '../canvas/model/card-layout.ts';
import { type Layouter, layeredLayout } from '../layout/layered-layout.ts';
import type { LayoutCard, LayoutGraph } from '../layout/layout-graph.ts';
import { type Course, type CurvePoint, extentOf, wireCurve } from '../ribbon/curve.ts';
import { labelWidth } from '../ribbon/RibbonLabel.tsx';
import { portHeight, ribbonOf } from '../ribbon/ribbon-threads.ts';
import { atOnce } from '../worker/slices.ts';

/** What stands on a card. */
export interface CardWords {
  readonly title: string;
  /** What it does, and where it comes from or goes to. */
  readonly lines: readonly string[];
}

export interface PlacedInsideCard extends Rect {
  readonly card: InsideCard;
  readonly words: CardWords;
  readonly inputs: readonly { readonly name: string; readonly y: number; readonly height: number }[];
  /** Of its output. */
  readonly output: { readonly y: number; readonly height: number } | undefined;
}

export interface PlacedInsideWire {
  readonly id: string;
  readonly value: number;
  readonly from: string;
  readonly to: string;
  readonly type: ShownType;
  readonly course: Course;
  readonly label: CurvePoint | undefined;
}

export interface InsideDrawing {
  readonly cards: readonly PlacedInsideCard[];
  readonly wires: readonly PlacedInsideWire[];
  readonly bounds: Rect;
}

export const typeOfValue = ({ shape, axes }: InsideValue): ShownType => ({
  axes: shape.map((size, i) => ({ name: axes[i] ?? '', size, written: String(size) })),
});

const portGap = 12;
const lineHeight = 17;
const head = 30;

function sized(card: InsideCard, words: CardWords, graph: InsideGraph) {
  const own = graph.wires.filter(({ to }) => to === card.id);
  const typeOf = (value: number) => typeOfValue(graph.values[value] as InsideValue);
  const heights = card.inputs.map((name) => {
    const wire = own.find(({ input }) => input === name);
    return portHeight(wire && typeOf(wire.value));
  });
  const stacked = heights.reduce((sum, height) => sum + height + portGap, portGap);
  const height = Math.round(Math.max(head + words.lines.length * lineHeight + 12, stacked, 50));
  let top = (height - stacked) / 2 + portGap;
  const inputs = card.inputs.map((name, k) => {
    const tall = heights[k] as number;
    const y = Math.round(top + tall / 2);
    top += tall + portGap;
    return { name, y, height: tall };
  });
  const widths = [textWidth(words.title, 13) * 1.12, ...words.lines.map((line) => textWidth(line, 12.5))];
  const gives = card.kind !== 'result' && card.kind !== 'gradient';
  return {
    width: Math.round(Math.min(300, Math.max(96, Math.max(...widths) + 44))),
    height,
    inputs,
    output: gives ? { y: Math.round(height / 2), height: portHeight(typeOf(card.value)) } : undefined,
  };
}

/** One phase of it, laid out as Tidy lays out a graph. */
export async function drawInside(
  graph: InsideGraph,
  phase: InsidePhase,
  wordsOf: (card: InsideCard) => CardWords,
  layout: Layouter,
): Promise<InsideDrawing> {
  const shown = graph.cards.filter((card) => card.phase === phase);
  const sizes = new Map(shown.map((card) => [card.id, sized(card, wordsOf(card), graph)]));
  const wires = graph.wires.filter(({ to }) => sizes.has(to));
  const types = wires.map(({ value }) => typeOfValue(graph.values[value] as InsideValue));
  const asked: LayoutGraph = {
    cards: [...sizes].map(
      ([id, { width, height, inputs, output }]): LayoutCard => ({
        ...{ id, width, height, inputs },
        outputs: output ? [{ name: 'out', y: output.y }] : [],
      }),
    ),
    wires: wires.map(({ from, to, input }, i) => ({
      from: { node: from, port: 'out' },
      to: { node: to, port: input },
      label: labelWidth(types[i] as ShownType),
      thickness: ribbonOf(types[i] as ShownType).height,
    })),
  };
  const places = await layeredLayout(asked, 'right', layout);
  const cards = shown.map((card): PlacedInsideCard => {
    const size = sizes.get(card.id) as ReturnType<typeof sized>;
    return { ...size, ...(places[card.id] ?? { x: 0, y: 0 }), card, words: wordsOf(card) };
  });
  const byId = new Map(cards.map((placed) => [placed.card.id, placed]));
  const ends = wires.map(({ from, to, input }, i) => {
    const [source, target] = [byId.get(from) as PlacedInsideCard, byId.get(to) as PlacedInsideCard];
    const port = target.inputs.find(({ name }) => name === input);
    return {
      from: { x: source.x + source.width, y: source.y + (source.output?.y ?? 0) },
      to: { x: target.x, y: target.y + (port?.y ?? 0) },
      thickness: ribbonOf(types[i] as ShownType).height,
    };
  });
  const courses = coursesBetween(ends, new RectIndex(cards));
  const labelled = wires.map((_, i) => {
    const type = types[i] as ShownType;
    const thickness = ribbonOf(type).height;
    return { id: String(i), course: courses[i] as Course, thickness, width: labelWidth(type) };
  });
  const labels = atOnce(placeLabels(labelled, cards));
  const placed = wires.map(({ from, to, value }, i): PlacedInsideWire => {
    const { course, thickness, width } = labelled[i] as (typeof labelled)[number];
    const at: LabelPlace | undefined = labels.get(String(i));
    const label = at && labelPoint(course, at, thickness, width);
    return { id: String(i), value, from, to, type: types[i] as ShownType, course, label };
  });
  const rects: readonly Rect[] = [...cards, ...courses.map(extentOf)];
  return {
    cards,
    wires: placed,
    bounds: rects.reduce(around, rects[0] ?? { x: 0, y: 0, width: 1, height: 1 }),
  };
}

function coursesBetween(ends: readonly Parameters<typeof findRoute>[0][], cards: RectIndex): Course[] {
  const routed: RoutedWire[] = [];
  const courses = ends.map((wire, i) => {
    const direct = straightCourse(wire, cards);
    const points = direct ? undefined : findRoute(wire, cards);
    if (points) routed.push({ id: String(i), points, thickness: wire.thickness });
    return direct ?? wireCurve(wire.from, wire.to);
  });
  for (const [k, points] of inLanes(routed, cards).entries())
    courses[Number(routed[k]?.id)] = rounded(points);
  return courses;
}
