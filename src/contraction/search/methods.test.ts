import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Network } from '../network.ts';
import { operationsOnly } from '../pricing/cost-model.ts';
import { leastPeak } from '../pricing/least-peak.ts';
import { priceTree } from '../pricing/price-path.ts';
import { problemOf } from '../problem.ts';
import { lattice, networkOf } from '../sample-networks.test-support.ts';
import { pathOf, type Tree, treeOf, treeWeight } from '../tree.ts';
import { chainTree } from './chain.ts';
import { componentsOf } from './components.ts';
import { dissectionTree } from './dissect.ts';
import { createEffort } from './effort.ts';
import { eliminationTree } from './eliminate.ts';
import { exactTree } from './exact.ts';
import { greedyTree } from './greedy.ts';
import { provenTree } from './prove-optimal.ts';
import { reduceNetwork } from './reduce-network.ts';
import { createRandom } from './xoshiro.ts';

const random = createRandom(1);
const models = [operationsOnly, { ...operationsOnly, perElement: 3, perProduct: 200, perLooped: 5 }];
const plain = { alpha: 1, temperature: 0 };

const networks: fc.Arbitrary<Network> = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 10 }),
    tensors: fc.array(fc.array(fc.nat(99), { maxLength: 4 }), { minLength: 2, maxLength: 8 }),
    open: fc.nat(99),
  })
  .map(({ sizes, tensors, open }) => {
    const inputs = tensors.map((tensor) => tensor.map((x) => x % sizes.length));
    const present = inputs.flat();
    return { inputs, output: present.length > 0 ? [present[open % present.length] as number] : [], sizes };
  });

const everyTensorOnce = (n: number, tree: Tree) => expect(() => treeOf(n, pathOf(tree))).not.toThrow();

describe('constructions', () => {
  it('use every tensor once, and are no better than the optimum', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const problem = problemOf(network);
        const best = models.map((model) => treeWeight(problem, exactTree(problem, model), model));
        const { problem: small, splice } = reduceNetwork(problem);
        for (const tree of [
          greedyTree(problem, plain, random),
          greedyTree(problem, { alpha: 0.5, temperature: 1 }, random),
          eliminationTree(problem, 'min-fill', random),
          eliminationTree(problem, 'min-weight', random),
          dissectionTree(problem, random),
          splice(exactTree(small)),
        ]) {
          everyTensorOnce(problem.n, tree);
          for (const [i, model] of models.entries())
            expect(treeWeight(problem, tree, model)).toBeGreaterThan((best[i] as number) - 1e-9);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('eliminates a dense hyper-network well', () => {
    // Many small factors over few variables, as in a probabilistic model: a band of width 3.
    const inputs = Array.from({ length: 60 }, (_, k) => [k % 20, (k % 20) + 1, (k % 20) + 2]);
    const problem = problemOf({ inputs, output: [], sizes: new Array<number>(22).fill(4) });
    const tree = eliminationTree(problem, 'min-fill', random);
    // Nothing is ever larger than three neighbouring variables and the one to be summed.
    expect(2 ** treeWeight(problem, tree)).toBeLessThan(60 * 4 ** 4);
  });
});

describe('dissectionTree', () => {
  it('cuts where least crosses', () => {
    // Two rings of strong bonds that one weak bond holds together, their tensors in turn.
    const ring = (first: number) => Array.from({ length: 8 }, (_, k) => [first + k, first + ((k + 1) % 8)]);
    const [a, b] = [ring(0), ring(8)];
    a[3]?.push(16);
    b[5]?.push(16);
    const inputs = a.flatMap((tensor, k) => [tensor, b[k] as number[]]);
    const sizes = [...new Array<number>(16).fill(32), 2];
    const problem = problemOf({ inputs, output: [], sizes });
    const { n, left, right } = dissectionTree(problem, random);
    const leaves = (v: number): number[] =>
      v < n ? [v] : [...leaves(left[v - n] as number), ...leaves(right[v - n] as number)];
    const half = leaves(left[n - 2] as number);
    expect(half).toHaveLength(8);
    expect(new Set(half.map((k) => k % 2)).size).toBe(1);
  });
});

describe('chainTree', () => {
  it('is optimal', () => {
    const sizes = fc.array(fc.integer({ min: 2, max: 9 }), { minLength: 4, maxLength: 9 });
    fc.assert(
      fc.property(sizes, fc.boolean(), fc.boolean(), (bonds, openLeft, openRight) => {
        const last = bonds.length - 1;
        const matrices = bonds.slice(1).map((_, i) => [i, i + 1]);
        const output = [...(openLeft ? [0] : []), ...(openRight ? [last] : [])];
        const problem = problemOf({ inputs: matrices.reverse(), output, sizes: bonds });
        const tree = chainTree(problem) as Tree;
        everyTensorOnce(problem.n, tree);
        expect(treeWeight(problem, tree)).toBeCloseTo(treeWeight(problem, exactTree(problem)), 9);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves what is no chain alone', () => {
    const two = { i: 2, j: 2, k: 2, l: 2 };
    for (const other of ['ij,jk,ki->', 'ij,jk,jl->ikl', 'ij,kl->ijkl', 'ij,jk->ijk']) {
      expect(chainTree(problemOf(networkOf(other, two)))).toBeUndefined();
    }
  });
});

describe('provenTree', () => {
  const allowance = createEffort({ rounds: 100 });

  it('knows the optimum from what is not', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const problem = problemOf(network);
        for (const model of models) {
          const best = treeWeight(problem, exactTree(problem, model), model);
          expect(provenTree(problem, best, model, allowance, 1e9)).toBe('optimal');
          const better = provenTree(problem, best + 0.5, model, allowance, 1e9) as Tree;
          expect(treeWeight(problem, better, model)).toBeCloseTo(best, 9);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives up when the work runs out', () => {
    const problem = problemOf(lattice(4, 4, 2));
    const start = treeWeight(problem, greedyTree(problem, plain, random));
    expect(provenTree(problem, start, operationsOnly, allowance, 1000)).toBeUndefined();
  });
});

describe('componentsOf', () => {
  it('finds the parts, scalars too', () => {
    const problem = problemOf(networkOf('ab,bc,de,,d->ace', { a: 2, b: 2, c: 2, d: 3, e: 3 }));
    expect(componentsOf(problem).map((c) => c.members)).toEqual([[0, 1], [2, 4], [3]]);
  });
});

describe('leastPeak', () => {
  it('costs the same and never needs more than another order of the same tree', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const problem = problemOf(network);
        const tree = greedyTree(problem, { alpha: 0, temperature: 1 }, random);
        const [before, after] = [tree, leastPeak(problem, tree)].map((t) => priceTree(network, t, ''));
        expect(after?.flops).toBe(before?.flops);
        expect(after?.peakElements).toBeLessThanOrEqual(before?.peakElements as number);
      }),
      { numRuns: 100 },
    );
  });
});
