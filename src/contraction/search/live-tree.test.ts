import { describe, expect, it } from 'vitest';
import { operationsOnly } from '../pricing/cost-model.ts';
import { problemOf } from '../problem.ts';
import { lattice, networkOf } from '../sample-networks.test-support.ts';
import { pathOf, type Tree, treeOf, treeWeight } from '../tree.ts';
import { createEffort } from './effort.ts';
import { greedyTree } from './greedy.ts';
import { createLiveTree, levels } from './live-tree.ts';
import { createRandom } from './xoshiro.ts';

const hyper = problemOf(
  networkOf('abx,bcx,cdy,dey,efx,fgz,ghz,ahw,bdw,cew,xyz->xw', {
    ...{ a: 2, b: 3, c: 2, d: 5, e: 2, f: 3, g: 2, h: 2, x: 4, y: 3, z: 2, w: 3 },
  }),
);
/** Bonds of many sizes, more than one word of them. */
const mixed = { ...lattice(7, 7, 2), sizes: Array.from({ length: 84 }, (_, i) => 2 + (i % 7)) };
const grid = problemOf(lattice(5, 6, 3));
const models = {
  operations: operationsOnly,
  elements: { ...operationsOnly, perElement: 8, limit: 50 },
  batches: { ...operationsOnly, perProduct: 900, perLooped: 4 },
};

const validTree = (n: number, tree: Tree) => expect(() => treeOf(n, pathOf(tree))).not.toThrow();

describe.each(Object.entries(models))('a tree that extraCosts %s', (_, model) => {
  it.each([
    ['hyper-indices', hyper],
    ['sizes that differ', problemOf(mixed)],
    ['a lattice', grid],
  ])('stays consistent while it is annealed and refined: %s', (_, problem) => {
    const random = createRandom(3);
    const live = createLiveTree(problem, { model, leaves: 6 });
    const start = greedyTree(problem, { alpha: 0, temperature: 1 }, random);
    live.load(start);
    // The costs that were edited in place are those of the tree from scratch.
    const expectConsistent = () => {
      const tree = live.snapshot();
      validTree(problem.n, tree);
      expect(live.weight()).toBeCloseTo(treeWeight(problem, tree, model), 8);
    };
    expectConsistent();
    for (let level = 0; level < levels; level++) {
      live.sweep(level, 3);
      if (level % 16 === 0) expectConsistent();
    }
    expectConsistent();
    const annealed = live.weight();
    expect(annealed).toBeLessThan(treeWeight(problem, start, model));
    live.refine(createEffort({ rounds: 10 }));
    expectConsistent();
    expect(live.weight()).toBeLessThanOrEqual(annealed);
    live.release();
  });
});

it('works on two trees at a time, and again on the first', () => {
  const tree = greedyTree(grid, { alpha: 1, temperature: 0 }, createRandom(1));
  const [a, b] = [createLiveTree(grid), createLiveTree(hyper)];
  a.load(tree);
  b.load(greedyTree(hyper, { alpha: 1, temperature: 0 }, createRandom(1)));
  b.sweep(0, 10);
  expect(treeWeight(grid, a.snapshot())).toBeCloseTo(treeWeight(grid, tree), 10);
  a.sweep(0, 10);
  a.load(tree);
  expect(a.weight()).toBeCloseTo(treeWeight(grid, tree), 10);
  for (const live of [a, b]) live.release();
});
