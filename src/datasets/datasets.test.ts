import { describe, expect, it } from 'vitest';
import { datasets, findDataSet, split, testRows } from './index.ts';
import { iris } from './iris.ts';
import { line } from './line.ts';
import { twoMoons } from './two-moons.ts';

const count = (labels: Float32Array) => {
  const counts: number[] = [];
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
};
const load = async (name: string, options: object = {}) => {
  const dataset = findDataSet(name)!;
  return dataset.load(dataset.options.parse(options));
};

describe.each(datasets.map((d) => [d.name, d] as const))('%s', (_, dataset) => {
  const options = dataset.options.parse({});

  it('loads what it declares', async () => {
    const data = await dataset.load(options);
    const columns = dataset.columns(options);
    expect(Object.keys(data).sort()).toEqual(columns.map((c) => c.name).sort());
    for (const { name, axes, classes, names } of columns) {
      const numbers = data[name]!;
      expect(numbers.length).toBe(axes.reduce((n, a) => n * a.size, dataset.rows(options)));
      expect(numbers.every(Number.isFinite)).toBe(true);
      if (names) expect(names).toHaveLength(classes ?? 0);
      if (classes === undefined) continue;
      expect(count(numbers).length).toBe(classes);
    }
  });

  it('loads the same numbers again', async () => {
    const [first, again] = [await dataset.load(options), await dataset.load(options)];
    for (const [name, numbers] of Object.entries(first))
      expect(numbers.every((v, i) => v === again[name]?.[i])).toBe(true);
  });
});

describe('digits', () => {
  it('is the UCI set of 1797 images, scaled to 0 … 1', async () => {
    const { x, y } = (await load('digits')) as { x: Float32Array; y: Float32Array };
    expect(count(y)).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
    expect([Math.min(...x.subarray(0, 6400)), Math.max(...x.subarray(0, 6400))]).toEqual([0, 1]);
    expect(Array.from(x.subarray(0, 8), (v) => v * 16)).toEqual([0, 0, 5, 13, 9, 1, 0, 0]);
    expect(Array.from(y.subarray(0, 3))).toEqual([0, 1, 2]);
  });
});

describe('iris', () => {
  it('has fifty flowers of each species and standardised columns', async () => {
    const { x, y } = (await iris.load({})) as { x: Float32Array; y: Float32Array };
    expect(count(y)).toEqual([50, 50, 50]);
    for (let f = 0; f < 4; f++) {
      const column = Array.from({ length: 150 }, (_, r) => x[4 * r + f]!);
      expect(column.reduce((s, v) => s + v, 0) / 150).toBeCloseTo(0, 6);
      expect(column.reduce((s, v) => s + v * v, 0) / 150).toBeCloseTo(1, 6);
    }
  });
});

describe('wine', () => {
  it('is the UCI set of 178 wines', async () => {
    const { x, y } = (await load('wine')) as { x: Float32Array; y: Float32Array };
    expect(count(y)).toEqual([59, 71, 48]);
    // sklearn.preprocessing.scale(load_wine().data)[0, :3]
    expect([...x.subarray(0, 3)].map((v) => Number(v.toFixed(5)))).toEqual([1.51861, -0.56225, 0.23205]);
  });
});

describe('names', () => {
  it('gives each character and the one after it, with marks and padding', async () => {
    const { x, y } = (await load('names', { length: 8 })) as { x: Float32Array; y: Float32Array };
    // aaren
    expect([...x.subarray(0, 8)]).toEqual([1, 2, 2, 19, 6, 15, 0, 0]);
    expect([...y.subarray(0, 8)]).toEqual([2, 2, 19, 6, 15, 1, 0, 0]);
  });

  it('cuts what is longer', async () => {
    const { x, y } = (await load('names', { length: 3 })) as { x: Float32Array; y: Float32Array };
    expect([[...x.subarray(0, 3)], [...y.subarray(0, 3)]]).toEqual([
      [1, 2, 2],
      [2, 2, 19],
    ]);
  });
});

describe('mnist', () => {
  it('is ten thousand images in the bytes of the original', async () => {
    const { x, y } = (await load('mnist')) as { x: Float32Array; y: Float32Array };
    expect(count(y)).toEqual([1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]);
    // data.slice(207, 212) of the package's 0.json: 0.039, 0.235, 0.878, 0.988, 0.992
    const brightness = [...x.subarray(207, 212)].map((v) => Number(v.toFixed(3)));
    expect(brightness).toEqual([0.039, 0.235, 0.878, 0.988, 0.992]);
  });
});

