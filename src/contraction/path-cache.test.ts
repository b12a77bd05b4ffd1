import { describe, expect, it } from 'vitest';
import { findPath } from './find-path.ts';
import { createPathCache } from './path-cache.ts';
import { networkOf } from './sample-networks.test-support.ts';

const sizes = { i: 2, j: 3, k: 5, l: 7 };
const network = networkOf('ij,jk,kl->il', sizes);

describe('createPathCache', () => {
  it('gives what the search gives, and recognises the network under other labels', () => {
    const cached = createPathCache();
    const first = cached(network);
    expect(first).toEqual(findPath(network));
    const renamed = {
      inputs: network.inputs.map((tensor) => tensor.map((l) => l + 10)),
      output: network.output.map((l) => l + 10),
      sizes: [...new Array<number>(10).fill(1), ...network.sizes],
    };
    expect(cached(renamed).path).toBe(first.path);
  });

  it('tells options and sizes apart, and names sliced labels as the caller does', () => {
    const cached = createPathCache();
    const first = cached(network);
    expect(cached(network, { objective: 'memory' }).path).not.toBe(first.path);
    expect(cached({ ...network, sizes: [2, 3, 5, 8] }).path).not.toBe(first.path);
    const shifted = {
      inputs: [
        [4, 6],
        [6, 5],
      ],
      output: [4, 5],
      sizes: [1, 1, 1, 1, 9, 8, 3],
    };
    const limit = { maxIntermediate: 10 };
    expect(cached(shifted, limit)).toEqual(findPath(shifted, limit));
    expect(cached(shifted, limit).sliced.every((label) => label >= 4)).toBe(true);
    expect(cached(shifted, limit).slices).toBeGreaterThan(1);
  });

  it('forgets what was not asked for longest', () => {
    const cached = createPathCache(2);
    const first = cached(network);
    cached(networkOf('ij,jk->ik', sizes));
    expect(cached(network).path).toBe(first.path);
    cached(networkOf('ij,jk->ki', sizes));
    expect(cached(network).path).toBe(first.path);
    cached(networkOf('ij,kj->ki', sizes));
    cached(networkOf('ji,kj->ki', sizes));
    expect(cached(network).path).not.toBe(first.path);
  });
});
