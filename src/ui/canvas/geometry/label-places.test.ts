import { describe, expect, it } from 'vitest';
import { type Course, wireCurve } from '../../ribbon/curve.ts';
import { atOnce } from '../../worker/slices.ts';
import { labelPoint, placeLabels } from './label-places.ts';

const wire = (id: string, course: Course) => ({ id, course, thickness: 6, width: 60 });
const level = wireCurve({ x: 0, y: 0 }, { x: 400, y: 0 });

describe('labels of wires', () => {
  it('stands in the middle, above its wire, where nothing is in the way', () => {
    expect(atOnce(placeLabels([wire('a', level)], [])).get('a')).toEqual({ at: 0.5, below: false });
    expect(labelPoint(level, { at: 0.5, below: false }, 6, 60).y).toBeLessThan(-10);
  });

  it('spreads the labels of wires that run together', () => {
    const curves = [0, 12, 24, 36].map((y) => wireCurve({ x: 0, y: 0 }, { x: 500, y }));
    const places = atOnce(
      placeLabels(
        curves.map((curve, i) => wire(`w${i}`, curve)),
        [],
      ),
    );
    const boxes = curves.flatMap((curve, i) => {
      const at = places.get(`w${i}`);
      return at === undefined ? [] : [labelPoint(curve, at, 6, 60)];
    });
    expect(boxes.length).toBeGreaterThan(2);
    boxes.forEach((a, i) => {
      for (const b of boxes.slice(i + 1))
        expect(Math.abs(a.x - b.x) >= 60 || Math.abs(a.y - b.y) >= 19).toBe(true);
    });
  });

  it('leaves out what would cover a card, and what has no room on its wire', () => {
    const card = { x: -50, y: -100, width: 600, height: 200 };
    expect(atOnce(placeLabels([wire('a', level)], [card])).has('a')).toBe(false);
    const short = wireCurve({ x: 0, y: 0 }, { x: 50, y: 0 });
    expect(atOnce(placeLabels([wire('a', short)], [])).has('a')).toBe(false);
  });
});
