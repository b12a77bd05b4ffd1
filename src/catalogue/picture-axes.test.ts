import { describe, expect, it } from 'vitest';
import { sketch, tensor } from '../compiler/explain/sketches.ts';
import { check } from '../compiler/index.ts';
import { placeOfCurve, seriesPorts } from './picture-axes.ts';

/** What is told of a picture with these inputs. */
function told(type: string, inputs: Readonly<Record<string, string>>, params = {}): string[] {
  const nodes = Object.fromEntries(
    Object.entries(inputs).map(([port, axes]) => [
      `in-${port}`,
      axes === '' ? { type: 'tensor', params: { axes: [] } } : tensor(axes),
    ]),
  );
  const wires = Object.keys(inputs).map((port) => `in-${port}.out > picture.${port}`);
  const { diagnostics } = check(sketch({ ...nodes, picture: { type, params } }, wires));
  return diagnostics.map(({ code, port }) => `${code} ${port ?? ''}`.trim());
}

describe('inputs of pictures', () => {
  it.each([
    ['plot', { x: 'k 3', a: 't 4, k 3', b: '' }, []],
    ['plot', { x: 't 4', a: 't 4, k 3' }, []],
    ['plot', { x: 'k 3', a: 'k 4' }, ['size-conflict x']],
    ['plot', { x: 'i 2, k 3', a: 'k 3' }, ['rank-mismatch x']],
    ['histogram-picture', { bars: 'bin 5', edges: 'edge 6', density: 'k 9', x: 'k 9' }, []],
    ['histogram-picture', { bars: 'bin 5', edges: 'edge 5' }, ['size-conflict edges']],
    ['histogram-picture', { bars: 'i 2, bin 5' }, ['rank-mismatch bars']],
    ['landscape', { potential: 'x 5', a: 't 3, chain 7' }, []],
    ['landscape', { potential: 'x 5, y 4', a: 't 3, chain 7' }, ['not-coordinates a']],
    ['landscape', { potential: 'x 5, y 4, z 3' }, ['rank-mismatch potential']],
    ['landscape', { potential: 'x 5, y 4', y: 'y 5' }, ['size-conflict y']],
    ['phase-portrait', { field: 't 2, x 5, y 4, xy 2', a: 't 9, start 3, xy 2' }, []],
    ['phase-portrait', { field: 'x 5, xy 2' }, ['rank-mismatch field']],
    ['phase-portrait', { a: 'xy 2, t 9' }, ['not-coordinates a']],
    ['bodies', { a: 't 9, body 3, xy 2', masses: 'body 2' }, ['size-conflict masses']],
    ['bodies', { a: 't 9, body 3, xy 2', arrows: 'body 3, xy 2' }, ['rank-mismatch arrows']],
    ['stability-picture', { eigenvalues: 'k 4', rate: 'k 4' }, ['not-scalar rate']],
    ['matrix-picture', { x: 't 2, i 3, j 4' }, []],
  ] as const)('%s of %j', (type, inputs, codes) => {
    expect(told(type, inputs)).toEqual(codes);
  });

  it('plots points by their two coordinates, where it is told to', () => {
    expect(told('plot', { a: 'k 5, xy 2', b: 'k 3, xy 2' }, { pairs: true })).toEqual([]);
    expect(told('plot', { a: 'k 5, xy 3' }, { pairs: true })).toEqual(['not-coordinates a']);
  });

  it('offers one more series than is wired', () => {
    const names = (wired: string[]) => seriesPorts(wired, true).map(({ name }) => name);
    expect(names([])).toEqual(['a']);
    expect(names(['x', 'c'])).toEqual(['a', 'b', 'c', 'd']);
    expect(names(['h'])).toHaveLength(8);
  });
});

describe('the axis of a curve', () => {
  const place = (names: string, along?: string) =>
    placeOfCurve(
      names.split(' ').map((name) => ({ name })),
      along,
    );
  it('is that of x, else time, else the last', () => {
    expect(place('t k', 'k')).toBe(1);
    expect(place('t k', 't')).toBe(0);
    expect(place('i t')).toBe(1);
    expect(place('t i')).toBe(0);
    expect(place('i j')).toBe(1);
    expect(place('i t', 'k')).toBe(0);
    expect(placeOfCurve([])).toBe(-1);
  });
});
