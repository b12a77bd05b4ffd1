import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPatches, patchesBetween } from './patches.ts';

const data = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(0, 1, 'x', null),
    fc.array(fc.nat(2), { maxLength: 2 }),
    tie('record'),
  ),
  record: fc.dictionary(fc.constantFrom('a', 'b', 'c', '1', '2'), tie('value')),
})).value;

describe('patches', () => {
  it('make the newer of the older, in the same order of keys', () => {
    fc.assert(
      fc.property(data, data, (before, after) => {
        const made = applyPatches(before, patchesBetween(before, after));
        expect(JSON.stringify(made)).toBe(JSON.stringify(after));
      }),
    );
  });

  it('speak of what has changed, and leave everything else the same object', () => {
    const before = { nodes: { a: { type: 'x' }, b: { type: 'y' } }, layout: { a: { x: 1 } } };
    const after = { ...before, nodes: { ...before.nodes, b: { type: 'z' }, c: { type: 'w' } } };
    const patches = patchesBetween(before, after);
    expect(patches).toEqual([
      { path: ['nodes', 'b', 'type'], value: 'z' },
      { path: ['nodes', 'c'], value: { type: 'w' } },
    ]);
    const mirror = structuredClone(before);
    const made = applyPatches(mirror, patches) as typeof after;
    expect(made).toEqual(after);
    expect(made.nodes.a).toBe(mirror.nodes.a);
    expect(made.layout).toBe(mirror.layout);
    expect(mirror).toEqual(before);
  });

  it('take a key away, and put one in the middle by the whole', () => {
    expect(patchesBetween({ a: 1, b: 2 }, { b: 2 })).toEqual([{ path: ['a'], gone: true }]);
    expect(patchesBetween({ n: { a: 1, c: 3 } }, { n: { a: 1, b: 2, c: 3 } })).toEqual([
      { path: ['n'], value: { a: 1, b: 2, c: 3 } },
    ]);
  });
});