describe('sets in the plane, without noise', () => {
  const points = async (name: string, options: object = {}) => {
    const { x, y } = (await load(name, { ...options, noise: 0, samples: 90 })) as Record<
      'x' | 'y',
      Float32Array
    >;
    return Array.from(y, (label, r) => ({ across: x[2 * r]!, up: x[2 * r + 1]!, label }));
  };

  it('spirals: the angle grows with the radius, by as many turns as are asked for', async () => {
    const all = await points('spirals', { classes: 3, turns: 2 });
    expect(new Set(all.map(({ label }) => label))).toEqual(new Set([0, 1, 2]));
    for (const { across, up, label } of all) {
      const turns = (2 * (Math.hypot(across, up) - 0.1)) / 0.9 + label / 3;
      expect(across).toBeCloseTo(Math.hypot(across, up) * Math.cos(2 * Math.PI * turns), 5);
    }
  });

  it('circles, blobs and XOR are where their formulas say', async () => {
    for (const { across, up, label } of await points('circles', { factor: 0.25 }))
      expect(Math.hypot(across, up)).toBeCloseTo(label ? 0.25 : 1, 6);
    for (const { across, up, label } of await points('blobs', { classes: 4 })) {
      const centre = [
        [1, 0],
        [0, 1],
        [-1, 0],
        [0, -1],
      ][label]!;
      expect(Math.hypot(across - centre[0]!, up - centre[1]!)).toBeLessThan(1e-6);
    }
    for (const { across, up, label } of await points('xor')) expect(label).toBe(across * up < 0 ? 1 : 0);
  });
});

describe('two moons', () => {
  it('puts the noiseless points on two half circles', async () => {
    const options = twoMoons.options.parse({ samples: 60, noise: 0 });
    const { x, y } = (await twoMoons.load(options)) as { x: Float32Array; y: Float32Array };
    expect(count(y)).toEqual([30, 30]);
    for (let r = 0; r < 60; r++) {
      const [across, up] = [x[2 * r]!, x[2 * r + 1]!];
      const radius = y[r] ? Math.hypot(across - 1, up - 0.5) : Math.hypot(across, up);
      expect(radius).toBeCloseTo(1, 5);
      expect(y[r] ? up <= 0.5 : up >= 0).toBe(true);
    }
  });
});

describe('points drawn by hand', () => {
  it('are what was drawn', async () => {
    const points = [
      [0.5, -0.25, 2],
      [1, 1, 0],
    ];
    const drawn = findDataSet('drawn')!;
    const options = drawn.options.parse({ points });
    expect([drawn.rows(options), drawn.columns(options)[1]?.classes]).toEqual([2, 3]);
    expect(await drawn.load(options)).toEqual({
      x: Float32Array.of(0.5, -0.25, 1, 1),
      y: Float32Array.of(2, 0),
    });
  });
});

describe('rows from a formula', () => {
  it('are what it makes of its names, in their order', async () => {
    const options = { expression: 'max(b, 0) - 2 a^2 + where(a < b, 1, sin(pi))', noise: 0, samples: 50 };
    const { x, y } = (await load('formula', options)) as Record<'x' | 'y', Float32Array>;
    for (let r = 0; r < 50; r++) {
      const [a, b] = [x[2 * r]!, x[2 * r + 1]!];
      expect(y[r]).toBeCloseTo(Math.max(b, 0) - 2 * a * a + (a < b ? 1 : 0), 5);
    }
  });

  it('one that cannot be read is no option', () => {
    expect(findDataSet('formula')!.options.safeParse({ expression: '2 +' }).success).toBe(false);
  });
});

describe('line', () => {
  it('is a line when there is no noise', async () => {
    const { x, y } = (await line.load(line.options.parse({ noise: 0, slope: 3, intercept: 0.5 }))) as {
      x: Float32Array;
      y: Float32Array;
    };
    for (let r = 0; r < x.length; r++) expect(y[r]).toBeCloseTo(3 * x[r]! + 0.5, 5);
  });

  it('changes with its seed', async () => {
    expect(await load('line', { seed: 2 })).not.toEqual(await load('line', { seed: 1 }));
  });
});

describe('split', () => {
  it('gives every row to one side, the same for the same seed', () => {
    const { train, test } = split(1797, 0.2, 1);
    expect(test.length).toBe(359);
    expect(testRows(1797, 0.2)).toBe(359);
    expect([...train, ...test].sort((a, b) => a - b)).toEqual(Array.from({ length: 1797 }, (_, i) => i));
    expect(split(1797, 0.2, 1)).toEqual({ train, test });
    expect(split(1797, 0.2, 2).test).not.toEqual(test);
  });

  it('parts no group of rows', () => {
    const { train, test } = split(60, 0.25, 1, 5);
    expect([train.length, test.length]).toEqual([45, 15]);
    const groups = new Set(Array.from(test, (r) => Math.floor(r / 5)));
    expect(groups.size).toBe(3);
    for (const row of train) expect(groups.has(Math.floor(row / 5))).toBe(false);
    expect([...train, ...test].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i));
    expect(testRows(20, 0.9, 10)).toBe(10);
  });

  it('always leaves a row to learn from', () => {
    expect(testRows(3, 1)).toBe(2);
    expect(testRows(3, 0)).toBe(0);
  });
});
