import { describe, expect, it } from 'vitest';
import { graph } from '../../test/support/graphs.ts';
import { countVariants, findSetting, readValues, type SettingRef, variantsOf } from './sweep.ts';

const document = graph(
  {
    layer: { type: 'linear', params: { units: 3 }, label: 'Hidden' },
    adam: { type: 'adam', params: { rate: 0.001 } },
  },
  [],
  { B: 32 },
);
const found = (written: string) => findSetting(document, written) as SettingRef;

describe('a sweep', () => {
  it('finds settings by path, by label, sizes by name, and the seed', () => {
    expect(found('adam.rate')).toEqual({ kind: 'param', node: 'adam', key: 'rate' });
    expect(found('Hidden.units')).toEqual({ kind: 'param', node: 'layer', key: 'units' });
    expect(found('B')).toEqual({ kind: 'dim', name: 'B' });
    expect(found('seed')).toEqual({ kind: 'seed' });
    expect(findSetting(document, 'adam.rat')).toEqual({ nearest: 'adam.rate' });
  });

  it('is every combination, the last setting the fastest', () => {
    const settings = [
      { written: 'adam.rate', setting: found('adam.rate'), values: [0.1, 0.2] },
      { written: 'B', setting: found('B'), values: [8, 16] },
    ];
    const variants = variantsOf(document, settings);
    expect(countVariants(settings)).toBe(4);
    expect(variants.map(({ settings: s }) => s)).toEqual([
      { 'adam.rate': 0.1, B: 8 },
      { 'adam.rate': 0.1, B: 16 },
      { 'adam.rate': 0.2, B: 8 },
      { 'adam.rate': 0.2, B: 16 },
    ]);
    expect(variants.at(-1)?.document).toMatchObject({
      dims: { B: 16 },
      nodes: { adam: { params: { rate: 0.2 } } },
    });
    expect(document.nodes.adam?.params.rate).toBe(0.001);
  });

  it('reads numbers, words and switches', () => {
    expect(readValues('1e-3, 2,relu,true,,')).toEqual([0.001, 2, 'relu', true]);
  });
});
