/** What must hold of every contraction path, on random hypergraphs. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPath, type Network, pricePath } from '../../src/contraction/index.ts';
import { contractAll, everyPath, execute, executeSliced, fill, networks } from './contraction.networks.ts';

const small = networks({ minTensors: 0, maxTensors: 7, maxLabels: 7, maxRank: 4, maxSize: 3 });
const crowded = networks({ minTensors: 11, maxTensors: 14, maxLabels: 9, maxRank: 3, maxSize: 2 });

describe('contraction path', () => {
  it('gives the same numbers as the sum over all indices at once', () => {
    fc.assert(
      fc.property(fc.oneof(small, crowded), fc.nat(), (network, seed) => {
        const { path } = findPath(network, { seed });
        expectSame(execute(network, path).value.data, network);
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same numbers in slices that keep the memory limit, and says what they take', () => {
    fc.assert(
      fc.property(fc.oneof(small, crowded), fc.constantFrom(1, 2, 4, 9), (network, maxIntermediate) => {
        const result = findPath(network, { maxIntermediate });
        const counted = executeSliced(network, result.path, result.sliced);
        expectSame(counted.value.data, network);
        expect(result.largestIntermediate).toBeLessThanOrEqual(maxIntermediate);
        expect(result.flops).toBe(counted.flops);
        expect(result.largestIntermediate).toBe(counted.largest);
        expect(result.peakElements).toBe(counted.peak);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps a limit on all elements alive at once, wherever single elements do', () => {
    fc.assert(
      fc.property(small, fc.integer({ min: 1, max: 40 }), (network, room) => {
        const output = contractAll(fill(network), network.output, network.sizes).data.length;
        const maxPeak = output + 3 + room;
        expect(findPath(network, { maxPeak }).peakElements).toBeLessThanOrEqual(maxPeak);
      }),
      { numRuns: 60 },
    );
  });

  it('claims exactly what an execution counts', () => {
    fc.assert(
      fc.property(fc.oneof(small, crowded), (network) => {
        const result = findPath(network);
        const counted = execute(network, result.path);
        expect(result.flops).toBe(counted.flops);
        expect(result.largestIntermediate).toBe(counted.largest);
        expect(result.peakElements).toBe(counted.peak);
        expect(pricePath(network, result.path).flops).toBe(result.flops);
      }),
      { numRuns: 100 },
    );
  });

  it('is optimal among all trees of five tensors', () => {
    const five = networks({ minTensors: 2, maxTensors: 5, maxLabels: 8, maxRank: 4, maxSize: 9 });
    fc.assert(
      fc.property(five, (network) => {
        const all = [...everyPath(network.inputs.length)].map((path) => pricePath(network, path).flops);
        expect(findPath(network).flops).toBe(Math.min(...all));
      }),
      { numRuns: 60 },
    );
  });

  it('repeats for a seed', () => {
    fc.assert(
      fc.property(crowded, fc.nat(), (network, seed) => {
        expect(findPath(network, { seed })).toEqual(findPath(network, { seed }));
      }),
      { numRuns: 30 },
    );
  });
});

function expectSame(actual: Float64Array, network: Network): void {
  const expected = contractAll(fill(network), network.output, network.sizes).data;
  const scale = Math.max(1, ...expected.map(Math.abs));
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs((actual[i] as number) - (expected[i] as number)) / scale).toBeLessThan(1e-10);
  }
}
