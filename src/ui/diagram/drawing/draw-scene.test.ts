import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagramOf } from '../einsum-diagram.test-support.ts';
import { layOutDiagram } from '../layout/lay-out-diagram.ts';
import type { NetworkDiagram } from '../model/network-diagram.ts';
import { type DiagramDrawing, drawScene } from './draw-scene.ts';
import { touches } from './place-diagram-labels.ts';
import { sceneOf } from './scene.ts';
import { pointOn } from './strand-curve.ts';

const drawn = (diagram: NetworkDiagram): DiagramDrawing =>
  drawScene(diagram, sceneOf(diagram, layOutDiagram(diagram)));

const rounded = (x: number) => Math.round(10 * x) / 10;

/** Lines that run through a shape that they do not end at, as `line shape`. */
function crossings({ lines, shapes }: DiagramDrawing, ends: (line: number) => readonly number[]): string[] {
  return lines.flatMap(({ curve }, l) =>
    shapes.flatMap(({ x, y, radius }, v) => {
      if (ends(l).includes(v)) return [];
      const nearest = Math.min(
        ...Array.from({ length: 33 }, (_, i) => {
          const p = pointOn(curve, i / 32);
          return Math.hypot(p.x - x, p.y - y);
        }),
      );
      return nearest < radius ? [`${l} ${v}`] : [];
    }),
  );
}

describe('drawScene', () => {
  it('draws two indices of one pair side by side, as far apart as they are thick', () => {
    const { lines } = drawn(diagramOf('ij,ij->', { sizes: { i: 1, j: 256 } }));
    // Widths 1.6 and 1.6 + 0.55 · 8, with 5 pixels between.
    expect(lines.map(({ width }) => rounded(width))).toEqual([1.6, 6]);
    const [first, second] = lines.map(({ curve: [a] }) => a.y);
    expect(rounded((second ?? 0) - (first ?? 0))).toBe(rounded(1.6 / 2 + 5 + 6 / 2));
  });

  it('draws a trace as a loop over its tensor, and names each index once', () => {
    const { lines, labels } = drawn(diagramOf('ii,xj,xk,xl->jkl'));
    const [loop] = lines;
    const [start, , , end] = loop?.curve ?? [];
    expect(start).toEqual(end);
    expect(loop && pointOn(loop.curve, 0.5).y).toBeLessThan((start?.y ?? 0) - 60);
    expect(labels.map(({ name }) => name).sort()).toEqual(['i', 'j', 'k', 'l', 'x']);
  });

  it('keeps everything in view, and lines off tensors that they do not end at', () => {
    const places = fc.array(fc.array(fc.nat(14), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 9,
    });
    fc.assert(
      fc.property(places, (axes) => {
        const used = [...new Set(axes.flat())];
        const diagram: NetworkDiagram = {
          tensors: axes.map((own, k) => ({
            name: `T${k}`,
            kind: 'general',
            axes: own.map((i) => used.indexOf(i)),
          })),
          indices: used.map((i) => ({ name: `i${i}`, size: 2, axis: `i${i}` })),
          output: [...used.keys()].filter((i) => i % 3 === 0),
        };
        const layout = layOutDiagram(diagram);
        const drawing = drawScene(diagram, sceneOf(diagram, layout));
        const { bounds, lines, shapes, labels } = drawing;
        for (const { x, y } of [...shapes, ...labels, ...lines.map(({ curve }) => pointOn(curve, 0.5))]) {
          expect(x > bounds.x && x < bounds.x + bounds.width).toBe(true);
          expect(y > bounds.y && y < bounds.y + bounds.height).toBe(true);
        }
        const ends = (l: number) => {
          const { from, to } = layout.skeleton.strands[l] ?? {};
          return [from, to].filter((v) => v !== undefined);
        };
        expect(crossings(drawing, ends)).toEqual([]);
        const covered = labels.filter((label) => {
          const own = 'vertex' in label.of ? label.of.vertex : -1;
          const box = { x: label.x - 6, y: label.y - 6, width: 12, height: 12 };
          return shapes.some((shape, v) => v !== own && touches(box, shape));
        });
        expect(covered.map(({ name }) => name)).toEqual([]);
      }),
    );
  });
});
