import { describe, expect, it } from 'vitest';
import { findPath, searchPath } from './find-path.ts';
import { explain, explainSteps } from './pricing/explain-path.ts';
import { pricePath } from './pricing/price-path.ts';
import { problemOf } from './problem.ts';
import { lattice, networkOf } from './sample-networks.test-support.ts';
import { greedyTree } from './search/greedy.ts';
import { createRandom } from './search/xoshiro.ts';
import { pathOf } from './tree.ts';

/** Four tensors whose greedy path is fifteen times worse than the best. */
const lesson = networkOf('xyf,xtf,ytpf,fr->tpr', { x: 35, y: 37, f: 59, t: 51, p: 51, r: 27 });

describe('findPath', () => {
  it('finds the path that greedy misses', () => {
    const greedy = greedyTree(problemOf(lesson), { alpha: 1, temperature: 0 }, createRandom(1));
    const best = findPath(lesson);
    // xyf·xtf, then ytpf, then fr. Where a step that sums counts twice, this is 2.744e7 and greedy 4.165e8.
    expect(best.flops).toBe(35 * 37 * 59 * 51 + 37 * 59 * 51 * 51 + 59 * 51 * 51 * 27);
    expect(pricePath(lesson, pathOf(greedy)).flops).toBe(208243863);
    expect(best.naiveFlops).toBe(35 * 37 * 59 * 51 * 51 * 27);
    expect(best.algorithm).toBe('exact');
  });

  it('takes networks of no, one and two tensors', () => {
    expect(findPath({ inputs: [], output: [], sizes: [] })).toMatchObject({ path: [], flops: 0 });
    expect(findPath(networkOf('ij->j', { i: 2, j: 3 }))).toMatchObject({ path: [], flops: 0 });
    expect(findPath(networkOf('ij,jk->ik', { i: 2, j: 3, k: 5 }))).toMatchObject({
      path: [[0, 1]],
      flops: 30,
      largestIntermediate: 10,
      peakElements: 10,
    });
  });

  it('counts a hyper-index once and a lone index not at all', () => {
    const network = networkOf('bi,bij,bjq->b', { b: 7, i: 2, j: 3, q: 11 });
    expect(findPath(network).flops).toBe(7 * 2 * 3 + 7 * 2);
  });

  it('orders a chain of matrices optimally', () => {
    const sizes = { a: 30, b: 35, c: 15, d: 5, e: 10, f: 20, g: 25 };
    expect(findPath(networkOf('ab,bc,cd,de,ef,fg->ag', sizes)).flops).toBe(15125);
  });

  it('never gets worse with more rounds, and agrees with another seed', () => {
    const network = lattice(4, 5, 2);
    const [one, many] = [findPath(network), findPath(network, { rounds: 6 })];
    expect(many.flops).toBeLessThanOrEqual(one.flops);
    expect(findPath(network, { rounds: 6, seed: 2 }).flops).toBe(many.flops);
  });

  it('is never more expensive than the path it starts from', () => {
    const network = lattice(5, 5, 3);
    const { path } = findPath(network, { rounds: 2 });
    const { flops } = findPath(network, { warmStart: path, deadline: () => true });
    expect(flops).toBeLessThanOrEqual(pricePath(network, path).flops);
  });

  it('trades operations for memory when asked', () => {
    const network = lattice(6, 6, 2);
    const fast = findPath(network, { rounds: 2 });
    const lean = findPath(network, { rounds: 2, objective: 'memory' });
    expect(lean.largestIntermediate).toBeLessThanOrEqual(fast.largestIntermediate);
    expect(fast.flops).toBeLessThanOrEqual(lean.flops);
  });

  it('stops at its deadline with a whole path', () => {
    const network = lattice(9, 9, 2);
    let asked = 0;
    const result = findPath(network, { rounds: Number.POSITIVE_INFINITY, deadline: () => ++asked > 200 });
    expect(result.path.length).toBe(80);
    expect(pricePath(network, result.path).flops).toBe(result.flops);
  });

  it('keeps to a budget that only a clock knows', () => {
    let now = 0;
    const spent = () => {
      now += 1e-3;
      return now;
    };
    expect(findPath(lattice(6, 6, 2), { spent }).path.length).toBe(35);
    expect(now).toBeGreaterThan(0.9);
  });

  it('reports the best so far while it searches, falling', () => {
    const weights = [...searchPath(lattice(6, 6, 2), { rounds: 3 })];
    expect(weights.length).toBeGreaterThan(10);
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
  });

  it('takes thousands of tensors', () => {
    expect(findPath(lattice(50, 60, 2), { rounds: 0 }).path.length).toBe(2999);
  });

  it('says when it is called wrongly', () => {
    expect(() => findPath({ inputs: [[0]], output: [1], sizes: [2, 3] })).toThrow('internal: output index 1');
    expect(() => findPath({ inputs: [[0]], output: [], sizes: [] })).toThrow('internal: index 0 has size');
    expect(() => pricePath(lesson, [[0, 1]])).toThrow('internal: a path over 4 tensors');
    expect(() =>
      pricePath(lesson, [
        [0, 1],
        [0, 2],
        [3, 5],
      ]),
    ).toThrow('internal: pair 1');
  });
});

describe('explain', () => {
  it('tells every step and where the operations go', () => {
    const result = findPath(lesson);
    const steps = explainSteps(result, lesson);
    expect(steps.reduce((sum, s) => sum + s.flops, 0)).toBe(result.flops);
    expect(steps.reduce((sum, s) => sum + s.share, 0)).toBeCloseTo(1, 12);
    expect(Math.max(...steps.map((s) => s.elements))).toBe(result.largestIntermediate);
    const text = explain(result, lesson, (label) => 'xyftpr'[label] as string);
    expect(text.split('\n')).toHaveLength(3 + result.path.length);
    expect(text).toContain('4 = 0 · 1   x y f, x t f → y f t   sums x');
  });
});
