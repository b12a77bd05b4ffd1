import { describe, expect, it } from 'vitest';
import { score, search } from './search.ts';

describe('the search', () => {
  it('wants the letters of a name in order', () => {
    expect(score('lnr', 'Linear')).toBeDefined();
    expect(score('rl', 'Linear')).toBeUndefined();
  });

  it('prefers beginnings and runs', () => {
    const names = ['Data set', 'Adam', 'Add', 'Scaled sum'];
    const found = (query: string) => search(names, query, (name) => ({ names: [name] }));
    expect(found('ad').slice(0, 2)).toEqual(['Add', 'Adam']);
    expect(found('set')).toEqual(['Data set']);
    expect(found(' ')).toBe(names);
  });

  it('finds by whole words of what is said of an item, behind all that are found by name', () => {
    const items = [
      { name: 'Flatten', text: 'Several axes become one.' },
      { name: 'Axes', text: '' },
      { name: 'Rearrange', text: 'Splits, merges and permutes axes.' },
    ];
    const found = (query: string) =>
      search(items, query, ({ name, text }) => ({ names: [name], text })).map(({ name }) => name);
    expect(found('axes')).toEqual(['Axes', 'Flatten', 'Rearrange']);
    expect(found('axes merges')).toEqual(['Rearrange']);
    expect(found('flatten one')).toEqual(['Flatten']);
    expect(found('sxe')).toEqual([]);
  });
});
