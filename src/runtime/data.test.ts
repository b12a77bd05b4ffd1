import { describe, expect, it } from 'vitest';
import type { DataSpec } from '../compiler/types.ts';
import type { DataRef, DataSource, OwnData, ResolvedData } from '../datasets/index.ts';
import { loadData } from './data.ts';

const digits: DataSpec = {
  node: 'data',
  dataset: 'digits',
  options: {},
  rows: 1797,
  group: 1,
  testFraction: 0.2,
  splitSeed: 1,
  batch: 32,
  columns: { x: 'data.x' },
  widths: { x: 64 },
  indices: 'data.indices',
};
const own: OwnData = {
  sha256: 'ab'.repeat(32),
  rows: 4,
  columns: { x: { shape: [2] }, y: { shape: [], classes: 2 } },
  source: { kind: 'file', path: 'points.csv' },
};
const points: DataSpec = {
  ...digits,
  dataset: 'points',
  own,
  rows: 4,
  columns: { x: 'data.x', y: 'data.y' },
  widths: { x: 2, y: 1 },
};
const right: ResolvedData = {
  columns: { x: Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8]), y: Float32Array.from([0, 1, 0, 1]) },
  sha256: own.sha256,
};
const giving = (resolved: Awaited<ReturnType<DataSource['resolve']>>): DataSource => ({
  resolve: async () => resolved,
});
const told = async (spec: DataSpec, source?: DataSource) => {
  const { value, diagnostics } = await loadData([spec], source);
  expect(value).toEqual([]);
  return diagnostics.map((d) => [d.code, d.node, d.message.en]);
};

describe('the data of a run', () => {
  it('are the sets of the product where the host brings no source', async () => {
    const { value, diagnostics } = await loadData([digits]);
    expect(diagnostics).toEqual([]);
    expect(value?.[0]?.columns.x).toHaveLength(1797 * 64);
    expect(value?.[0]?.split.test).toHaveLength(359);
  });

  it('come from the source of the host, which is told where to look', async () => {
    const asked: DataRef[] = [];
    const source: DataSource = {
      async resolve(ref) {
        asked.push(ref);
        return right;
      },
    };
    const { value } = await loadData([points], source);
    expect(value?.[0]?.columns).toBe(right.columns);
    expect(asked).toEqual([{ name: 'points', options: {}, own }]);
  });

  it.each<[string, ResolvedData, string]>([
    ['another checksum', { ...right, sha256: 'cd'.repeat(32) }, 'its checksum is another.'],
    ['no checksum', { columns: right.columns }, 'its checksum is another.'],
    [
      'a column that is gone',
      { ...right, columns: { x: right.columns.x as Float32Array } },
      'it has no column “y”.',
    ],
    [
      'rows that are gone',
      { ...right, columns: { ...right.columns, y: new Float32Array(3) } },
      'column “y” has 3 numbers in the place of 4.',
    ],
  ])('are held to what the document says of them: %s', async (_, resolved, detail) => {
    expect(await told(points, giving(resolved))).toEqual([
      [
        'data-changed',
        'data',
        `The data set "points" is not the one that the graph was made with: ${detail}`,
      ],
    ]);
  });

  it('that cannot be had are told, also where the source rejects', async () => {
    const lost = async () => Promise.reject(new Error('connection lost'));
    expect(await told(points, { resolve: lost })).toEqual([
      ['data-unavailable', 'data', 'The data set "points" could not be loaded: connection lost.'],
    ]);
    expect((await told(points))[0]?.[0]).toBe('data-unavailable');
    expect((await told({ ...digits, dataset: 'letters' }))[0]?.[0]).toBe('data-unavailable');
  });
});
