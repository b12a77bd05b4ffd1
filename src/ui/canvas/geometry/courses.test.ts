import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laidOut, residualStack } from '../../../../test/bench/residual-stack.ts';
import { createEditor } from '../../../editor/index.ts';
import { type Course, type CurvePoint, pathBeside, pointsOf, tangentAt } from '../../ribbon/curve.ts';
import { atOnce } from '../../worker/slices.ts';
import { createViewModel } from '../model/view-model.ts';
import { courseOfWire, coursesOf } from './courses.ts';

import type { Rect } from './rect.ts';
import { RectIndex } from './rect-index.ts';
import { rounded } from './rounded.ts';
import { findRoute } from './route.ts';
import { courseAt, courseBetween } from './wire-course.ts';
import { inLanes } from './wire-lanes.ts';

const ends = (x0: number, y0: number, x1: number, y1: number, thickness = 6) => ({
  from: { x: x0, y: y0 },
  to: { x: x1, y: y1 },
  thickness,
});
const rect = (x: number, y: number, width = 100, height = 80): Rect => ({ x, y, width, height });

/** Points of a course that lie in one of these. */
const inside = (course: Course, rects: readonly Rect[]): CurvePoint[] =>
  pointsOf(course).filter(({ x, y }) =>
    rects.some((r) => x > r.x && x < r.x + r.width && y > r.y && y < r.y + r.height),
  );

describe('the course of a wire', () => {
  it('is one curve where no card lies on it', () => {
    expect(courseBetween(ends(100, 40, 300, 120), new RectIndex([rect(0, 0), rect(300, 80)]))).toHaveLength(
      1,
    );
  });

  it('goes around a card that lies between, at a distance', () => {
    const cards = [rect(0, 0), rect(200, 0), rect(400, 0)];
    const route = findRoute(ends(100, 40, 400, 40), new RectIndex(cards))!;
    // 17 from the card, half of the ribbon and 14, beside it as below it.
    expect(route).toEqual([
      { x: 100, y: 40 },
      { x: 183, y: 40 },
      { x: 183, y: 97 },
      { x: 317, y: 97 },
      { x: 317, y: 40 },
      { x: 400, y: 40 },
    ]);
    const course = courseBetween(ends(100, 40, 400, 40), new RectIndex(cards));
    expect(inside(course, cards)).toEqual([]);
  });

  it('goes back between two rows, into its card from beside', () => {
    const cards = [rect(400, 0), rect(0, 200)];
    const course = courseBetween(ends(500, 40, 0, 240), new RectIndex(cards));
    expect(inside(course, cards)).toEqual([]);
    expect(tangentAt(course, 0)).toEqual({ x: 1, y: 0 });
    expect(tangentAt(course, 1)).toEqual({ x: 1, y: 0 });
    const level = pointsOf(course).filter(({ x }) => x > 100 && x < 400);
    for (const { y } of level) expect(y > 80 && y < 200).toBe(true);
  });

  it('squeezes through where cards stand close, and swings over where they bar every way', () => {
    const close = [rect(0, 0), rect(120, -400, 100, 460), rect(120, 70, 100, 400), rect(240, 0)];
    const course = courseBetween(ends(100, 40, 240, 40, 4), new RectIndex(close));
    expect(inside(course, close)).toEqual([]);
    const barred = [rect(0, 0), rect(101, -2000, 10, 4000), rect(240, 0)];
    expect(courseBetween(ends(100, 40, 240, 40), new RectIndex(barred))).toHaveLength(1);
  });

  it('follows its ends by less than a pixel, and is found anew when they move', () => {
    const cards = () => new RectIndex([rect(200, 0)]);
    const found = courseBetween(ends(100, 40, 400, 40), cards());
    const drawn = courseAt(ends(100, 40.8, 400, 40.8), found, cards);
    expect(drawn[0]![0]).toEqual({ x: 100, y: 40.8 });
    expect(drawn).toHaveLength(found.length);
    expect(courseAt(ends(100, 300, 400, 300), found, cards)).toHaveLength(1);
  });

  it('lies on no card, wherever cards stand apart, and its threads begin and end beside it', () => {
    const cell = fc.record({ x: fc.integer({ min: 0, max: 40 }), y: fc.integer({ min: 0, max: 40 }) });
    const grid = fc.array(cell, { minLength: 9, maxLength: 9 });
    const pick = fc.integer({ min: 0, max: 8 });
    fc.assert(
      fc.property(grid, pick, pick, (offsets, a, b) => {
        fc.pre(a !== b);
        const cards = offsets.map(({ x, y }, i) => rect((i % 3) * 220 + x, Math.floor(i / 3) * 200 + y));
        const [source, target] = [cards[a]!, cards[b]!];
        const wire = ends(source.x + 100, source.y + 40, target.x, target.y + 40);
        const course = courseBetween(wire, new RectIndex(cards));
        expect(inside(course, cards)).toEqual([]);
        const numbers = (pathBeside(course, 2).match(/-?[\d.]+/g) ?? []).map(Number);
        expect(numbers[1]).toBeCloseTo(wire.from.y + 2, 1);
        expect(numbers.at(-1)).toBeCloseTo(wire.to.y + 2, 1);
      }),
    );
  });
});

describe('lanes', () => {
  it('lie beside each other in the middle of their room, and cross as little as can be', () => {
    // Two wires that turn from one row back to the next, one around the other.
    const cards = [rect(400, 0), rect(400, 300), rect(0, 0), rect(0, 300)];
    const index = new RectIndex(cards);
    const wires = [ends(500, 30, 0, 330), ends(500, 50, 0, 350)].map((wire, i) => ({
      id: `w${i}`,
      thickness: 6,
      points: findRoute(wire, index)!,
    }));
    const ways = inLanes(wires, index);
    const level = ways.map((way) => way[2]!.y);
    // 80 to 300 is the room; a ribbon of 6, 9 between.
    expect(Math.abs(level[0]! - level[1]!)).toBeGreaterThanOrEqual(15);
    for (const way of ways) expect(inside(rounded(way), cards)).toEqual([]);
  });

  it('are the same for the same wires, in whatever order cards are found', () => {
    const cards = [rect(0, 0), rect(200, 0), rect(400, 0), rect(200, 160), rect(400, 160)];
    const wires = [ends(100, 30, 400, 30), ends(100, 50, 400, 190)];
    const ways = (order: readonly Rect[]) => {
      const index = new RectIndex(order);
      return inLanes(
        wires.map((wire, i) => ({ id: `w${i}`, thickness: 6, points: findRoute(wire, index)! })),
        index,
      );
    };
    expect(ways([...cards].reverse())).toEqual(ways(cards));
  });
});

describe('a thousand cards', () => {
  const model = createViewModel()(createEditor(laidOut(residualStack(1000))).getState(), 'en');

  it('have a course for every wire, by one and all at once the same ends', () => {
    const alone = new Map(model.wires.map((id) => [id, courseOfWire(model, id)!]));
    const together = atOnce(coursesOf(model));
    for (const [id, course] of together) {
      expect(course[0]![0]).toEqual(alone.get(id)![0]![0]);
      expect(course.at(-1)![3]).toEqual(alone.get(id)!.at(-1)![3]);
    }
    const rects = model.cards.map((id) => model.place(id));
    expect([...together.values()].filter((course) => inside(course, rects).length > 0)).toEqual([]);
  });
});
