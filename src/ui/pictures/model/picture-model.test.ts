import { describe, expect, it } from 'vitest';
import { contourOf, heightAt, levelsBetween, valleysOf } from './contours.ts';
import { padded, ticksOf } from './picture-ticks.ts';
import { atTime, evenly, linesAlong, momentsOf, pathsOf, pointsAt } from './tensors.ts';

const labels = (span: Parameters<typeof ticksOf>[0], count: number) =>
  ticksOf(span, count).map(({ label }) => label);

describe('ticks', () => {
  it('stand at 1, 2 or 5 times a power of ten, with the digits that tell them apart', () => {
    expect(labels({ from: -0.3, to: 1.1 }, 5)).toEqual(['0.0', '0.5', '1.0']);
    expect(labels({ from: 0, to: 0.037 }, 4)).toEqual(['0.00', '0.01', '0.02', '0.03']);
    expect(labels({ from: -250, to: 250 }, 5)).toEqual(['−200', '−100', '0', '100', '200']);
  });
  it('count what is counted in whole numbers', () => {
    expect(labels({ from: -0.5, to: 2.5, whole: true }, 9)).toEqual(['0', '1', '2']);
  });
  it('stand at powers of ten on a logarithmic axis, and between where there are few', () => {
    expect(labels({ from: 1e-4, to: 1, log: true }, 9)).toEqual(['10⁻⁴', '10⁻³', '10⁻²', '10⁻¹', '10⁰']);
    expect(labels({ from: 1e-8, to: 1, log: true }, 3).filter(Boolean)).toEqual(['10⁻⁶', '10⁻³', '10⁰']);
    expect(labels({ from: 0.03, to: 0.3, log: true }, 5)).toEqual(['0.05', '0.1', '0.2']);
    expect(labels({ from: -1, to: 1, log: true }, 5)).toEqual([]);
  });
  it('are none where there is no range', () => {
    expect(ticksOf({ from: 1, to: 1 }, 5)).toEqual([]);
    expect(ticksOf({ from: Number.NaN, to: 1 }, 5)).toEqual([]);
    expect(padded({ from: 2, to: 2 }, false)).toEqual({ from: 1, to: 3 });
    expect(padded({ from: 0, to: 0 }, false)).toEqual({ from: -1, to: 1 });
  });
});

describe('parts of tensors', () => {
  const moving = { axes: ['t', 'i'], shape: [3, 2], data: [0, 10, 1, 20, 4, 40] };
  it('are interpolated between two moments', () => {
    expect([...(atTime(moving, 0.25).data as Float64Array)]).toEqual([0.5, 15]);
    expect([...(atTime(moving, 1).data as Float64Array)]).toEqual([4, 40]);
    expect(atTime(moving, 1).axes).toEqual(['i']);
    expect(momentsOf(moving)).toBe(3);
  });
  it('are lines along an axis', () => {
    expect(linesAlong(moving, 0).map((line) => [...line])).toEqual([
      [0, 1, 4],
      [10, 20, 40],
    ]);
    expect(linesAlong(moving, 1, 2).map((line) => [...line])).toEqual([
      [0, 10],
      [1, 20],
    ]);
    expect(linesAlong({ axes: [], shape: [], data: [7] }, -1).map((line) => [...line])).toEqual([[7]]);
  });
  it('are paths of points, and points at a moment', () => {
    const two = { axes: ['t', 'body', 'xy'], shape: [2, 2, 2], data: [0, 1, 2, 3, 10, 11, 12, 13] };
    expect(pathsOf(two, 9)?.map(({ xs, ys }) => [[...xs], [...ys]])).toEqual([
      [
        [0, 10],
        [1, 11],
      ],
      [
        [2, 12],
        [3, 13],
      ],
    ]);
    expect([...pointsAt(two, 0.5, 9).xs]).toEqual([5, 7]);
    expect(pathsOf({ axes: ['k', 'xy'], shape: [1, 2], data: [0, 0] }, 9)).toBeUndefined();
  });
  it('are NaN where they were not sent', () => {
    expect([...(linesAlong({ axes: ['i'], shape: [3], data: [1] }, 0)[0] ?? [])]).toEqual([
      1,
      Number.NaN,
      Number.NaN,
    ]);
  });
});

describe('a potential over a grid', () => {
  const xs = evenly(21, -1, 1);
  const of = (u: (x: number, y: number) => number) => ({
    xs,
    ys: xs,
    heights: Float64Array.from({ length: 441 }, (_, k) =>
      u(xs[Math.floor(k / 21)] as number, xs[k % 21] as number),
    ),
  });
  it('has circles for contours where it is a bowl', () => {
    const ends = contourOf(
      of((x, y) => x * x + y * y),
      0.36,
    );
    expect(ends.length).toBeGreaterThan(100);
    for (let i = 0; i < ends.length; i += 2)
      expect(Math.hypot(ends[i] as number, ends[i + 1] as number)).toBeCloseTo(0.6, 2);
  });
  it('joins the sides of a saddle by the height of its middle', () => {
    const saddle = (middle: number) => ({
      xs: Float64Array.of(0, 1),
      ys: Float64Array.of(0, 1),
      heights: [1 + middle, -1, -1, 1 + middle],
    });
    // A middle above the level joins the high corners: each segment cuts off a low one.
    expect(contourOf(saddle(0.5), 0)).toEqual([0, 0.6, 0.4, 1, 0.6, 0, 1, 0.4]);
    expect(contourOf(saddle(-0.5), 0)).toEqual(
      [0, 1 / 3, 1 / 3, 0, 2 / 3, 1, 1, 2 / 3].map((x) => expect.closeTo(x)),
    );
  });
  it('is linear between its points', () => {
    const plane = of((x, y) => 2 * x - y);
    expect(heightAt(plane, 0.123, -0.456)).toBeCloseTo(0.702);
    expect(heightAt({ xs: Float64Array.of(0, 1, 3), ys: new Float64Array(1), heights: [0, 2, 6] }, 2)).toBe(
      4,
    );
  });
  it('has its valleys', () => {
    const wells = of((x, y) => (x * x - 0.25) ** 2 + y * y);
    expect(valleysOf(wells).map(([x, y]) => [x, y])).toEqual(
      [
        [-0.5, 0],
        [0.5, 0],
      ].map((at) => at.map((x) => expect.closeTo(x))),
    );
    expect(valleysOf({ xs: evenly(5, -2, 2), ys: new Float64Array(1), heights: [4, 1, 0, 1, 4] })).toEqual([
      [0, 0, 0],
    ]);
  });
  it('has lines that are evenly apart where it is a bowl', () => {
    expect(levelsBetween(0, 16, 3)).toEqual([1, 4, 9]);
  });
});
