/** A small picture of a graph: its cards where the layout has them, its wires thread by thread. */

import type { GraphDocument } from '../../../graph-schema/document.ts';
import { registryOf } from '../../catalogue/index.ts';
import { check } from '../../compiler/index.ts';
import { type LevelView, viewOf } from '../../editor/level-view.ts';
import { RectIndex } from '../canvas/geometry/rect-index.ts';
import { courseBetween } from '../canvas/geometry/wire-course.ts';
import { type CardLayout, layoutCard } from '../canvas/model/card-layout.ts';
import { drawingOf } from '../canvas/model/node-look.ts';
import { titleOf } from '../parts/node-title.ts';
import { type Course, extentOf, pathBeside } from '../ribbon/curve.ts';
import { assignHues, type Hues, paintOf } from '../ribbon/index-hues.ts';
import { ribbonOf } from '../ribbon/ribbon-threads.ts';

export interface Thumbnail {
  readonly box: Rect;
  /** Units of the graph to a pixel of the picture. */
  readonly unit: number;
  readonly cards: readonly (Rect & {
    readonly id: string;
    readonly category: string;
    readonly glyph: string;
  })[];
  readonly threads: readonly {
    readonly id: string;
    readonly path: string;
    readonly color: string;
    readonly width: number;
  }[];
}

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The size of the picture on the screen, in pixels, and the air around the graph, in its units. */
export const PICTURE = { width: 224, height: 118 };
const MARGIN = 16;
/** Threads get thinner more slowly than the picture gets smaller, so that their colours are still seen. */
const THINNING = 2.1;

interface Placed extends Rect {
  readonly layout: CardLayout;
  readonly category: string;
  readonly glyph: string;
}

export function thumbnailOf(document: GraphDocument): Thumbnail {
  const checked = check(document);
  const view = viewOf(document, checked, []);
  const placed = placeCards(document, view);
  const curves = curvesOf(document, placed);
  const box = boxAround([...placed.values(), ...[...curves.values()].map(extentOf)]);
  const unit = Math.max(box.width / PICTURE.width, box.height / PICTURE.height);
  const cards = [...placed].map(([id, { layout, ...card }]) => ({ id, ...card }));
  return {
    box,
    unit,
    cards,
    threads: threadsOf(view, assignHues(document, checked), curves, Math.max(1, unit / THINNING)),
  };
}

function placeCards(document: GraphDocument, view: LevelView): Map<string, Placed> {
  const registry = registryOf(document);
  const placed = new Map<string, Placed>();
  for (const [id, node] of Object.entries(document.nodes)) {
    const known = view.node(id);
    const place = document.layout.nodes[id];
    if (!known || !place) continue;
    const definition = registry.of(node);
    const category = definition?.category;
    const title = titleOf(id, node, registry, 'en');
    const layout = layoutCard({ title, category, drawing: drawingOf(definition), checked: known });
    placed.set(id, {
      x: place.x,
      y: place.y,
      width: layout.width,
      height: layout.height,
      layout,
      category: category ?? 'unknown',
      glyph: definition?.glyph ?? '?',
    });
  }
  return placed;
}

/** The wires that begin and end at ports that are there. */
function curvesOf(document: GraphDocument, placed: ReadonlyMap<string, Placed>): Map<string, Course> {
  const curves = new Map<string, Course>();
  const cards = new RectIndex(placed.values());
  for (const [id, { from, to }] of Object.entries(document.edges)) {
    const [source, target] = [placed.get(from.node), placed.get(to.node)];
    const output = source?.layout.outputs.find((p) => p.name === from.port);
    const input = target?.layout.inputs.find((p) => p.name === to.port);
    if (!source || !target || !output || !input) continue;
    const ends = {
      from: { x: source.x + source.width, y: source.y + output.y },
      to: { x: target.x, y: target.y + input.y },
      thickness: 0,
    };
    curves.set(id, courseBetween(ends, cards));
  }
  return curves;
}

function threadsOf(
  view: LevelView,
  hues: Hues,
  curves: ReadonlyMap<string, Course>,
  scale: number,
): Thumbnail['threads'] {
  return [...curves].flatMap(([id, line]) => {
    const type = view.edge(id);
    if (!type || type.axes.length === 0)
      return [{ id, path: pathBeside(line, 0), color: 'var(--soft)', width: scale }];
    return ribbonOf(type).threads.map((thread) => ({
      id: `${id} ${thread.name}`,
      path: pathBeside(line, thread.offset * scale),
      color: paintOf(hues, thread.name).color,
      width: thread.width * scale,
    }));
  });
}

function boxAround(rects: readonly Rect[]): Rect {
  if (rects.length === 0) return { x: 0, y: 0, ...PICTURE };
  const x = Math.min(...rects.map((r) => r.x)) - MARGIN;
  const y = Math.min(...rects.map((r) => r.y)) - MARGIN;
  const right = Math.max(...rects.map((r) => r.x + r.width)) + MARGIN;
  const bottom = Math.max(...rects.map((r) => r.y + r.height)) + MARGIN;
  return { x, y, width: right - x, height: bottom - y };
}
