import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operationsOnly } from '../pricing/cost-model.ts';
import { problemOf } from '../problem.ts';
import { lattice, networkOf } from '../sample-networks.test-support.ts';
import { pathOf, type Tree, treeOf, treeWeight } from '../tree.ts';
import { greedyTree } from './greedy.ts';
import { createRecombiner } from './recombine.ts';
import { createRandom } from './xoshiro.ts';

const hyper = problemOf(
  networkOf('abx,bcx,cdy,dey,efx,fgz,ghz,ahw,bdw,cew,xyz->xw', {
    ...{ a: 2, b: 3, c: 2, d: 5, e: 2, f: 3, g: 2, h: 2, x: 4, y: 3, z: 2, w: 3 },
  }),
);
const problems = { hyper, lattice: problemOf(lattice(4, 4, 3)) };
const models = {
  operations: operationsOnly,
  elements: { ...operationsOnly, perElement: 8, limit: 50 },
  batches: { ...operationsOnly, perProduct: 900, perLooped: 4 },
};

describe.each(Object.entries(models))('trees recombined by %s', (_, model) => {
  it.each(Object.entries(problems))(
    'are whole trees, and no more expensive than any before: %s',
    (_, problem) => {
      fc.assert(
        fc.property(fc.integer(), (seed) => {
          const random = createRandom(seed);
          const recombiner = createRecombiner(problem, model, 20, random);
          let least = Number.POSITIVE_INFINITY;
          for (let k = 0; k < 30; k++) {
            let tree = greedyTree(problem, { alpha: 1, temperature: 2 }, random);
            for (let better = recombiner.add(tree); better; better = recombiner.add(tree)) {
              expect(() => treeOf(problem.n, pathOf(better as Tree))).not.toThrow();
              expect(treeWeight(problem, better, model)).toBeLessThan(treeWeight(problem, tree, model));
              tree = better;
            }
            const weight = treeWeight(problem, tree, model);
            expect(weight).toBeLessThan(least + 1e-6);
            least = weight;
          }
        }),
        { numRuns: 30 },
      );
    },
  );
});

it('takes the better half of each of two trees', () => {
  // (ab bc cd)(de ef fg): the first tree has the cheaper left half, the second the cheaper right one.
  const sizes = { a: 2, b: 9, c: 2, d: 7, e: 2, f: 8, g: 2 };
  const problem = problemOf(networkOf('ab,bc,cd,de,ef,fg->ag', sizes));
  const first = treeOf(6, [
    [0, 1],
    [6, 2],
    [3, 4],
    [8, 5],
    [7, 9],
  ]);
  const second = treeOf(6, [
    [1, 2],
    [0, 6],
    [4, 5],
    [3, 8],
    [7, 9],
  ]);
  const recombiner = createRecombiner(problem, operationsOnly, 0, createRandom(1));
  expect(recombiner.add(first)).toBeUndefined();
  const better = recombiner.add(second) as Tree;
  expect(pathOf(better).slice(0, 4)).toEqual([...pathOf(first).slice(0, 2), ...pathOf(second).slice(2, 4)]);
});
