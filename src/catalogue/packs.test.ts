import { beforeEach, expect, test, vi } from 'vitest';
import { installEverything } from './everything.ts';
import * as whole from './index.ts';
import { packs } from './packs.ts';

beforeEach(() => vi.resetModules());

test('a pack names the types that it brings', async () => {
  for (const { types, load, sets } of packs) {
    expect([...types].sort()).toEqual((await load()).map(({ type }) => type).sort());
    expect(sets?.names).toEqual((await sets?.load())?.map(({ name }) => name));
  }
});

test('programs on Node have the types of every pack', async () => {
  installEverything();
  const known = whole.catalogue.map(({ type }) => type);
  for (const { types } of packs) expect(known).toEqual(expect.arrayContaining([...types]));
  expect(new Set(known).size).toBe(known.length);
});

test('types come when a document, a part of one or its text names them, and not before', async () => {
  const { catalogue: _, ...index } = await import('./index.ts');
  const lazy = await import('./packs.ts');
  const [pack] = lazy.packs;
  const [type] = pack?.types ?? [];
  if (!pack || type === undefined) throw new Error('internal: there is no pack to test with');
  const node = (name: string) => ({ nodes: { a: { type: name, params: { values: [1, 2] } } } });
  expect(lazy.fetchTypes(node('linear'))).toBeUndefined();
  expect(lazy.fetchTypes(JSON.stringify(node('linear')))).toBeUndefined();
  expect(index.isInstalled(pack.name)).toBe(false);
  const heard = vi.fn();
  index.onInstalled(heard);
  await lazy.fetchTypes([{ path: ['nodes', 'a'], value: node(type).nodes.a }]);
  expect(heard).toHaveBeenCalledTimes(1);
  expect((await import('./index.ts')).catalogue.map((d) => d.type)).toContain(type);
  expect(lazy.fetchTypes(JSON.stringify(node(type)))).toBeUndefined();
});

test('data sets come when a document or a change of one names them', async () => {
  const index = await import('./index.ts');
  const { datasets: _, ...sets } = await import('../datasets/index.ts');
  const lazy = await import('./packs.ts');
  const known = () => index.registryOf({ blocks: {} }).find('dataset')?.params.shape.data;
  const node = (data: string) => ({ nodes: { a: { type: 'dataset', params: { data } } } });
  expect(lazy.fetchTypes(node('iris'))).toBeUndefined();
  expect(known()?.safeParse('wine').success).toBe(false);
  await lazy.fetchTypes([{ path: ['nodes', 'a', 'params', 'data'], value: 'wine' }]);
  expect(known()?.safeParse('wine').success).toBe(true);
  expect(sets.findDataSet('wine')?.title.en).toBe('Wine');
  expect(lazy.fetchTypes(JSON.stringify(node('spirals')))).toBeUndefined();
});
