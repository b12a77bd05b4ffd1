/** Training allocates nothing: whatever a step needs was there before the first. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../scripts/bundle.mjs';
import type { Allocation } from '../support/measure-allocation.ts';

const folder = 'build/test/allocation';
const KIB = 2 ** 10;

beforeAll(() => bundle('measure', 'test/support/measure-allocation.ts', folder), 60_000);

describe.each(['digits-mlp', 'two-moons-mlp'])('%s', (name) => {
  let found: Allocation;
  beforeAll(async () => {
    // In one thread: what V8's compiling beside us allocates falls into the measure or not, as the machine is busy or not.
    const args = ['--expose-gc', '--single-threaded', `${folder}/measure.js`, name];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    found = JSON.parse(stdout);
  });

  it('learns meanwhile', () => {
    expect(found.losses[1]).toBeLessThan(found.losses[0]);
  });

  it('leaves the heap after 2000 steps as it was', () => {
    expect(found.kept).toBeLessThan(1024 * KIB);
  });

  it('computes 2000 steps without one collection of garbage', () => {
    expect(found.collections).toBe(0);
    expect(found.growth).toBeLessThan(256 * KIB);
  });
});
