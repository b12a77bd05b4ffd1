import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDocument, type GraphDocument } from '../../../graph-schema/document.ts';
import type { Checked, ShownType } from '../../compiler/types.ts';
import { extentOf, pathBeside, pointAt, tangentAt, wireCurve } from './curve.ts';
import { assignHues, paintOf } from './index-hues.ts';
import { portHeight, ribbonOf, threadWidth } from './ribbon-threads.ts';

const type = (...axes: readonly (readonly [string, number | undefined])[]): ShownType => ({
  axes: axes.map(([name, size]) => ({ name, size, written: String(size ?? '') })),
});

describe('threads', () => {
  it('swell with the logarithm of the size, within bounds', () => {
    expect([1, 2, 4, 8].map((n) => Math.round(100 * threadWidth(n)))).toEqual([160, 215, 270, 325]);
    expect(threadWidth(2 ** 40)).toBe(threadWidth(2 ** 20));
    expect(threadWidth(undefined)).toBe(threadWidth(1));
  });

  it('lie side by side, around the middle, without touching', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sizes, (list) => {
        const { threads, height } = ribbonOf(type(...list.map((n, i) => [`i${i}`, n] as const)));
        const edges = threads.flatMap((t) => [t.offset - t.width / 2, t.offset + t.width / 2]);
        expect(edges).toEqual([...edges].sort((a, b) => a - b));
        expect(edges[0]).toBeCloseTo(-height / 2, 9);
        expect(edges.at(-1)).toBeCloseTo(height / 2, 9);
        expect(threads.reduce((sum, t) => sum + t.count, 0)).toBe(list.length);
        expect(threads.length).toBeLessThanOrEqual(8);
      }),
    );
  });

  it('make the port as tall as its ribbon', () => {
    const wide = type(['i', 64], ['j', 64], ['k', 64]);
    expect(portHeight(wide)).toBeGreaterThan(ribbonOf(wide).height);
    expect(portHeight(undefined)).toBe(portHeight(type()));
  });
});

describe('hues', () => {
  const documentOf = (...ids: string[]): GraphDocument => ({
    ...emptyDocument('hues'),
    nodes: Object.fromEntries(ids.map((id) => [id, { type: 'tensor', params: {} }])),
  });
  const checkedOf = (types: Readonly<Record<string, ShownType>>): Checked => ({
    nodes: Object.fromEntries(
      Object.entries(types).map(([id, out]) => [
        id,
        { inputs: [], outputs: [], inputTypes: {}, outputTypes: { out }, summary: '' },
      ]),
    ),
    edges: {},
    diagnostics: [],
    order: [],
  });

  it('go to names in order of appearance, and none to the batch', () => {
    const checked = checkedOf({ b: type(['k', 1]), a: type(['batch', 64], ['i', 2], ['j', 3]) });
    expect([...assignHues(documentOf('a', 'b'), checked)]).toEqual([
      ['i', 0],
      ['j', 1],
      ['k', 2],
    ]);
  });

  it('stay with a name while others come and go', () => {
    const document = documentOf('a');
    const first = assignHues(document, checkedOf({ a: type(['i', 1], ['j', 1], ['k', 1]) }));
    const second = assignHues(
      document,
      checkedOf({ a: type(['k', 1], ['j', 1], ['m', 1], ['n', 1]) }),
      first,
    );
    expect(Object.fromEntries(second)).toEqual({ j: 1, k: 2, m: 0, n: 3 });
    expect(assignHues(document, checkedOf({ a: type(['n', 1], ['m', 1], ['k', 1], ['j', 1]) }), second)).toBe(
      second,
    );
  });

  it('come again dashed after the sixth', () => {
    const names = Array.from('abcdefgh', (name) => [name, 1] as const);
    const hues = assignHues(documentOf('a'), checkedOf({ a: type(...names) }));
    const paints = names.map(([name]) => paintOf(hues, name));
    expect(paints[6]).toEqual({ color: paints[0]?.color, dash: expect.any(String) });
    expect(new Set(paints.map((p) => `${p.color} ${p.dash}`)).size).toBe(8);
  });
});

describe('the course of a wire', () => {
  const place = fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -600, max: 600 }) });
  const numbers = (path: string) => (path.match(/-?[\d.]+/g) ?? []).map(Number);

  it('leaves and arrives level, and a thread begins and ends beside it', () => {
    fc.assert(
      fc.property(place, place, fc.integer({ min: -12, max: 12 }), (from, to, offset) => {
        fc.pre(from.x !== to.x);
        const curve = wireCurve(from, to);
        const path = numbers(pathBeside(curve, offset));
        expect(path[0]).toBeCloseTo(from.x, 1);
        expect(path[1]).toBeCloseTo(from.y + offset, 1);
        expect(path.at(-2)).toBeCloseTo(to.x, 1);
        expect(path.at(-1)).toBeCloseTo(to.y + offset, 1);
        expect(tangentAt(curve, 0).y).toBeCloseTo(0, 9);
        expect(tangentAt(curve, 1).y).toBeCloseTo(0, 9);
      }),
    );
  });

  it('keeps a thread at its distance all along', () => {
    const curve = wireCurve({ x: 0, y: 0 }, { x: 240, y: 180 });
    const path = numbers(pathBeside(curve, 6));
    // The joints of the pieces: every third point after the start.
    const joints = [0, 1, 2, 3, 4].map((k) => ({ x: path[6 * k] as number, y: path[6 * k + 1] as number }));
    for (const joint of joints) {
      const distances = Array.from({ length: 401 }, (_, i) => pointAt(curve, i / 400)).map((p) =>
        Math.hypot(p.x - joint.x, p.y - joint.y),
      );
      expect(Math.min(...distances)).toBeCloseTo(6, 1);
    }
  });

  it('fills a rectangle that reaches beyond both ends when it runs backwards', () => {
    const [from, to] = [
      { x: 300, y: 0 },
      { x: 0, y: 200 },
    ];
    const forwards = extentOf(wireCurve(to, from));
    expect([forwards.x, forwards.y, forwards.width, forwards.height]).toEqual([0, 0, 300, 200]);
    const backwards = extentOf(wireCurve(from, to));
    expect(backwards.x).toBeLessThan(-20);
    expect(backwards.x + backwards.width).toBeGreaterThan(320);
  });
});
