/** A small picture of a graph: its cards where the layout has them, its wires thread by thread. */
import { catalogue } from '../../catalogue/index.ts';
import type { Checked } from '../../compiler/types.ts';
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { type CardLayout, layoutCard } from '../canvas/layout.ts';
import { drawingOf, titleOf } from '../canvas/node-look.ts';
import { course, pathBeside } from '../ribbon/curve.ts';
import { assignHues, paintOf } from '../ribbon/hues.ts';
import { ribbonOf } from '../ribbon/threads.ts';

export interface Thumbnail {
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly cards: readonly (Rect & { readonly id: string; readonly category: string })[];
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

const MARGIN = 24;

export function thumbnailOf(document: GraphDocument, checked: Checked): Thumbnail {
  const hues = assignHues(document, checked);
  const placed = new Map<string, Rect & { readonly layout: CardLayout; readonly category: string }>();
  for (const [id, node] of Object.entries(document.nodes)) {
    const known = checked.nodes[id];
    const place = document.layout.nodes[id];
    if (!known || !place) continue;
    const definition = catalogue.find((d) => d.type === node.type);
    const layout = layoutCard({
      title: titleOf(node, 'en'),
      category: definition?.category,
      drawing: drawingOf(definition),
      checked: known,
    });
    const { width, height } = layout;
    placed.set(id, { x: place.x, y: place.y, width, height, layout, category: definition?.category ?? '' });
  }

  const threads = Object.entries(document.edges).flatMap(([id, { from, to }]) => {
    const [source, target] = [placed.get(from.node), placed.get(to.node)];
    const output = source?.layout.outputs.find((p) => p.name === from.port);
    const input = target?.layout.inputs.find((p) => p.name === to.port);
    if (!source || !target || !output || !input) return [];
    const line = course(
      { x: source.x + source.width, y: source.y + output.y },
      { x: target.x, y: target.y + input.y },
    );
    const ribbon = checked.edges[id];
    if (!ribbon || ribbon.axes.length === 0)
      return [{ id, path: pathBeside(line, 0), color: 'var(--soft)', width: 2 }];
    return ribbonOf(ribbon).threads.map((thread) => ({
      id: `${id} ${thread.name}`,
      path: pathBeside(line, thread.offset),
      color: paintOf(hues, thread.name).color,
      width: thread.width + 1,
    }));
  });

  const rects = [...placed.values()];
  const left = Math.min(...rects.map((r) => r.x)) - MARGIN;
  const top = Math.min(...rects.map((r) => r.y)) - MARGIN;
  const right = Math.max(...rects.map((r) => r.x + r.width)) + MARGIN;
  const bottom = Math.max(...rects.map((r) => r.y + r.height)) + MARGIN;
  const cards = [...placed].map(([id, { x, y, width, height, category }]) => ({
    id,
    x,
    y,
    width,
    height,
    category,
  }));
  const box = rects.length > 0 ? { x: left, y: top, width: right - left, height: bottom - top } : empty;
  return { box, cards, threads };
}

const empty = { x: 0, y: 0, width: 100, height: 60 };
