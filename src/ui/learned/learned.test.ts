import { describe, expect, it } from 'vitest';
import { emptyDocument, type GraphDocument } from '../../../graph-schema/document.ts';
import type { WeightForm } from '../../catalogue/define.ts';
import { closestPairs } from './closest-pairs.ts';
import { kernelsOf, seen } from './kernel-pictures.ts';
import { type KernelForm, kernelForm, kindsOf, rowNames, weightFormOf } from './learned-kind.ts';
import { principalAxes } from './principal-axes.ts';

// numpy.linalg.svd of the rows less their mean: U Σ, signs as principalAxes says, and σ² as parts of their sum.
const tall = [2, 0, 1, 1, 3, -1, 0, 1, 4, -2, 5, 0, 3, 1, 2];
const ofTall = {
  places: [
    -1.9739356620286599, -0.9584920539584265, 1.5727512430938673, -1.8455594209099888, -1.5063865289884628,
    2.6835598197612267, 4.195294179141011, 0.8219527744326789, -2.287723231217755, -0.7014611193254915,
  ],
  shares: [0.69020481748657, 0.27837596414848487],
};
const wide = [1, 2, 0, -1, 3, 0, 1, 1, 2, -2, 4, 0, 2, 1, 1];
const ofWide = {
  // The second row's coordinate is the farthest along the first axis, the third row's along the second.
  places: [
    -2.814593087650695, -1.656723398040721, 3.2406881961854452, -1.079169440714012, -0.4260951085347497,
    2.7358928387547303,
  ],
  shares: [0.6201850425154665, 0.37981495748453353],
};

describe('principalAxes', () => {
  it.each([
    ['more rows than columns', tall, 5, 3, ofTall],
    ['more columns than rows', wide, 3, 5, ofWide],
  ])('is what NumPy says of %s', (_, numbers, rows, columns, said) => {
    const found = principalAxes(numbers, rows, columns);
    for (const [i, x] of said.places.entries()) expect(found?.places[i]).toBeCloseTo(x, 12);
    for (const [i, x] of said.shares.entries()) expect(found?.shares[i]).toBeCloseTo(x, 12);
  });

  it('has no second axis where all rows lie on a line, none where they are equal, and no place for NaN', () => {
    const line = principalAxes([0, 0, 1, 2, 3, 6], 3, 2);
    expect(line?.shares[0]).toBeCloseTo(1, 14);
    expect([...(line?.places ?? [])].filter((_, i) => i % 2 === 1)).toEqual([0, 0, 0]);
    expect(principalAxes([1, 2, 1, 2, 1, 2], 3, 2)).toEqual({ places: new Float64Array(6), shares: [0, 0] });
    expect(principalAxes([1, 2, Number.NaN, 2, 1, 2], 3, 2)).toBeUndefined();
  });
});

describe('closestPairs', () => {
  it('has the nearest first', () => {
    expect(closestPairs([0, 0, 5, 0, 5.5, 0, 0, 1], 4, 2, 2)).toEqual([
      [1, 2],
      [0, 3],
    ]);
  });
});

describe('what a tensor is drawn as', () => {
  it('finds the elements of kernels of all convolutions', () => {
    const strides = (weight: WeightForm, shape: number[]) => kernelForm(weight, shape)?.strides;
    expect(strides('kernel', [8, 3, 5, 4])).toEqual({ out: 60, channels: 20, rows: 4, columns: 1 });
    expect(strides('transposed-kernel', [3, 8, 5, 4])).toEqual({
      out: 20,
      channels: 160,
      rows: 4,
      columns: 1,
    });
    expect(strides('kernel', [8, 3, 5])).toEqual({ out: 15, channels: 0, rows: 5, columns: 1 });
    expect(strides('transposed-kernel', [3, 8, 5])).toEqual({ out: 5, channels: 0, rows: 40, columns: 1 });
  });

  it('takes kernels apart by channel, and leaves out those that were not sent whole', () => {
    const data = Array.from({ length: 16 }, (_, i) => i);
    const form = (weight: WeightForm) => kernelForm(weight, [2, 2, 2, 2]) as KernelForm;
    const kernels = kernelsOf(data, form('kernel'), 9);
    expect(kernels).toEqual([
      [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
      ],
      [
        [8, 9, 10, 11],
        [12, 13, 14, 15],
      ],
    ]);
    expect(kernelsOf(data, form('transposed-kernel'), 1)).toEqual([
      [
        [0, 1, 2, 3],
        [8, 9, 10, 11],
      ],
    ]);
    expect(kernelsOf(data.slice(0, 15), form('kernel'), 9)).toHaveLength(1);
    expect(kernels.map((kernel) => seen(kernel, 'mean'))).toEqual([
      [2, 3, 4, 5],
      [10, 11, 12, 13],
    ]);
    expect(seen(kernels[1] ?? [], 1)).toEqual([12, 13, 14, 15]);
  });

  it.each([
    ['kernel', [8, 3, 5, 5], ['filters', 'numbers']],
    ['kernel', [8, 3, 1, 1], ['numbers']],
    ['kernel', [8], ['numbers']],
    ['kernel', [512, 512, 3, 3], ['numbers']],
    ['rows', [28, 24], ['map', 'numbers']],
    [undefined, [28, 24], ['numbers', 'map']],
    [undefined, [2, 24], ['numbers']],
    [undefined, [4096, 2048], ['numbers']],
  ] as const)('%s with %j', (weight, shape, kinds) => {
    expect(kindsOf(weight, shape, 4096)).toEqual(kinds);
  });

  const node = (type: string, params: object): GraphDocument['nodes'][string] => ({
    type,
    params: params as Record<string, unknown>,
  });
  const document: GraphDocument = {
    ...emptyDocument('a'),
    nodes: {
      data: node('dataset', { data: 'iris' }),
      table: node('parameter', {}),
      embed: node('embedding', { count: 3 }),
    },
    edges: { w: { from: { node: 'table', port: 'y' }, to: { node: 'embed', port: 'weight' } } },
  };

  it('knows a weight by its owner, or by where its Parameter is wired to', () => {
    expect(weightFormOf(document, 'embed.weight')).toBe('rows');
    expect(weightFormOf(document, 'table.value')).toBe('rows');
    expect(weightFormOf(document, 'nowhere.value')).toBeUndefined();
  });

  it('calls rows by the classes of the data, where there are as many', () => {
    expect(rowNames(document, 3)).toEqual(['setosa', 'versicolor', 'virginica']);
    expect(rowNames(document, 4)).toBeUndefined();
  });
});
