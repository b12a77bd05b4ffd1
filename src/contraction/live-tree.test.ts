import { describe, expect, it } from 'vitest';
import { levels, sweep } from './anneal.ts';
import { operationsOnly } from './cost-model.ts';
import { createEffort } from './effort.ts';
import { greedyTree } from './greedy.ts';
import { type LiveTree, liveTree, liveWeight, snapshot } from './live-tree.ts';
import { lattice, networkOf } from './networks.test-support.ts';
import { createPolisher } from './polish.ts';
import { type Problem, problemOf } from './problem.ts';
import { createRandom } from './random.ts';
import { legsOf, pathOf, treeOf, treeWeight } from './tree.ts';

const hyper = problemOf(
  networkOf('abx,bcx,cdy,dey,efx,fgz,ghz,ahw,bdw,cew,xyz->xw', {
    ...{ a: 2, b: 3, c: 2, d: 5, e: 2, f: 3, g: 2, h: 2, x: 4, y: 3, z: 2, w: 3 },
  }),
);
const grid = problemOf(lattice(5, 6, 3));
const models = { operations: operationsOnly, elements: { perElement: 8, limit: 50 } };

/** The links, legs and costs that were edited in place are those of the tree from scratch. */
function expectConsistent(live: LiveTree, problem: Problem): void {
  const tree = snapshot(live);
  expect(() => treeOf(problem.n, pathOf(tree))).not.toThrow();
  const fresh = liveTree(problem, tree, live.model);
  expect(liveWeight(fresh)).toBeCloseTo(liveWeight(live), 8);
  const sorted = (sets: Int32Array) =>
    Array.from({ length: 2 * problem.n - 1 }, (_, v) =>
      sets.slice(v * problem.words, (v + 1) * problem.words).join(),
    ).sort();
  expect(sorted(live.sets)).toEqual(sorted(legsOf(problem, tree)));
}

describe.each(Object.entries(models))('a tree that minds %s', (_, model) => {
  it.each([
    ['hyper-indices', hyper],
    ['a lattice', grid],
  ])('stays consistent while it is annealed and polished: %s', (_, problem) => {
    const random = createRandom(3);
    const live = liveTree(problem, greedyTree(problem, { alpha: 0, temperature: 1 }, random), model);
    const start = liveWeight(live);
    for (let level = 0; level < levels; level++) {
      sweep(live, level, 3, random);
      if (level % 16 === 0) expectConsistent(live, problem);
    }
    expectConsistent(live, problem);
    const annealed = liveWeight(live);
    expect(annealed).toBeLessThan(start);
    createPolisher(problem, 6, model)(live, createEffort({ rounds: 10 }));
    expectConsistent(live, problem);
    expect(liveWeight(live)).toBeLessThanOrEqual(annealed);
  });
});

it('weighs multiply-adds when it minds nothing else', () => {
  const tree = greedyTree(hyper, { alpha: 1, temperature: 0 }, createRandom(1));
  expect(liveWeight(liveTree(hyper, tree))).toBeCloseTo(treeWeight(hyper, tree), 10);
});
