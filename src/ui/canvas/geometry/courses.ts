/** The courses of a model's wires: straight to where they go, or around the cards that lie in between. */
import type { GraphEdge } from '../../../../graph-schema/document.ts';
import type { LevelView } from '../../../editor/index.ts';
import { type Course, wireCurve } from '../../ribbon/curve.ts';
import { ribbonOf } from '../../ribbon/ribbon-threads.ts';
import type { CardLayout } from '../model/card-layout.ts';
import type { ViewModel } from '../model/view-model.ts';
import type { Rect } from './rect.ts';
import { RectIndex } from './rect-index.ts';
import { rounded } from './rounded.ts';
import { findRoute, type WireEnds } from './route.ts';
import { courseAt, straightCourse } from './wire-course.ts';
import { inLanes, type RoutedWire } from './wire-lanes.ts';

/** By wire. */
export type Courses = ReadonlyMap<string, Course>;

type LayoutOf = (node: string) => CardLayout | undefined;

/** The ends of a wire by the model; undefined for one to or from a port that is not there. */
export function endsOfWire(
  model: ViewModel,
  id: string,
  layoutOf: LayoutOf = (node) => model.body(node)?.layout,
): WireEnds | undefined {
  const { view } = model.state;
  const { from, to } = view.graph.edges[id] as GraphEdge;
  const output = layoutOf(from.node)?.outputs.find((port) => port.name === from.port);
  const input = layoutOf(to.node)?.inputs.find((port) => port.name === to.port);
  if (!output || !input) return undefined;
  const [source, target] = [model.place(from.node), model.place(to.node)];
  const type = view.edge(id);
  return {
    from: { x: source.x + source.width, y: source.y + output.y },
    to: { x: target.x, y: target.y + input.y },
    thickness: type ? ribbonOf(type).height : 0,
  };
}

/** The courses of all wires of a level, where they have been worked out. */
const known = new WeakMap<LevelView, Courses>();

/** The cards of a model as obstacles; one index for as long as they lie where they do. */
const indexes = new WeakMap<object, RectIndex>();

export function obstaclesOf(model: ViewModel): RectIndex {
  let index = indexes.get(model.arrangement);
  if (!index) {
    index = new RectIndex(model.cards.map((id) => model.place(id)));
    indexes.set(model.arrangement, index);
  }
  return index;
}

/** The course of a wire by the model: for what is worked out of wires that are not drawn one by one. */
export function courseOfWire(model: ViewModel, id: string): Course | undefined {
  const ends = endsOfWire(model, id);
  if (!ends) return undefined;
  return courseAt(ends, known.get(model.state.view)?.get(id), () => obstaclesOf(model));
}

/** The courses of all wires, those that go around cards in lanes of their own. A step for each card and wire. */
export function* coursesOf(model: ViewModel): Generator<void, Courses> {
  const rects: Rect[] = [];
  const layouts = new Map<string, CardLayout | undefined>();
  for (const id of model.cards) {
    // Each with the size that it has now.
    layouts.set(id, model.body(id)?.layout);
    rects.push(model.place(id));
    yield;
  }
  const cards = new RectIndex(rects);
  const courses = new Map<string, Course>();
  const routed: RoutedWire[] = [];
  for (const id of model.wires) {
    yield;
    const ends = endsOfWire(model, id, (node) => layouts.get(node));
    if (!ends) continue;
    const direct = straightCourse(ends, cards);
    const points = direct ? undefined : findRoute(ends, cards);
    courses.set(id, direct ?? wireCurve(ends.from, ends.to));
    if (points) routed.push({ id, points, thickness: ends.thickness });
  }
  yield;
  for (const [i, points] of inLanes(routed, cards).entries())
    courses.set((routed[i] as RoutedWire).id, rounded(points));
  known.set(model.state.view, courses);
  return courses;
}
